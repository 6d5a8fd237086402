package dev.millrace.perf.history;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Asks the same kind of question over and over, a few at a time, and notes how long each answer
 * took. Used by {@link SeedHistory} for one kind; the questions run on an event loop.
 */
final class QueryLoad {
  private static final int MOST = 1_000_000;

  private final Supplier<Future<?>> question;
  private final long[] nanos = new long[MOST];
  private final AtomicInteger count = new AtomicInteger();

  /** Times of all answers, in milliseconds. */
  record Latency(int answers, double p50, double p99, double longest) {}

  QueryLoad(Supplier<Future<?>> question) {
    this.question = question;
  }

  /** Completes when the time is over and all answers are there; fails with the first failure. */
  Future<Latency> run(Vertx vertx, int concurrency, Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    Future<?>[] askers = new Future<?>[concurrency];
    for (int asker = 0; asker < concurrency; asker++) {
      askers[asker] = vertx.timer(1).compose(started -> ask(until));
    }
    return Future.all(Arrays.asList(askers)).map(over -> latency());
  }

  private Future<Void> ask(long until) {
    long askedAt = System.nanoTime();
    return question
        .get()
        .compose(
            answer -> {
              long now = System.nanoTime();
              int place = count.getAndIncrement();
              if (place < MOST) {
                nanos[place] = now - askedAt;
              }
              return now < until ? ask(until) : Future.succeededFuture();
            });
  }

  private Latency latency() {
    int answers = Math.min(count.get(), MOST);
    long[] sorted = Arrays.copyOf(nanos, answers);
    Arrays.sort(sorted);
    return new Latency(count.get(), millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1.0));
  }

  private static double millis(long[] sorted, double share) {
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, place)] / 1e6;
  }
}
