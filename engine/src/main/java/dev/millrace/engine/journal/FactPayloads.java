package dev.millrace.engine.journal;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.PlanSecrets;
import dev.millrace.engine.schema.SensitivePlaces;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Takes out of the facts of one plan's executions what the record may not keep. Immutable, used on
 * any event loop.
 *
 * <p>An execution goes on from its record, by its input and the outputs of its tasks: these stay
 * until its end, and are replaced with it. What a task was called with, and what the execution
 * answered, nobody needs again.
 */
public final class FactPayloads {
  private final PlanSecrets headers;

  /** What goes at the latest with the end; null for everything. */
  private final PlanSecrets withheld;

  private final boolean untouched;

  private FactPayloads(PlanSecrets headers, PlanSecrets withheld) {
    this.headers = headers;
    this.withheld = withheld;
    this.untouched = withheld != null && withheld.isEmpty() && headers.isEmpty();
  }

  /** For the executions of a plan. */
  public static FactPayloads of(ExecutionPlan plan, PayloadRetention retention) {
    return switch (retention) {
      case Full -> new FactPayloads(plan.headers(), plan.headers());
      case Masked -> new FactPayloads(plan.headers(), plan.secrets());
      case None -> new FactPayloads(plan.headers(), null);
    };
  }

  /** Whether all facts stay as they are. */
  public boolean isUntouched() {
    return untouched;
  }

  /** A task's end while the execution runs. */
  public Fact.TaskEnded running(Fact.TaskEnded task) {
    return untouched
        ? task
        : with(task, taskInput(task.slot()).mask(task.input()), withoutHeaders(task));
  }

  /** What a workflow continues with stands in its definition: no service answered it. */
  private JsonNode withoutHeaders(Fact.TaskEnded task) {
    return task.continued() ? task.output() : headers.taskOutput(task.slot()).mask(task.output());
  }

  /**
   * A task's end once the execution has ended.
   *
   * @return null when nothing of it has to be replaced
   */
  public Fact.TaskEnded ended(Fact.TaskEnded task) {
    SensitivePlaces places =
        withheld == null ? SensitivePlaces.WHOLE : withheld.taskOutput(task.slot());
    JsonNode before = withoutHeaders(task);
    JsonNode after = places.mask(task.output());
    return Objects.equals(before, after)
        ? null
        : with(task, taskInput(task.slot()).mask(task.input()), after);
  }

  /**
   * The end of the execution.
   *
   * @param input what it began with
   */
  public Fact.ExecutionEnded ended(Fact.ExecutionEnded end, JsonNode input) {
    if (untouched) {
      return end;
    }
    JsonNode kept = (withheld == null ? SensitivePlaces.WHOLE : withheld.input()).mask(input);
    JsonNode output =
        (withheld == null ? SensitivePlaces.WHOLE : withheld.output()).mask(end.output());
    return new Fact.ExecutionEnded(
        end.executionId(),
        end.status(),
        output,
        end.failure(),
        end.endedAt(),
        Objects.equals(kept, input) ? null : kept);
  }

  private SensitivePlaces taskInput(int slot) {
    return withheld == null ? SensitivePlaces.WHOLE : withheld.taskInput(slot);
  }

  private static Fact.TaskEnded with(Fact.TaskEnded task, JsonNode input, JsonNode output) {
    return new Fact.TaskEnded(
        task.executionId(),
        task.slot(),
        task.taskId(),
        task.taskRef(),
        task.status(),
        input,
        output,
        task.failure(),
        task.continued(),
        task.attempts(),
        task.queuedAt(),
        task.startedAt(),
        task.endedAt());
  }
}
