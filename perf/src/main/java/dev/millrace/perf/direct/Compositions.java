package dev.millrace.perf.direct;

import static dev.millrace.perf.direct.InvalidField.integer;
import static dev.millrace.perf.direct.InvalidField.string;

import dev.millrace.perf.direct.Recording.Step;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The three shapes, composed by hand; each has a twin under {@code perf/definitions/}. One per
 * {@link DirectVerticle}, used on its event loop only.
 */
final class Compositions {

  private static final int ITEMS = 8;
  private static final Step FETCH_USER = new Step(0, "user", "fetch-user", false);
  private static final Step CONFIRM_ORDER = new Step(1, "order", "confirm-order", true);
  private static final Step FETCH_SHIPMENT = new Step(2, "shipment", "fetch-shipment", false);
  private static final Step FETCH_CART = new Step(0, "cart", "fetch-cart", false);
  private static final Step[] FETCH_ITEMS = new Step[ITEMS];
  private static final Step JOIN = new Step(ITEMS + 1, "join", "join-items", true);

  static {
    for (int number = 1; number <= ITEMS; number++) {
      FETCH_ITEMS[number - 1] = new Step(number, "item-" + number, "fetch-item", false);
    }
  }

  private final UpstreamClient upstream;

  Compositions(UpstreamClient upstream) {
    this.upstream = upstream;
  }

  /** One GET. Input {@code {userId}}. */
  Future<JsonObject> single(JsonObject input, Recording recording) {
    return user(string(input, "userId"), recording)
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
    String userId = string(input, "userId");
    String sku = string(input, "sku");
    Number quantity = integer(input, "quantity");
    return user(userId, recording)
        .compose(
            user -> {
              JsonObject order =
                  new JsonObject()
                      .put("customer", string(user, "id"))
                      .put("tier", string(user, "tier"))
                      .put("sku", sku)
                      .put("quantity", quantity);
              return recording
                  .call(CONFIRM_ORDER, () -> order, () -> upstream.confirmOrder(order))
                  .compose(confirmed -> ship(user, confirmed, recording));
            });
  }

  private Future<JsonObject> user(String userId, Recording recording) {
    return recording.call(
        FETCH_USER, () -> new JsonObject().put("userId", userId), () -> upstream.user(userId));
  }

  private Future<JsonObject> ship(JsonObject user, JsonObject order, Recording recording) {
    String shipmentId = string(order, "shipmentId");
    String orderId = string(order, "id");
    return recording
        .call(
            FETCH_SHIPMENT,
            () -> new JsonObject().put("shipmentId", shipmentId).put("orderId", orderId),
            () -> upstream.shipment(shipmentId, orderId))
        .map(
            shipment ->
                new JsonObject()
                    .put("email", string(user, "email"))
                    .put("orderId", string(order, "id"))
                    .put("totalCents", integer(order, "totalCents"))
                    .put("carrier", string(shipment, "carrier"))
                    .put("estimatedDelivery", string(shipment, "estimatedDelivery")));
  }

  /** A GET, eight GETs at once that need it, a POST that needs them all. Input {@code {cartId}}. */
  Future<JsonObject> fan10(JsonObject input, Recording recording) {
    String cartId = string(input, "cartId");
    return recording
        .call(FETCH_CART, () -> new JsonObject().put("cartId", cartId), () -> upstream.cart(cartId))
        .compose(
            cart -> {
              String customer = string(cart, "customer");
              List<Future<JsonObject>> items = new ArrayList<>(ITEMS);
              for (int number = 1; number <= ITEMS; number++) {
                items.add(item(number, customer, recording));
              }
              return Future.all(items)
                  .compose(all -> join(customer, string(cart, "currency"), all.list(), recording));
            });
  }

  private Future<JsonObject> item(int number, String customer, Recording recording) {
    return recording.call(
        FETCH_ITEMS[number - 1],
        () -> new JsonObject().put("number", number).put("customer", customer),
        () -> upstream.item(number, customer));
  }

  private Future<JsonObject> join(
      String customer, String currency, List<JsonObject> items, Recording recording) {
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
        .call(JOIN, () -> request, () -> upstream.join(request))
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
