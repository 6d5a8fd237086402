package dev.millrace.perf.benchmark;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.template.BoundTemplate;
import dev.millrace.engine.template.RenderException;
import java.util.ArrayList;
import java.util.List;
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

/** A task's input and a workflow's output are rendered. Owned by JMH, runs on its thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TemplateBenchmark {
  private record Outputs(JsonNode input, List<JsonNode> bySlot)
      implements dev.millrace.engine.template.Scope {
    @Override
    public JsonNode output(int slot) {
      return bySlot.get(slot);
    }
  }

  private Outputs chain;
  private Outputs fan;
  private BoundTemplate orderInput;
  private BoundTemplate joinInput;
  private BoundTemplate fanOutput;

  /** Compiles the workflows. */
  @Setup
  public void compile() {
    MeasuredPlans plans = MeasuredPlans.of("None");
    ExecutionPlan chain3 = plans.plan("chain3");
    ExecutionPlan fan10 = plans.plan("fan10");
    chain = outputs(chain3, "chain3");
    fan = outputs(fan10, "fan10");
    orderInput = chain3.task(chain3.slot("order")).input();
    joinInput = fan10.task(fan10.slot("join")).input();
    fanOutput = fan10.output();
  }

  private static Outputs outputs(ExecutionPlan plan, String workflow) {
    List<JsonNode> bySlot = new ArrayList<>();
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      bySlot.add(MeasuredPlans.output(plan.task(slot).taskRef()));
    }
    return new Outputs(MeasuredPlans.input(workflow), bySlot);
  }

  /** Four values of two sources. */
  @Benchmark
  public JsonNode fourValues() throws RenderException {
    return orderInput.render(chain);
  }

  /** Two values and a list of eight lines of two. */
  @Benchmark
  public JsonNode eightLines() throws RenderException {
    return joinInput.render(fan);
  }

  /** The output of fan10. */
  @Benchmark
  public JsonNode output() throws RenderException {
    return fanOutput.render(fan);
  }
}
