package dev.millrace.gateway.http;

import io.vertx.core.Future;

/** Answers the requests of one path and method; called on the event loop of the request. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request.
   *
   * @return fails with a {@link dev.millrace.engine.problem.FailureException} for what is expected
   *     to go wrong; anything else is answered as an internal error
   */
  Future<Answer> handle(Exchange exchange);
}
