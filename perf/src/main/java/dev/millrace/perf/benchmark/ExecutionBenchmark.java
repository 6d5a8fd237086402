package dev.millrace.perf.benchmark;

import dev.millrace.engine.execution.ExecutionResult;
import dev.millrace.engine.journal.Fact;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/**
 * A whole execution but for its calls, which answer at once: input validation, scheduling,
 * templates, the output, and with a record its facts. Owned by JMH; runs on the engine's event
 * loop.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExecutionBenchmark {
  private static final int BATCH = 200;

  /** The shape. */
  @Param({"single", "chain3", "fan10"})
  public String workflow;

  /** Whether facts are made. */
  @Param({"None", "Buffered"})
  public String durability;

  private volatile Fact latest;
  private InstantEngine engine;
  private JsonNode input;

  /** Starts the engine. */
  @Setup
  public void start() throws Exception {
    engine = new InstantEngine(MeasuredPlans.of(durability), fact -> latest = fact);
    input = MeasuredPlans.input(workflow);
  }

  /** Stops it. */
  @TearDown
  public void stop() {
    engine.close();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public ExecutionResult execution() throws Exception {
    return engine.execute(workflow, input, BATCH);
  }
}
