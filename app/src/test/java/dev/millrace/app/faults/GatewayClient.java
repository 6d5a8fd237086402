package dev.millrace.app.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Speaks HTTP with the gateways, and tries nothing twice. Used on the one event loop of the test.
 */
final class GatewayClient {
  /** An answer with its JSON. */
  record Reply(int status, JsonObject body) {}

  private final HttpClient client;
  private final List<Integer> ports;

  GatewayClient(Vertx vertx, List<Integer> ports) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(5_000),
            new PoolOptions().setHttp1MaxSize(256));
    this.ports = List.copyOf(ports);
  }

  int gateways() {
    return ports.size();
  }

  Future<Reply> post(int gateway, String path, JsonObject body) {
    return send(HttpMethod.POST, gateway, path, body.toBuffer());
  }

  Future<Reply> get(int gateway, String path) {
    return send(HttpMethod.GET, gateway, path, Buffer.buffer());
  }

  private Future<Reply> send(HttpMethod method, int gateway, String path, Buffer body) {
    return client
        .request(method, ports.get(gateway), "127.0.0.1", path)
        .compose(
            request -> {
              if (body.length() > 0) {
                request.putHeader("content-type", "application/json");
              }
              return request.send(body);
            })
        .compose(
            response ->
                response
                    .body()
                    .map(
                        received ->
                            new Reply(
                                response.statusCode(),
                                received.length() == 0
                                    ? new JsonObject()
                                    : new JsonObject(received))));
  }
}
