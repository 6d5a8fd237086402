package dev.millrace.perf.direct;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The baseline's calls to the upstream: pooled connections, a time-out per call, 2xx and JSON
 * expected. One per {@link DirectVerticle}, used on its event loop only.
 */
final class UpstreamClient {

  private static final long CALL_TIMEOUT_MILLIS = 5_000;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int POOL_SIZE = 512;
  private static final int MAX_WAITING = 4_096;

  private final WebClient client;
  private final int delayMillis;

  private UpstreamClient(WebClient client, int delayMillis) {
    this.client = client;
    this.delayMillis = delayMillis;
  }

  static UpstreamClient create(Vertx vertx, int port) {
    return new UpstreamClient(
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS),
            new PoolOptions().setHttp1MaxSize(POOL_SIZE).setMaxWaitQueueSize(MAX_WAITING)),
        0);
  }

  /** The same services over the same connections, asked to take their time. */
  UpstreamClient delayed(int millis) {
    return new UpstreamClient(client, millis);
  }

  Future<JsonObject> user(String id) {
    return answer(request(client.get(path("/users/" + encode(id)))).send());
  }

  Future<JsonObject> confirmOrder(JsonObject order) {
    return answer(request(client.post(path("/orders"))).sendJsonObject(order));
  }

  Future<JsonObject> shipment(String id, String order) {
    return answer(
        request(client.get(path("/shipments/" + encode(id) + "?order=" + encode(order)))).send());
  }

  Future<JsonObject> cart(String id) {
    return answer(request(client.get("/carts/" + encode(id))).send());
  }

  Future<JsonObject> item(int number, String customer) {
    return answer(
        request(client.get(path("/items/" + number + "?customer=" + encode(customer)))).send());
  }

  Future<JsonObject> join(JsonObject lines) {
    return answer(request(client.post("/join")).sendJsonObject(lines));
  }

  Future<JsonObject> file(JsonObject document) {
    return answer(request(client.post("/documents")).sendJsonObject(document));
  }

  private String path(String path) {
    if (delayMillis == 0) {
      return path;
    }
    return path + (path.indexOf('?') < 0 ? '?' : '&') + "delayMs=" + delayMillis;
  }

  private static HttpRequest<Buffer> request(HttpRequest<Buffer> request) {
    return request.timeout(CALL_TIMEOUT_MILLIS);
  }

  private static Future<JsonObject> answer(Future<HttpResponse<Buffer>> response) {
    return response
        .expecting(HttpResponseExpectation.SC_SUCCESS)
        .expecting(HttpResponseExpectation.JSON)
        .map(HttpResponse::bodyAsJsonObject);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
