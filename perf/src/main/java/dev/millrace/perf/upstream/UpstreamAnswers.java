package dev.millrace.perf.upstream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The answers of the upstream: JSON of everyday size (300 to 800 bytes, but for documents) that
 * depends on nothing but the request, so that two callers can be compared. Stateless, called on the
 * verticles' event loops.
 *
 * <p>Answers are put together as text because building and encoding a tree would cost the measured
 * machine more than the call itself. Ids are therefore checked to be plain before they come here.
 */
final class UpstreamAnswers {

  private static final String DESCRIPTION =
      "Machined from one piece, tested twice and packed by hand in recycled cardboard; fits all"
          + " models since 2019 and comes with the mounting set.";

  private UpstreamAnswers() {}

  static Buffer user(String id) {
    return Buffer.buffer(
        "{\"id\":\""
            + id
            + "\",\"name\":\"User "
            + id
            + "\",\"email\":\"user-"
            + id
            + "@example.com\",\"tier\":\"gold\",\"createdAt\":\"2024-05-17T08:30:00Z\","
            + "\"address\":{\"street\":\"17 Mill Lane\",\"city\":\"Utrecht\","
            + "\"postalCode\":\"3511 AB\",\"country\":\"NL\",\"verified\":true},"
            + "\"preferences\":{\"language\":\"en\",\"currency\":\"EUR\",\"newsletter\":false,"
            + "\"channels\":[\"email\",\"push\"]},\"loyaltyPoints\":1842,"
            + "\"lastSeenAt\":\"2026-11-20T19:04:11Z\"}");
  }

  /** Confirms an order of {@code {customer, tier, sku, quantity}}. */
  static Buffer order(JsonObject request) {
    String customer = plain(request.getString("customer"));
    String sku = plain(request.getString("sku"));
    int quantity = request.getInteger("quantity");
    int discount = "gold".equals(request.getString("tier")) ? 100 : 0;
    return Buffer.buffer(
        "{\"id\":\"order-"
            + customer
            + "\",\"customer\":\""
            + customer
            + "\",\"status\":\"confirmed\",\"currency\":\"EUR\",\"totalCents\":"
            + (quantity * 1299 - discount)
            + ",\"discountCents\":"
            + discount
            + ",\"shipmentId\":\"shipment-"
            + customer
            + "\",\"lines\":[{\"sku\":\""
            + sku
            + "\",\"quantity\":"
            + quantity
            + ",\"priceCents\":1299,\"description\":\""
            + DESCRIPTION
            + "\"}],\"createdAt\":\"2026-11-23T09:00:00Z\",\"channel\":\"web\"}");
  }

  static Buffer shipment(String id, String order) {
    return Buffer.buffer(
        "{\"id\":\""
            + id
            + "\",\"order\":\""
            + order
            + "\",\"carrier\":\"PostNL\",\"status\":\"scheduled\","
            + "\"estimatedDelivery\":\"2026-11-26\",\"parcels\":1,\"weightGrams\":870,"
            + "\"history\":[{\"at\":\"2026-11-23T09:00:01Z\",\"event\":\"announced\","
            + "\"place\":\"Utrecht\"},{\"at\":\"2026-11-23T09:00:02Z\",\"event\":\"labelled\","
            + "\"place\":\"Utrecht\"}],\"from\":{\"city\":\"Utrecht\",\"country\":\"NL\"},"
            + "\"to\":{\"city\":\"Groningen\",\"country\":\"NL\"}}");
  }

  static Buffer cart(String id) {
    return Buffer.buffer(
        "{\"id\":\""
            + id
            + "\",\"customer\":\"customer-"
            + id
            + "\",\"currency\":\"EUR\",\"itemCount\":8,\"status\":\"open\","
            + "\"createdAt\":\"2026-11-22T18:12:45Z\",\"updatedAt\":\"2026-11-23T08:59:58Z\","
            + "\"coupon\":null,\"note\":\""
            + DESCRIPTION
            + "\",\"shipping\":{\"city\":\"Groningen\",\"country\":\"NL\"}}");
  }

  static Buffer item(int number, String customer) {
    return Buffer.buffer(
        "{\"sku\":\"item-"
            + number
            + "\",\"number\":"
            + number
            + ",\"customer\":\""
            + customer
            + "\",\"name\":\"Bearing "
            + number
            + "\",\"priceCents\":"
            + (999 + 100 * number)
            + ",\"currency\":\"EUR\",\"stock\":"
            + (3 * number)
            + ",\"description\":\""
            + DESCRIPTION
            + "\",\"tags\":[\"bearing\",\"steel\",\"spare\"],\"rating\":{\"average\":4.5,"
            + "\"count\":212}}");
  }

  /** Adds up {@code {customer, currency, lines: [{sku, priceCents}]}}. */
  static Buffer join(JsonObject request) {
    JsonArray lines = request.getJsonArray("lines");
    StringBuilder answer =
        new StringBuilder(640)
            .append("{\"customer\":\"")
            .append(plain(request.getString("customer")))
            .append("\",\"currency\":\"")
            .append(plain(request.getString("currency")))
            .append("\",\"lines\":[");
    long total = 0;
    for (int index = 0; index < lines.size(); index++) {
      JsonObject line = lines.getJsonObject(index);
      long price = line.getLong("priceCents");
      total += price;
      answer
          .append(index == 0 ? "" : ",")
          .append("{\"sku\":\"")
          .append(plain(line.getString("sku")))
          .append("\",\"priceCents\":")
          .append(price)
          .append(",\"available\":true}");
    }
    return Buffer.buffer(
        answer
            .append("],\"lineCount\":")
            .append(lines.size())
            .append(",\"totalCents\":")
            .append(total)
            .append('}')
            .toString());
  }

  /**
   * Answers a document within its own: {@code {"status": "filed", "document": ...}}. Its bytes are
   * taken over unread, because reading 100 KB would cost the measured machine more than the call;
   * what a caller sends is seen in what it is answered.
   */
  static Buffer document(Buffer document) {
    if (document.length() < 2 || document.getByte(0) != '{') {
      throw new IllegalArgumentException("expected a JSON object");
    }
    return Buffer.buffer(document.length() + 64)
        .appendString("{\"status\":\"filed\",\"document\":")
        .appendBuffer(document)
        .appendString("}");
  }

  /** The text itself where it may stand in JSON as it is; a request with another one is refused. */
  static String plain(String text) {
    if (text == null || text.isEmpty() || text.length() > 64) {
      throw new IllegalArgumentException("expected a text of 1 to 64 characters");
    }
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      boolean letterOrDigit =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9');
      if (!letterOrDigit && character != '-') {
        throw new IllegalArgumentException("expected letters, digits and '-' only");
      }
    }
    return text;
  }
}
