package dev.millrace.app.faults;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The services that the shapes call: slow, now and then failing, and remembering nothing. What a
 * GET answers depends on its path alone, every POST gives a new receipt. Lives on one event loop.
 */
final class Upstream extends VerticleBase {
  private static final int SLOWEST_MILLIS = 60;
  private static final int IDLE_SECONDS = 120;

  private final Dice dice;
  private final UpstreamLog log = new UpstreamLog();
  private final Map<String, Integer> timesCalled = new HashMap<>();
  private Consumer<String> onEffect = executionId -> {};
  private HttpServer server;

  Upstream(Dice dice) {
    this.dice = dice;
  }

  /** Hears of the execution of each effect that is called, before it is answered. */
  void onEffect(Consumer<String> listener) {
    onEffect = listener;
  }

  UpstreamLog log() {
    return log;
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    Map<Object, Integer> connections = new HashMap<>();
    HttpServerOptions options =
        new HttpServerOptions().setHost("127.0.0.1").setPort(0).setIdleTimeout(IDLE_SECONDS);
    return vertx
        .createHttpServer(options)
        .connectionHandler(
            connection -> {
              int number = log.opened();
              connections.put(connection, number);
              connection.closeHandler(
                  closed -> {
                    connections.remove(connection);
                    log.closed(number);
                  });
            })
        .requestHandler(
            request -> {
              int connection = connections.get(request.connection());
              request.body().onSuccess(body -> called(connection, request, body));
            })
        .listen()
        .onSuccess(listening -> server = listening);
  }

  private void called(int connection, HttpServerRequest request, Buffer body) {
    String[] path = request.path().substring(1).split("/", -1);
    boolean effect = request.method().equals(HttpMethod.POST);
    String key = request.getHeader("Idempotency-Key");
    List<String> presented = effect ? presented(body) : List.of();
    int call = log.called(connection, effect, key, path[0], path[1], presented);
    String name = path[0] + "/" + path[1];
    String receipt = effect ? name + "#" + timesCalled.merge(name, 1, Integer::sum) : name;
    if (effect && key != null) {
      onEffect.accept(key.substring(0, Math.max(0, key.indexOf('/'))));
    }
    vertx
        .timer(1 + dice.roll(receipt + " slow", SLOWEST_MILLIS))
        .onSuccess(waited -> answer(call, request, effect, receipt));
  }

  private static List<String> presented(Buffer body) {
    JsonArray after = new JsonObject(body).getJsonArray("after");
    return after == null ? List.of() : after.stream().map(String::valueOf).toList();
  }

  private void answer(int call, HttpServerRequest request, boolean effect, String receipt) {
    if (request.response().closed()) {
      return;
    }
    int chance = dice.roll(receipt + " fails", 1_000);
    if (effect && chance < 5) {
      request.connection().close();
    } else if (chance < 20) {
      log.answered(call, 500, null);
      request.response().setStatusCode(500).end();
    } else {
      log.answered(call, 200, receipt);
      request
          .response()
          .putHeader("content-type", "application/json")
          .end(new JsonObject().put("receipt", receipt).toBuffer());
    }
  }
}
