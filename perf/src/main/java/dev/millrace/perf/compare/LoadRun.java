package dev.millrace.perf.compare;

import dev.millrace.perf.gate.Judgement;
import dev.millrace.perf.process.ProcessorTime;
import dev.millrace.perf.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts load on one contestant and reads what the run cost each process. Owned by {@link Compare},
 * used on its main thread.
 */
final class LoadRun {

  private static final int MOST_WARM_UPS = 4;
  private static final int DRAIN_POLLS = 100;
  // one quiet moment may be a pause of a busy machine
  private static final int QUIET_POLLS = 2;
  private static final int GENERATOR_WARM_UP_SECONDS = 3;
  private static final int LEAD_IN_SECONDS = 1;

  private final Settings settings;
  private final Server upstream;
  private final Exchange exchange;
  private final Wrk wrk;
  private final Optional<OpenLoad> generator;

  /**
   * Prepares runs.
   *
   * @param generator empty where there are no open loops
   */
  LoadRun(Settings settings, Server upstream, Exchange exchange, Optional<OpenLoad> generator) {
    this.settings = settings;
    this.upstream = upstream;
    this.exchange = exchange;
    this.wrk = new Wrk(settings);
    this.generator = generator;
  }

  /**
   * Load that is not measured, so that the JIT compiler is done when the rounds start. A JVM that
   * has just begun may refuse some of it. It is repeated, within bounds, while other programs keep
   * the machine: what counts is not how long the JVM was asked, but what it could compile
   * meanwhile.
   */
  void warmUp(Cell cell, Contestant contestant) throws IOException, InterruptedException {
    for (int time = 1; time <= MOST_WARM_UPS; time++) {
      Usage before = usage(cell, contestant);
      run(cell, contestant, settings.warmUpSeconds());
      if (usage(cell, contestant).since(before).otherShare() <= Judgement.MOST_DISTURBANCE) {
        break;
      }
    }
    drain();
  }

  /** The same for the generator of an open loop, which is a JVM itself. */
  void warmUpGenerator(Cell cell, Contestant contestant) throws IOException, InterruptedException {
    run(cell, contestant, GENERATOR_WARM_UP_SECONDS);
    drain();
  }

  /**
   * One measured run, after a moment of the same load: connections to the upstream that were closed
   * while the other contestant had its turn are made again.
   */
  Measurement measure(Cell cell, Contestant contestant, int round)
      throws IOException, InterruptedException {
    run(cell, contestant, LEAD_IN_SECONDS);
    drain();
    exchange.post(upstream.url("/reset"), "");
    long recordedBefore = contestant.recordedExecutions();
    long allocatedBefore = contestant.allocatedBytes();
    Usage before = usage(cell, contestant);

    LoadResult result = run(cell, contestant, settings.seconds());

    Usage used = usage(cell, contestant).since(before);
    long allocated = contestant.allocatedBytes() - allocatedBefore;

    requireNoErrors(cell, contestant, result);
    drain();
    requireAllCalls(cell, contestant, result);
    requireRecord(cell, contestant, result, recordedBefore);
    return new Measurement(
        cell,
        contestant.name(),
        round,
        result,
        used.contestant(),
        used.database(),
        allocated,
        used.upstream() / (used.elapsed() * settings.upstreamLoops()),
        used.load() / (used.elapsed() * loadThreads(cell)),
        used.otherShare(),
        used.stolenShare());
  }

  private Usage usage(Cell cell, Contestant contestant) throws IOException {
    return new Usage(
        System.nanoTime() / 1e9,
        contestant.cpuSeconds(),
        contestant.databaseCpuSeconds(),
        upstream.program().cpuSeconds(),
        loadCpuSeconds(cell),
        ProcessorTime.ofSelf().own(),
        ProcessorTime.ofMachine());
  }

  private LoadResult run(Cell cell, Contestant contestant, int seconds)
      throws IOException, InterruptedException {
    Path body = settings.work().resolve(cell.shape().label() + ".json");
    if (!Files.exists(body)) {
      Files.writeString(body, cell.shape().input());
    }
    var url = contestant.url(cell.shape().path());
    LoadResult result;
    if (cell.load() instanceof Load.Open open) {
      result = generator.orElseThrow().run(url, body, open, seconds);
    } else {
      result = wrk.run(url, body, (Load.Closed) cell.load(), seconds);
    }
    contestant.requireAlive();
    upstream.program().requireAlive();
    return result;
  }

  private double loadCpuSeconds(Cell cell) throws IOException {
    if (cell.load() instanceof Load.Open) {
      return generator.orElseThrow().cpuSeconds();
    }
    // wrk is the only child that ends during a run
    return ProcessorTime.ofSelf().children();
  }

  private int loadThreads(Cell cell) {
    return cell.load() instanceof Load.Closed closed ? wrk.threads(closed) : 1;
  }

  private static void requireNoErrors(Cell cell, Contestant contestant, LoadResult result) {
    if (!result.errors().isEmpty() || result.requests() == 0) {
      throw new IllegalStateException(
          contestant.name()
              + " did not answer all of "
              + cell
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
    int quiet = 0;
    for (int poll = 0; poll < DRAIN_POLLS; poll++) {
      long now = upstreamCalls();
      quiet = now == before ? quiet + 1 : 0;
      if (quiet == QUIET_POLLS) {
        return;
      }
      before = now;
      Thread.sleep(100 + settings.latencyMillis());
    }
    throw new IllegalStateException("the upstream is still being called after the load has ended");
  }

  /** Both contestants must do the same work: every execution makes all of its calls, once. */
  private void requireAllCalls(Cell cell, Contestant contestant, LoadResult result)
      throws InterruptedException {
    long calls = upstreamCalls();
    long least = result.requests() * cell.shape().calls();
    // those that this run, or on a machine without a moment to spare the one before, left behind
    long left = (long) cell.load().mostInFlight() + settings.saturating().mostInFlight();
    long most = (result.requests() + left) * cell.shape().calls();
    if (calls < least || calls > most) {
      throw new IllegalStateException(
          contestant.name()
              + " made "
              + calls
              + " calls for "
              + result.requests()
              + " executions of "
              + cell
              + "; expected "
              + least
              + " to "
              + most);
    }
  }

  /** Every execution that was answered is on record soon after. */
  private void requireRecord(Cell cell, Contestant contestant, LoadResult result, long before)
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
            + cell);
  }

  private long upstreamCalls() throws InterruptedException {
    try {
      return exchange.get(upstream.url("/stats")).required("total").longValue();
    } catch (UncheckedIOException failure) {
      upstream.program().requireAlive();
      throw failure;
    }
  }
}
