package dev.millrace.operator.webhook;

import dev.millrace.operator.OperatorMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Reads the body of each request to the webhook, has it judged on worker threads and answers; owned
 * by {@link WebhookServer}, lives on its event loop.
 */
final class ReviewRequests {
  private static final String POOL = "millrace-webhook";
  private static final String BUSY = "Too many reviews wait for an answer; try again";
  private static final String SLOW =
      "The review could not be judged in time; try again. If it is the change of a task that very"
          + " many workflows use, add a new task beside it and move them over";
  private static final long LONGEST_THROWN_AWAY = 1 << 20;

  private final Vertx vertx;
  private final WebhookOptions options;
  private final Reviews reviews;
  private final BooleanSupplier ready;
  private final OperatorMetrics metrics;
  private final WorkerExecutor workers;
  private int waiting;
  private long waitingBytes;

  ReviewRequests(
      Vertx vertx,
      WebhookOptions options,
      Reviews reviews,
      BooleanSupplier ready,
      OperatorMetrics metrics) {
    this.vertx = vertx;
    this.options = options;
    this.reviews = reviews;
    this.ready = ready;
    this.metrics = metrics;
    this.workers = vertx.createSharedWorkerExecutor(POOL, options.threads());
  }

  void close() {
    workers.close();
  }

  void handle(HttpServerRequest request) {
    if (!ready.getAsBoolean()) {
      refuse(request, 503, "The operator does not know the cluster's definitions yet", "starting");
    } else if (announced(request) > options.maxBodyBytes()) {
      refuse(request, 413, tooLong(), "length");
    } else if (waiting >= options.maxWaiting()) {
      refuse(request, 503, BUSY, "waiting");
    } else {
      waiting++;
      read(request).compose(body -> judged(request, body)).onComplete(ended -> waiting--);
    }
  }

  /** Gathers the body within its bounds; fails once it has been refused. */
  private Future<Buffer> read(HttpServerRequest request) {
    Promise<Buffer> gathered = Promise.promise();
    Buffer body = Buffer.buffer();
    long timer =
        vertx.setTimer(
            options.bodyWithin().toMillis(),
            late -> {
              if (gathered.tryFail("too late")) {
                refuse(request, 408, "The review did not arrive in time", "time");
              }
            });
    request.exceptionHandler(broken -> gathered.tryFail(broken));
    request.handler(
        chunk -> {
          if (gathered.future().isComplete()) {
            return;
          }
          if (body.length() + (long) chunk.length() > options.maxBodyBytes()) {
            gathered.tryFail("too long");
            refuse(request, 413, tooLong(), "length");
          } else if (waitingBytes + chunk.length() > options.maxWaitingBytes()) {
            gathered.tryFail("too many");
            refuse(request, 503, BUSY, "waiting");
          } else {
            body.appendBuffer(chunk);
            waitingBytes += chunk.length();
          }
        });
    request.endHandler(end -> gathered.tryComplete(body));
    return gathered
        .future()
        .onFailure(refused -> waitingBytes -= body.length())
        .onComplete(ended -> vertx.cancelTimer(timer));
  }

  /** Completes when the worker is done, even if the answer had to go before. */
  private Future<Buffer> judged(HttpServerRequest request, Buffer body) {
    long arrivedAt = System.nanoTime();
    Future<Buffer> judged = workers.executeBlocking(() -> answer(body, arrivedAt), false);
    judged
        .timeout(options.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
        .onSuccess(answer -> answer(request, answer))
        .onFailure(failure -> failed(request, failure));
    return judged.onComplete(ended -> waitingBytes -= body.length());
  }

  /**
   * Judges a review, but not one that has waited for half of its time: under a load that lasts, all
   * would be begun just before their time is over, and none would be answered.
   */
  private Buffer answer(Buffer body, long arrivedAt) {
    if (System.nanoTime() - arrivedAt > options.answerWithin().toNanos() / 2) {
      throw new RejectedExecutionException(BUSY);
    }
    return reviews.answer(body);
  }

  private static void answer(HttpServerRequest request, Buffer answer) {
    if (answer == null) {
      refuse(request, 400, "The body is no AdmissionReview");
    } else if (!request.response().ended()) {
      request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(answer);
    }
  }

  private void failed(HttpServerRequest request, Throwable failure) {
    if (failure instanceof RejectedExecutionException) {
      refuse(request, 503, BUSY, "waiting");
    } else if (failure instanceof TimeoutException) {
      refuse(request, 504, SLOW, "judgement");
    } else {
      refuse(request, 500, "The review could not be judged", "fault");
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private String tooLong() {
    return "The review is longer than " + options.maxBodyBytes() + " bytes";
  }

  private void refuse(HttpServerRequest request, int status, String message, String reason) {
    metrics.refused(reason);
    refuse(request, status, message);
  }

  /**
   * Answers with a status. The rest of a short body is thrown away, so that the connection can go
   * on; a longer one is not waited for.
   */
  static void refuse(HttpServerRequest request, int status, String message) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    boolean unread = !request.isEnded();
    boolean abandoned = unread && (status == 413 || status == 408 || !isShort(request));
    if (unread && !abandoned) {
      request.handler(rest -> {});
    }
    boolean shared = request.version() == HttpVersion.HTTP_2;
    if (abandoned && !shared) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .end(message + "\n")
        .onComplete(
            sent -> {
              if (abandoned && shared) {
                request.response().reset();
              } else if (abandoned) {
                request.connection().close();
              }
            });
  }

  private static boolean isShort(HttpServerRequest request) {
    return request.getHeader(HttpHeaders.CONTENT_LENGTH) != null
        && announced(request) <= LONGEST_THROWN_AWAY;
  }
}
