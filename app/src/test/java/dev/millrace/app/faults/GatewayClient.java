package dev.millrace.app.faults;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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

  private final Context context;
  private final HttpClient client;
  private final List<Integer> ports;

  GatewayClient(Vertx vertx, List<Integer> ports) {
    this.context = vertx.getOrCreateContext();
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

  /** On the event loop from the beginning: elsewhere an answer could be over before it is read. */
  private Future<Reply> send(HttpMethod method, int gateway, String path, Buffer body) {
    Promise<Reply> reply = Promise.promise();
    context.runOnContext(
        onLoop -> sendOnLoop(method, ports.get(gateway), path, body).onComplete(reply));
    return reply.future();
  }

  private Future<Reply> sendOnLoop(HttpMethod method, int port, String path, Buffer body) {
    return client
        .request(method, port, "127.0.0.1", path)
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
