package dev.millrace.perf.direct;

import static dev.millrace.perf.direct.InvalidField.integer;
import static dev.millrace.perf.direct.InvalidField.string;

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

  private final UpstreamClient upstream;

  Compositions(UpstreamClient upstream) {
    this.upstream = upstream;
  }

  /** One GET. Input {@code {userId}}. */
  Future<JsonObject> single(JsonObject input) {
    return upstream
        .user(string(input, "userId"))
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
  Future<JsonObject> chain3(JsonObject input) {
    String userId = string(input, "userId");
    String sku = string(input, "sku");
    Number quantity = integer(input, "quantity");
    return upstream
        .user(userId)
        .compose(
            user -> {
              JsonObject order =
                  new JsonObject()
                      .put("customer", string(user, "id"))
                      .put("tier", string(user, "tier"))
                      .put("sku", sku)
                      .put("quantity", quantity);
              return upstream.confirmOrder(order).compose(confirmed -> ship(user, confirmed));
            });
  }

  private Future<JsonObject> ship(JsonObject user, JsonObject order) {
    return upstream
        .shipment(string(order, "shipmentId"), string(order, "id"))
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
  Future<JsonObject> fan10(JsonObject input) {
    return upstream
        .cart(string(input, "cartId"))
        .compose(
            cart -> {
              String customer = string(cart, "customer");
              List<Future<JsonObject>> items = new ArrayList<>(ITEMS);
              for (int number = 1; number <= ITEMS; number++) {
                items.add(upstream.item(number, customer));
              }
              return Future.all(items)
                  .compose(all -> join(customer, string(cart, "currency"), all.list()));
            });
  }

  private Future<JsonObject> join(String customer, String currency, List<JsonObject> items) {
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
    return upstream
        .join(request)
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
