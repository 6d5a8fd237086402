package dev.millrace.perf.load;

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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sends requests at a fixed rate, whether those before were answered or not, and notes how long
 * each answer took from the moment at which its request was due. So a server, or a generator, that
 * stands still for a while is seen in every request that was due meanwhile. Made for one run, lives
 * on an event loop.
 *
 * <p>A request that is due while too many are in flight is sent as soon as it may be; its time runs
 * on.
 */
public final class OpenLoop {
  private static final double NANOS = 1e9;
  private static final int SETTLING_TICKS = 20;
  // the timer's own jitter: a tick that comes this much early is still the one that is meant
  private static final long EARLY_NANOS = Schedule.TICK_NANOS / 2;
  private static final int PATIENCE = 2;
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Vertx vertx;
  private final HttpClient client;
  private final RequestOptions request;
  private final List<Buffer> bodies;
  private final Predicate<Buffer> expected;
  private final Schedule schedule;
  private final int mostInFlight;
  private final long giveUpNanos;
  private final long[] answered;
  private final long[] refused;
  private final long[] late;
  private final Promise<LoadReport> ended = Promise.promise();
  private int ticks;
  private long firstTick = Long.MAX_VALUE;
  private int answers;
  private int refusals;
  private int failures;
  private int wrong;
  private int sent;
  private int punctual;
  private int heldBefore;
  private int held;
  private boolean over;

  /**
   * Makes a run.
   *
   * @param bodies sent in turns
   * @param expected of the body of each answer with status 200
   * @param rate requests a second
   */
  public OpenLoop(
      Vertx vertx,
      HttpClient client,
      RequestOptions request,
      List<Buffer> bodies,
      Predicate<Buffer> expected,
      int rate,
      Duration duration,
      int mostInFlight) {
    this.vertx = vertx;
    this.client = client;
    this.request = new RequestOptions(request).setMethod(HttpMethod.POST);
    this.bodies = List.copyOf(bodies);
    this.expected = expected;
    this.schedule = Schedule.of(rate, duration);
    this.mostInFlight = mostInFlight;
    this.giveUpNanos = PATIENCE * duration.toNanos() + GRACE_NANOS;
    this.answered = new long[schedule.requests()];
    this.refused = new long[schedule.requests()];
    this.late = new long[schedule.requests()];
  }

  /** Sends all; completes when each has been answered, or has failed. To be called once. */
  public Future<LoadReport> run() {
    vertx.runOnContext(started -> vertx.setPeriodic(1, this::tick));
    return ended.future();
  }

  /**
   * The timer keeps its own grid of milliseconds, and a tick comes late rather than early: the
   * first ticks only find that grid.
   */
  private void tick(long timer) {
    long now = System.nanoTime();
    if (ticks++ < SETTLING_TICKS) {
      firstTick = Math.min(firstTick, now - (ticks - 1) * Schedule.TICK_NANOS);
      return;
    }
    sendDue(now);
    if (sent == schedule.requests() || now - startedAt() > giveUpNanos) {
      vertx.cancelTimer(timer);
      over = true;
      endWhenAllAre();
    }
  }

  private long startedAt() {
    return firstTick + SETTLING_TICKS * Schedule.TICK_NANOS;
  }

  private void sendDue(long now) {
    int due = schedule.dueBy(now + EARLY_NANOS - startedAt());
    while (sent < due && inFlight() < mostInFlight) {
      send(sent++);
    }
    if (sent < due) {
      heldBefore = due;
    }
  }

  private int inFlight() {
    return sent - answers - refusals - failures;
  }

  private void send(int number) {
    long now = System.nanoTime();
    long due = startedAt() + schedule.dueAfter(number);
    if (number < heldBefore) {
      held++;
    } else {
      late[punctual++] = Math.max(0, now - due);
    }
    long from = Math.min(now, due);
    client
        .request(request)
        .compose(open -> open.send(bodies.get(number % bodies.size())))
        .compose(response -> response.body().map(body -> note(from, response, body)))
        .onFailure(failure -> failures++)
        .onComplete(noted -> endWhenAllAre());
  }

  private Void note(long from, HttpClientResponse response, Buffer body) {
    long took = System.nanoTime() - from;
    if (response.statusCode() != 200) {
      refused[refusals++] = took;
      return null;
    }
    answered[answers++] = took;
    if (!expected.test(body)) {
      wrong++;
    }
    return null;
  }

  private void endWhenAllAre() {
    if (over && inFlight() == 0) {
      ended.tryComplete(
          new LoadReport(
              schedule.rate(),
              (System.nanoTime() - startedAt()) / NANOS,
              LoadReport.Latency.of(Arrays.copyOf(answered, answers)),
              LoadReport.Latency.of(Arrays.copyOf(refused, refusals)),
              failures,
              wrong,
              LoadReport.Latency.of(Arrays.copyOf(late, punctual)),
              held,
              schedule.requests() - sent));
    }
  }
}
