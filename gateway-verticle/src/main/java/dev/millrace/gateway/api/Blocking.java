package dev.millrace.gateway.api;

import dev.millrace.gateway.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/**
 * Takes pure but lengthy work off the event loop, to Vert.x' worker pool, several at a time; the
 * answer comes back on the event loop of the request.
 */
final class Blocking {
  private Blocking() {}

  static Future<Answer> answer(Vertx vertx, Callable<Answer> work) {
    return vertx.executeBlocking(work, false);
  }
}
