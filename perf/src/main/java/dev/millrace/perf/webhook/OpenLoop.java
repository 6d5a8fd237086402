package dev.millrace.perf.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Sends reviews at a fixed rate, whether those before were answered or not, and notes how long each
 * answer took from the moment at which its review was due. So a webhook, or a generator, that
 * stands still for a while is seen in every review that was due meanwhile. Made for one run, lives
 * on an event loop.
 */
final class OpenLoop {
  private static final double NANOS = 1e9;
  private static final String ALLOWED = "\"allowed\":true";

  private final Vertx vertx;
  private final HttpClient client;
  private final RequestOptions request;
  private final List<Buffer> bodies;
  private final int rate;
  private final long[] answered;
  private final long[] refused;
  private final Promise<LoadReport> ended = Promise.promise();
  private int answers;
  private int refusals;
  private int failures;
  private int wrong;
  private int sent;
  private long latest;
  private long startedAt;

  /**
   * Makes a run.
   *
   * @param rate reviews a second
   */
  OpenLoop(
      Vertx vertx,
      HttpClient client,
      RequestOptions request,
      List<Buffer> bodies,
      int rate,
      Duration duration) {
    this.vertx = vertx;
    this.client = client;
    this.request = request;
    this.bodies = bodies;
    this.rate = rate;
    int reviews = Math.toIntExact(rate * duration.toMillis() / 1_000);
    this.answered = new long[reviews];
    this.refused = new long[reviews];
  }

  /** Sends all; completes when each has been answered, or has failed. To be called once. */
  Future<LoadReport> run() {
    vertx.runOnContext(
        started -> {
          startedAt = System.nanoTime();
          vertx.setPeriodic(1, timer -> sendDue(timer));
        });
    return ended.future();
  }

  private long dueAt(int review) {
    return startedAt + (long) (review * NANOS / rate);
  }

  private void sendDue(long timer) {
    long now = System.nanoTime();
    while (sent < answered.length && dueAt(sent) <= now) {
      latest = Math.max(latest, now - dueAt(sent));
      send(sent++);
    }
    if (sent == answered.length) {
      vertx.cancelTimer(timer);
    }
  }

  private void send(int review) {
    client
        .request(new RequestOptions(request).setMethod(HttpMethod.POST))
        .compose(open -> open.send(bodies.get(review % bodies.size())))
        .compose(response -> response.body().map(body -> note(review, response, body)))
        .onFailure(failure -> failures++)
        .onComplete(noted -> endWhenAllAre());
  }

  private Void note(int review, HttpClientResponse response, Buffer body) {
    long took = System.nanoTime() - dueAt(review);
    if (response.statusCode() != 200) {
      refused[refusals++] = took;
      return null;
    }
    answered[answers++] = took;
    if (!body.toString().contains(ALLOWED)) {
      wrong++;
    }
    return null;
  }

  private void endWhenAllAre() {
    if (answers + refusals + failures == answered.length) {
      ended.complete(
          new LoadReport(
              rate,
              (System.nanoTime() - startedAt) / NANOS,
              LoadReport.Latency.of(Arrays.copyOf(answered, answers)),
              LoadReport.Latency.of(Arrays.copyOf(refused, refusals)),
              failures,
              wrong,
              latest / 1e6));
    }
  }
}
