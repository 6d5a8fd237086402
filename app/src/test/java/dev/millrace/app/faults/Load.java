package dev.millrace.app.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Callers in a closed loop: each waits for its answer, notes it, and asks for something new. Lives
 * on the one event loop of the test.
 */
final class Load {
  private static final long AFTER_REFUSAL_MILLIS = 150;

  private final Vertx vertx;
  private final GatewayClient client;
  private final Dice dice;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Promise<Void>> callers = new ArrayList<>();
  private int orders;
  private boolean over;

  Load(Vertx vertx, GatewayClient client, Dice dice) {
    this.vertx = vertx;
    this.client = client;
    this.dice = dice;
  }

  void start(int number) {
    for (int caller = 0; caller < number; caller++) {
      Promise<Void> last = Promise.promise();
      callers.add(last);
      int gateway = caller % client.gateways();
      vertx.runOnContext(begin -> ask(gateway, last));
    }
  }

  /** Asks for nothing new; completes with all answers when the last has come. */
  Future<List<Answer>> stop() {
    over = true;
    return Future.all(callers.stream().map(Promise::future).toList()).map(last -> answers);
  }

  int answered() {
    return answers.size();
  }

  private void ask(int gateway, Promise<Void> last) {
    if (over) {
      last.complete();
      return;
    }
    String order = Integer.toString(++orders);
    Shape shape = Shape.ALL.get(dice.roll(order + " shape", Shape.ALL.size()));
    long sentAt = EpochMicros.now();
    client
        .post(
            gateway,
            "/api/v1/workflows/" + shape.name() + "/execute",
            new JsonObject().put("order", order))
        .onComplete(
            (reply, broken) -> {
              Answer answer = answer(gateway, shape, order, sentAt, reply);
              answers.add(answer);
              if (answer.httpStatus() == 0 || answer.refused()) {
                vertx.timer(AFTER_REFUSAL_MILLIS).onSuccess(waited -> ask(gateway, last));
              } else {
                ask(gateway, last);
              }
            });
  }

  private static Answer answer(
      int gateway, Shape shape, String order, long sentAt, GatewayClient.Reply reply) {
    int status = reply == null ? 0 : reply.status();
    JsonObject body = reply == null ? new JsonObject() : reply.body();
    JsonObject output = body.getJsonObject("output");
    return new Answer(
        gateway,
        shape.name(),
        order,
        sentAt,
        EpochMicros.now(),
        status,
        body.getString("code"),
        body.getString("executionId"),
        status == 200 ? texts(output) : null);
  }

  static Map<String, String> texts(JsonObject object) {
    return object.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
  }
}
