package dev.millrace.engine.task;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.perf.benchmark.MeasuredPlans;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;

/**
 * A service's answer is read and validated. In the package of what it measures, which nobody else
 * need see; owned by JMH, runs on its thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AnswerBenchmark {
  private final MultiMap headers =
      MultiMap.caseInsensitiveMultiMap().add(HttpHeaders.CONTENT_TYPE, "application/json");
  private CompiledTask user;
  private CompiledTask order;
  private Buffer userAnswer;
  private Buffer orderAnswer;

  /** Compiles the tasks. */
  @Setup
  public void compile() {
    ExecutionPlan plan = MeasuredPlans.of("None").plan("chain3");
    user = plan.task(plan.slot("user")).task();
    order = plan.task(plan.slot("order")).task();
    userAnswer = Buffer.buffer(MeasuredPlans.answer("fetch-user"));
    orderAnswer = Buffer.buffer(MeasuredPlans.answer("confirm-order"));
  }

  @Benchmark
  public JsonNode user() {
    return AnswerReader.read(user, 200, headers, userAnswer);
  }

  @Benchmark
  public JsonNode order() {
    return AnswerReader.read(order, 200, headers, orderAnswer);
  }
}
