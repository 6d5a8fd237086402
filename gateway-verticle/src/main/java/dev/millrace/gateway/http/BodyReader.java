package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.task.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Gathers the body of one request in memory, within a limit of bytes and of time; lives on the
 * event loop of the request.
 *
 * <p>Reading stops at the first byte over the limit, whether the length was announced or not; what
 * the caller still sends is then for the {@link RequestHandler} to deal with.
 */
final class BodyReader {
  private static final String CONTINUE = "100-continue";

  private final Promise<Buffer> promise = Promise.promise();
  private final HttpServerRequest request;
  private final HttpLimits limits;
  private Buffer gathered;
  private boolean copied;

  private BodyReader(HttpServerRequest request, HttpLimits limits) {
    this.request = request;
    this.limits = limits;
  }

  /** Begins to read; must be called in the turn of the event loop that brought the request. */
  static Future<Buffer> read(Timers timers, HttpServerRequest request, HttpLimits limits) {
    long announced = announcedLength(request);
    if (announced > limits.maxBodyBytes()) {
      return Future.failedFuture(tooLarge(limits));
    }
    if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return new BodyReader(request, limits).start(timers);
  }

  private Future<Buffer> start(Timers timers) {
    Timers.Alarm alarm =
        timers.schedule(limits.bodyTimeoutMillis(), () -> promise.tryFail(tooSlow()));
    request.handler(this::take);
    request.endHandler(
        ignored -> promise.tryComplete(gathered == null ? Buffer.buffer() : gathered));
    request.exceptionHandler(
        ignored ->
            promise.tryFail(
                Failure.of(ErrorCode.InvalidRequest, "The request's body broke off or is not valid")
                    .exception()));
    return promise.future().onComplete(ignored -> alarm.cancel());
  }

  private void take(Buffer chunk) {
    if (promise.future().isComplete()) {
      return;
    }
    int before = gathered == null ? 0 : gathered.length();
    if (before + (long) chunk.length() > limits.maxBodyBytes()) {
      gathered = null;
      promise.tryFail(tooLarge(limits));
      return;
    }
    if (gathered == null) {
      // Most bodies are one chunk: it is taken as it is, and copied only when a second one comes.
      gathered = chunk;
      return;
    }
    if (!copied) {
      gathered = Buffer.buffer(2 * before).appendBuffer(gathered);
      copied = true;
    }
    gathered.appendBuffer(chunk);
  }

  private static long announcedLength(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (header == null) {
      return 0;
    }
    try {
      return Long.parseLong(header.trim());
    } catch (NumberFormatException e) {
      throw Failure.of(ErrorCode.InvalidRequest, "The header Content-Length is not a number")
          .exception();
    }
  }

  private static FailureException tooLarge(HttpLimits limits) {
    return Failure.of(
            ErrorCode.BodyTooLarge,
            "The body is longer than "
                + limits.maxBodyBytes()
                + " bytes, the limit of this gateway")
        .exception();
  }

  private FailureException tooSlow() {
    return Failure.of(
            ErrorCode.RequestTimedOut,
            "The body did not arrive within " + limits.bodyTimeoutMillis() + " ms")
        .exception();
  }
}
