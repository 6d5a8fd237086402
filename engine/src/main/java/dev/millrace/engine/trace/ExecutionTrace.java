package dev.millrace.engine.trace;

import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.plan.ExecutionPlan;
import java.util.List;
import java.util.Objects;

/**
 * Where the time of one execution went; made for one answer, immutable.
 *
 * @param planKnown whether the definitions that it ran by are known; without them there are no
 *     levels, no dependencies, no critical path and no templates
 * @param criticalPath the chain of tasks that determined the end, or, while the execution runs,
 *     what ended last
 * @param tasks in document order
 * @param output the templates of the workflow's output
 */
public record ExecutionTrace(
    ExecutionSummary summary,
    boolean planKnown,
    List<String> criticalPath,
    List<TaskTrace> tasks,
    List<ResolvedTemplate> output) {
  public ExecutionTrace {
    Objects.requireNonNull(summary);
    criticalPath = List.copyOf(criticalPath);
    tasks = List.copyOf(tasks);
    output = List.copyOf(output);
  }

  /**
   * Explains an execution; pure, but not cheap.
   *
   * @param execution as it is recorded; what is sensitive is masked here
   * @param plan by which it ran; null when it is not known any more
   */
  public static ExecutionTrace of(ExecutionRecord execution, ExecutionPlan plan) {
    return plan == null
        ? TraceBuilder.withoutPlan(execution)
        : new TraceBuilder(execution, plan).build();
  }
}
