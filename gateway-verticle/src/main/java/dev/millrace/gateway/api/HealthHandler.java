package dev.millrace.gateway.api;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.gateway.Readiness;
import dev.millrace.gateway.http.Answer;
import dev.millrace.gateway.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Answers probes: {@code GET /health/live} and {@code /health/ready}; owned by the gateway
 * verticle.
 */
public final class HealthHandler {
  private final Readiness readiness;

  public HealthHandler(Readiness readiness) {
    this.readiness = readiness;
  }

  /** The event loop turns: that is all that being alive means. */
  public Future<Answer> live(Exchange exchange) {
    exchange.query().allowOnly();
    return Answer.json(status("live")).future();
  }

  /** Whether requests may be sent here. */
  public Future<Answer> ready(Exchange exchange) {
    exchange.query().allowOnly();
    String obstacle = readiness.obstacle();
    if (obstacle != null) {
      return Future.failedFuture(
          Failure.of(readiness.isDraining() ? ErrorCode.Draining : ErrorCode.NotReady, obstacle)
              .withRetryAfter(Duration.ofSeconds(1))
              .exception());
    }
    return Answer.json(status("ready")).future();
  }

  private static Buffer status(String status) {
    return Json.toBuffer(JsonNodeFactory.instance.objectNode().put("status", status));
  }
}
