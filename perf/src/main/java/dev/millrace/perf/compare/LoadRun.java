package dev.millrace.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs wrk against one contestant and reads what the run cost each process. Owned by {@link
 * Compare}, used on its main thread.
 */
final class LoadRun {

  private static final int GRACE_SECONDS = 30;
  private static final int DRAIN_POLLS = 100;

  private final Settings settings;
  private final Server upstream;
  private final Exchange exchange;

  LoadRun(Settings settings, Server upstream, Exchange exchange) {
    this.settings = settings;
    this.upstream = upstream;
    this.exchange = exchange;
  }

  /** Load that is not measured, so that the JIT compiler is done when the rounds start. */
  void warmUp(Shape shape, Server contestant) throws IOException, InterruptedException {
    requireNoErrors(shape, contestant, wrk(shape, contestant, settings.warmUpSeconds()));
    drain();
  }

  /** One measured run. */
  Measurement measure(Shape shape, Server contestant, int round)
      throws IOException, InterruptedException {
    exchange.post(upstream.url("/reset"), "");
    long recordedBefore = contestant.recordedExecutions();
    ProcessorTime.Machine machineBefore = ProcessorTime.ofMachine();
    ProcessorTime.OfProcess selfBefore = ProcessorTime.ofSelf();
    double upstreamBefore = upstream.cpuSeconds();
    double contestantBefore = contestant.cpuSeconds();
    double databaseBefore = contestant.databaseCpuSeconds();
    long startedAt = System.nanoTime();

    LoadResult result = wrk(shape, contestant, settings.seconds());

    double contestantCpu = contestant.cpuSeconds() - contestantBefore;
    double databaseCpu = contestant.databaseCpuSeconds() - databaseBefore;
    double upstreamCpu = upstream.cpuSeconds() - upstreamBefore;
    ProcessorTime.OfProcess self = ProcessorTime.ofSelf();
    ProcessorTime.Machine machine = ProcessorTime.ofMachine().minus(machineBefore);
    double elapsed = (System.nanoTime() - startedAt) / 1e9;
    // wrk is the only child that ended meanwhile
    double wrkCpu = self.children() - selfBefore.children();
    double ours =
        contestantCpu + databaseCpu + upstreamCpu + wrkCpu + self.own() - selfBefore.own();
    double capacity = elapsed * Runtime.getRuntime().availableProcessors();

    requireNoErrors(shape, contestant, result);
    drain();
    requireAllCalls(shape, contestant, result);
    requireRecord(shape, contestant, result, recordedBefore);
    return new Measurement(
        shape,
        contestant.name(),
        round,
        result.requests(),
        result.seconds(),
        result.p50Micros() / 1e3,
        result.p99Micros() / 1e3,
        contestantCpu,
        databaseCpu,
        upstreamCpu / (elapsed * settings.upstreamLoops()),
        wrkCpu / (elapsed * settings.loadThreads()),
        Math.max(0, machine.busy() - ours) / capacity,
        machine.stolen() / capacity);
  }

  private LoadResult wrk(Shape shape, Server contestant, int seconds)
      throws IOException, InterruptedException {
    Path output = settings.work().resolve("wrk.out");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "--threads",
                    Integer.toString(settings.loadThreads()),
                    "--connections",
                    Integer.toString(settings.connections()),
                    "--duration",
                    seconds + "s",
                    "--timeout",
                    "10s",
                    "--script",
                    settings.home().resolve("wrk/execute.lua").toString(),
                    contestant.url(shape.path()).toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PERF_BODY", shape.input());
    Process wrk = builder.start();
    try {
      StartedProcesses.record(settings.work(), wrk);
      if (!wrk.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("wrk did not end " + GRACE_SECONDS + " s after its time");
      }
    } finally {
      wrk.destroyForcibly();
    }
    contestant.requireAlive();
    upstream.requireAlive();
    return LoadResult.parse(Files.readString(output));
  }

  private static void requireNoErrors(Shape shape, Server contestant, LoadResult result) {
    if (!result.errors().isEmpty() || result.requests() == 0) {
      throw new IllegalStateException(
          contestant.name()
              + " did not answer all of "
              + shape.label()
              + ": "
              + result.requests()
              + " answers, "
              + String.join(", ", result.errors()));
    }
  }

  /**
   * Waits until the executions that wrk left behind are over, so that they do not cost the next
   * run.
   */
  private void drain() throws InterruptedException {
    long before = -1;
    for (int poll = 0; poll < DRAIN_POLLS; poll++) {
      long now = upstreamCalls();
      if (now == before) {
        return;
      }
      before = now;
      Thread.sleep(100 + settings.latencyMillis());
    }
    throw new IllegalStateException("the upstream is still being called after the load has ended");
  }

  /** Both contestants must do the same work: every execution makes all of its calls, once. */
  private void requireAllCalls(Shape shape, Server contestant, LoadResult result)
      throws InterruptedException {
    long calls = upstreamCalls();
    long least = result.requests() * shape.calls();
    long most = (result.requests() + settings.connections()) * shape.calls();
    if (calls < least || calls > most) {
      throw new IllegalStateException(
          contestant.name()
              + " made "
              + calls
              + " calls for "
              + result.requests()
              + " executions of "
              + shape.label()
              + "; expected "
              + least
              + " to "
              + most);
    }
  }

  /** Every execution that was answered is on record soon after. */
  private void requireRecord(Shape shape, Server contestant, LoadResult result, long before)
      throws InterruptedException {
    if (!contestant.keepsRecord()) {
      return;
    }
    long recorded = 0;
    for (int poll = 0; poll < DRAIN_POLLS; poll++) {
      recorded = contestant.recordedExecutions() - before;
      if (recorded >= result.requests()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        contestant.name()
            + " recorded "
            + recorded
            + " of "
            + result.requests()
            + " executions of "
            + shape.label());
  }

  private long upstreamCalls() throws InterruptedException {
    try {
      return exchange.get(upstream.url("/stats")).required("total").longValue();
    } catch (UncheckedIOException failure) {
      upstream.requireAlive();
      throw failure;
    }
  }
}
