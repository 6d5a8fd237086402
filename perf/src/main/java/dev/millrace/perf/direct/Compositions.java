package dev.millrace.perf.direct;

import static dev.millrace.perf.direct.InvalidField.array;
import static dev.millrace.perf.direct.InvalidField.integer;
import static dev.millrace.perf.direct.InvalidField.object;
import static dev.millrace.perf.direct.InvalidField.string;

import dev.millrace.perf.direct.Recording.Step;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes, composed by hand; each has a twin under {@code perf/definitions/}. One per {@link
 * DirectVerticle}, used on its event loop only.
 */
final class Compositions {

  private static final int ITEMS = 8;
  private static final int SLOW_MILLIS = 20;
  private static final Chain CHAIN3 = Chain.of("");
  private static final Chain CHAIN3_SLOW = Chain.of("-20ms");
  private static final Step FETCH_USERS_CART = new Step(1, "cart", "fetch-cart", false);
  private static final Step FETCH_QUICK = new Step(1, "quick", "fetch-item", false);
  private static final Step FETCH_SLOW = new Step(2, "slow", "fetch-item-20ms", false);
  private static final Step JOIN_TWO = new Step(3, "join", "join-items", true);
  private static final Step FILE = new Step(0, "filed", "file-document", true);
  private static final Step FETCH_CART = new Step(0, "cart", "fetch-cart", false);
  private static final Step[] FETCH_ITEMS = new Step[ITEMS];
  private static final Step JOIN = new Step(ITEMS + 1, "join", "join-items", true);

  static {
    for (int number = 1; number <= ITEMS; number++) {
      FETCH_ITEMS[number - 1] = new Step(number, "item-" + number, "fetch-item", false);
    }
  }

  private final UpstreamClient upstream;
  private final UpstreamClient slowUpstream;

  /** The calls of chain3, which the record knows by the names of their tasks. */
  private record Chain(Step user, Step order, Step shipment) {
    static Chain of(String suffix) {
      return new Chain(
          new Step(0, "user", "fetch-user" + suffix, false),
          new Step(1, "order", "confirm-order" + suffix, true),
          new Step(2, "shipment", "fetch-shipment" + suffix, false));
    }
  }

  Compositions(UpstreamClient upstream) {
    this.upstream = upstream;
    this.slowUpstream = upstream.delayed(SLOW_MILLIS);
  }

  /** One GET. Input {@code {userId}}. */
  Future<JsonObject> single(JsonObject input, Recording recording) {
    return user(CHAIN3, upstream, string(input, "userId"), recording)
        .map(
            user ->
                new JsonObject()
                    .put("id", string(user, "id"))
                    .put("name", string(user, "name"))
                    .put("email", string(user, "email")));
  }

  /**
   * A GET, a POST of what it answered, a GET of what that answered. Input {@code {userId, sku,
   * quantity}}.
   */
  Future<JsonObject> chain3(JsonObject input, Recording recording) {
    return chain(CHAIN3, upstream, input, recording);
  }

  /** {@link #chain3} with calls that take 20 ms each. */
  Future<JsonObject> chain3Slow(JsonObject input, Recording recording) {
    return chain(CHAIN3_SLOW, slowUpstream, input, recording);
  }

  private static Future<JsonObject> chain(
      Chain chain, UpstreamClient upstream, JsonObject input, Recording recording) {
    String userId = string(input, "userId");
    String sku = string(input, "sku");
    Number quantity = integer(input, "quantity");
    return user(chain, upstream, userId, recording)
        .compose(
            user -> {
              JsonObject order =
                  new JsonObject()
                      .put("customer", string(user, "id"))
                      .put("tier", string(user, "tier"))
                      .put("sku", sku)
                      .put("quantity", quantity);
              return recording
                  .call(chain.order(), () -> order, () -> upstream.confirmOrder(order))
                  .compose(confirmed -> ship(chain, upstream, user, confirmed, recording));
            });
  }

  private static Future<JsonObject> user(
      Chain chain, UpstreamClient upstream, String userId, Recording recording) {
    return recording.call(
        chain.user(), () -> new JsonObject().put("userId", userId), () -> upstream.user(userId));
  }

  private static Future<JsonObject> ship(
      Chain chain,
      UpstreamClient upstream,
      JsonObject user,
      JsonObject order,
      Recording recording) {
    return shipment(chain, upstream, string(order, "shipmentId"), string(order, "id"), recording)
        .map(
            shipment ->
                new JsonObject()
                    .put("email", string(user, "email"))
                    .put("orderId", string(order, "id"))
                    .put("totalCents", integer(order, "totalCents"))
                    .put("carrier", string(shipment, "carrier"))
                    .put("estimatedDelivery", string(shipment, "estimatedDelivery")));
  }

  private static Future<JsonObject> shipment(
      Chain chain, UpstreamClient upstream, String id, String orderId, Recording recording) {
    return recording.call(
        chain.shipment(),
        () -> new JsonObject().put("shipmentId", id).put("orderId", orderId),
        () -> upstream.shipment(id, orderId));
  }

  /** Three GETs, each of what the one before answered. Input {@code {userId}}. */
  Future<JsonObject> reads3(JsonObject input, Recording recording) {
    return user(CHAIN3, upstream, string(input, "userId"), recording)
        .compose(
            user ->
                cart(FETCH_USERS_CART, string(user, "id"), recording)
                    .compose(
                        cart ->
                            shipment(
                                    CHAIN3,
                                    upstream,
                                    string(cart, "customer"),
                                    string(user, "id"),
                                    recording)
                                .map(shipment -> reads(user, cart, shipment))));
  }

  private static JsonObject reads(JsonObject user, JsonObject cart, JsonObject shipment) {
    return new JsonObject()
        .put("email", string(user, "email"))
        .put("currency", string(cart, "currency"))
        .put("carrier", string(shipment, "carrier"))
        .put("estimatedDelivery", string(shipment, "estimatedDelivery"));
  }

  /** A POST of a long document, whose answer is the output. Input {@code {title, lines}}. */
  Future<JsonObject> large(JsonObject input, Recording recording) {
    JsonObject document =
        new JsonObject().put("title", string(input, "title")).put("lines", array(input, "lines"));
    return recording
        .call(FILE, () -> document, () -> upstream.file(document))
        .map(
            filed ->
                new JsonObject()
                    .put("status", string(filed, "status"))
                    .put("document", object(filed, "document")));
  }

  /**
   * A GET, two GETs at once that need it, one of which takes 20 ms, a POST that needs both. Input
   * {@code {cartId}}.
   */
  Future<JsonObject> diamond(JsonObject input, Recording recording) {
    return cart(FETCH_CART, string(input, "cartId"), recording)
        .compose(
            cart -> {
              String customer = string(cart, "customer");
              return Future.all(
                      item(FETCH_QUICK, upstream, 1, customer, recording),
                      item(FETCH_SLOW, slowUpstream, 2, customer, recording))
                  .compose(
                      both ->
                          join(
                              JOIN_TWO,
                              customer,
                              string(cart, "currency"),
                              both.list(),
                              recording));
            });
  }

  /** A GET, eight GETs at once that need it, a POST that needs them all. Input {@code {cartId}}. */
  Future<JsonObject> fan10(JsonObject input, Recording recording) {
    String cartId = string(input, "cartId");
    return cart(FETCH_CART, cartId, recording)
        .compose(
            cart -> {
              String customer = string(cart, "customer");
              List<Future<JsonObject>> items = new ArrayList<>(ITEMS);
              for (int number = 1; number <= ITEMS; number++) {
                items.add(item(FETCH_ITEMS[number - 1], upstream, number, customer, recording));
              }
              return Future.all(items)
                  .compose(
                      all -> join(JOIN, customer, string(cart, "currency"), all.list(), recording));
            });
  }

  private Future<JsonObject> cart(Step step, String cartId, Recording recording) {
    return recording.call(
        step, () -> new JsonObject().put("cartId", cartId), () -> upstream.cart(cartId));
  }

  private static Future<JsonObject> item(
      Step step, UpstreamClient upstream, int number, String customer, Recording recording) {
    return recording.call(
        step,
        () -> new JsonObject().put("number", number).put("customer", customer),
        () -> upstream.item(number, customer));
  }

  private Future<JsonObject> join(
      Step step, String customer, String currency, List<JsonObject> items, Recording recording) {
    JsonArray lines = new JsonArray();
    JsonArray names = new JsonArray();
    for (JsonObject item : items) {
      lines.add(
          new JsonObject()
              .put("sku", string(item, "sku"))
              .put("priceCents", integer(item, "priceCents")));
      names.add(string(item, "name"));
    }
    JsonObject request =
        new JsonObject().put("customer", customer).put("currency", currency).put("lines", lines);
    return recording
        .call(step, () -> request, () -> upstream.join(request))
        .map(
            joined ->
                new JsonObject()
                    .put("customer", string(joined, "customer"))
                    .put("currency", string(joined, "currency"))
                    .put("totalCents", integer(joined, "totalCents"))
                    .put("lineCount", integer(joined, "lineCount"))
                    .put("names", names));
  }
}
