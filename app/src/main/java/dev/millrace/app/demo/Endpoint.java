package dev.millrace.app.demo;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One service of the demo's upstream; immutable, called on the upstream's event loop.
 *
 * @param name the name under {@code /faults}
 * @param path in the notation of Vert.x Web, such as {@code /users/:id}
 */
record Endpoint(String name, HttpMethod method, String path, Service service) {

  private static final int MAX_ITEMS = 100;

  /** Answers one call. */
  interface Service {
    Answer answer(Call call);
  }

  /**
   * What a service sees of a call.
   *
   * @param body missing node when there is none
   */
  record Call(Map<String, String> path, HttpServerRequest request, JsonNode body) {

    String id() {
      return path.get("id");
    }

    String query(String name, String fallback) {
      String value = request.getParam(name);
      return value == null ? fallback : value;
    }

    int number(String name, int fallback) {
      try {
        return Integer.parseInt(query(name, ""));
      } catch (NumberFormatException notGiven) {
        return fallback;
      }
    }
  }

  /** All services, answering from the shop. */
  static List<Endpoint> of(Shop shop) {
    return List.of(
        get("products", "/catalog/products/:id", call -> Answer.ok(shop.product(call.id()))),
        get(
            "prices",
            "/prices/:id",
            call -> Answer.ok(shop.price(call.id(), call.query("currency", "EUR")))),
        get("stock", "/stock/:id", call -> Answer.ok(shop.stock(call.id()))),
        get(
            "reviews",
            "/reviews",
            call -> Answer.ok(shop.reviews(call.query("product", ""), limit(call)))),
        get(
            "delivery",
            "/delivery/:id/estimate",
            call ->
                Answer.ok(
                    shop.delivery(
                        call.id(), call.number("grams", 500), call.query("postcode", "")))),
        get("carts", "/carts/:id", call -> Answer.ok(shop.cart(call.id()))),
        get("customers", "/customers/:id", call -> Answer.ok(shop.customer(call.id()))),
        post("reservations", "/inventory/reservations", call -> Answer.created(shop.reservation())),
        post("charges", "/payments/charges", call -> charge(shop, call)),
        post("place-order", "/orders", call -> Answer.created(shop.placedOrder())),
        post("notifications", "/notifications", call -> new Answer(202, Map.of("accepted", true))),
        carrier(shop, "swift"),
        carrier(shop, "parcelway"),
        carrier(shop, "oldpost"),
        get("users", "/users/:id", call -> Answer.ok(shop.user(call.id()))),
        get(
            "orders",
            "/orders",
            call -> Answer.ok(shop.orders(call.query("customer", ""), limit(call)))),
        post("audit", "/audit", call -> Answer.created(Map.of("recorded", true))));
  }

  private static Answer charge(Shop shop, Call call) {
    return call.body().path("source").asString("").equals("card_declined")
        ? Answer.error(402, "the card was declined")
        : Answer.created(shop.charge());
  }

  private static Endpoint carrier(Shop shop, String name) {
    return post(
        name,
        "/carriers/" + name + "/quotes",
        call ->
            Answer.ok(
                shop.quote(
                    name,
                    call.body().path("from").asString(""),
                    call.body().path("to").asString(""),
                    call.body().path("parcel").path("grams").asInt(0))));
  }

  private static int limit(Call call) {
    return Math.max(1, Math.min(MAX_ITEMS, call.number("limit", 10)));
  }

  private static Endpoint get(String name, String path, Service service) {
    return new Endpoint(name, HttpMethod.GET, path, service);
  }

  private static Endpoint post(String name, String path, Service service) {
    return new Endpoint(name, HttpMethod.POST, path, service);
  }
}
