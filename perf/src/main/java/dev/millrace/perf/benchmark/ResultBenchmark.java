package dev.millrace.perf.benchmark;

import dev.millrace.engine.execution.ExecutionResult;
import dev.millrace.engine.execution.ExecutionResultJson;
import dev.millrace.engine.execution.ResultDetail;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The answer of an execution is written. Owned by JMH, runs on its thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ResultBenchmark {
  /** The shape. */
  @Param({"single", "chain3", "fan10"})
  public String workflow;

  private ExecutionResult result;

  /** Makes a result. */
  @Setup
  public void execute() throws Exception {
    try (InstantEngine engine = new InstantEngine(MeasuredPlans.of("None"), fact -> {})) {
      result = engine.execute(workflow, MeasuredPlans.input(workflow), 1);
    }
  }

  @Benchmark
  public Buffer answer() {
    return ExecutionResultJson.text(result, ResultDetail.of(null));
  }
}
