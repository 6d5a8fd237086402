package dev.millrace.perf.benchmark;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.task.HttpCall;
import dev.millrace.engine.task.PreparedRequest;
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

/** A task's request is built, values encoded. Owned by JMH, runs on its thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HttpCallBenchmark {
  private HttpCall get;
  private HttpCall post;
  private JsonNode getInput;
  private JsonNode postInput;

  /** Compiles the calls. */
  @Setup
  public void compile() throws InvalidJsonException {
    ExecutionPlan plan = MeasuredPlans.of("None").plan("chain3");
    get = plan.task(plan.slot("shipment")).task().http();
    post = plan.task(plan.slot("order")).task().http();
    getInput = Json.read("{\"shipmentId\":\"shipment-42\",\"orderId\":\"order-42\"}");
    postInput =
        Json.read("{\"customer\":\"42\",\"tier\":\"gold\",\"sku\":\"item-7\",\"quantity\":2}");
  }

  /** A path segment and a query parameter. */
  @Benchmark
  public PreparedRequest get() {
    return get.prepare(getInput);
  }

  /** A body of four values. */
  @Benchmark
  public PreparedRequest post() {
    return post.prepare(postInput);
  }
}
