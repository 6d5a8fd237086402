package dev.millrace.app.faults;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Pauses, resumes and cancels a few executions, each through any gateway, while an effect of theirs
 * is being called. Lives on the one event loop of the test.
 */
final class Controls {
  private static final int AT_MOST_MILLIS = 60;
  private static final int RESUME_MILLIS = 1_500;

  private final Vertx vertx;
  private final GatewayClient client;
  private final Dice dice;
  private int throwsOfDice;
  private int accepted;

  Controls(Vertx vertx, GatewayClient client, Dice dice) {
    this.vertx = vertx;
    this.client = client;
    this.dice = dice;
  }

  /** An execution has called an effect. */
  void onEffect(String executionId) {
    int chance = roll("control", 1_000);
    if (chance < 15) {
      vertx
          .timer(1 + roll("when", AT_MOST_MILLIS))
          .onSuccess(waited -> request(executionId, "pause"));
    } else if (chance < 30) {
      vertx
          .timer(1 + roll("when", AT_MOST_MILLIS))
          .onSuccess(waited -> request(executionId, "cancel"));
    }
  }

  /** How many requests were taken. */
  int accepted() {
    return accepted;
  }

  /** Asks for it; whoever is paused is resumed, if not now then when all is over. */
  void request(String executionId, String what) {
    client
        .post(
            roll("gateway", client.gateways()),
            "/api/v1/executions/" + executionId + "/" + what,
            new JsonObject())
        .onSuccess(
            reply -> {
              if (reply.status() == 202) {
                accepted++;
                if (what.equals("pause")) {
                  vertx
                      .timer(1 + roll("resume", RESUME_MILLIS))
                      .onSuccess(waited -> request(executionId, "resume"));
                }
              }
            });
  }

  private int roll(String name, int sides) {
    return dice.roll(name + throwsOfDice++, sides);
  }
}
