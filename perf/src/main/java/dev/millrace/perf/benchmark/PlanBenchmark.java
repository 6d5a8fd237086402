package dev.millrace.perf.benchmark;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanCompiler;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.ResourceSet;
import dev.millrace.engine.validation.ValidationReport;
import java.util.HashMap;
import java.util.Map;
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

/**
 * Definitions are validated and compiled: what a start and each change cost. Owned by JMH, runs on
 * its thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlanBenchmark {
  private ResourceSet resources;
  private Map<String, CompiledTask> tasks;
  private Workflow workflow;
  private ResourceReport report;
  private CompiledTask task;

  /** Reads the definitions. */
  @Setup
  public void read() {
    resources = MeasuredPlans.resources("None");
    ExecutionPlan plan = MeasuredPlans.of("None").plan("fan10");
    workflow = plan.workflow();
    report = DefinitionValidator.validate(resources).reports().get(workflow.name());
    tasks = new HashMap<>();
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      tasks.put(plan.task(slot).taskRef(), plan.task(slot).task());
    }
    task = tasks.get("join-items");
  }

  /** All measured definitions, with their proofs. */
  @Benchmark
  public ValidationReport validateAll() {
    return DefinitionValidator.validate(resources);
  }

  /** The workflow fan10. */
  @Benchmark
  public ExecutionPlan compileWorkflow() {
    return PlanCompiler.compile(workflow, report, tasks::get);
  }

  /** One task, with its schemas. */
  @Benchmark
  public CompiledTask compileTask() {
    return CompiledTask.compile(task.definition());
  }
}
