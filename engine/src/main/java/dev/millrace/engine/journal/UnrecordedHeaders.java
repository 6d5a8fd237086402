package dev.millrace.engine.journal;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.schema.SensitivePlaces;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplatePath;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TemplateWalk;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/**
 * Finds out whether an execution can go on from its record: not where a template that is still to
 * be rendered reads the value of a header, which is never recorded. Stateless, usable on any
 * thread.
 */
public final class UnrecordedHeaders {
  private UnrecordedHeaders() {}

  /**
   * The first template that cannot be rendered from the record; null when there is none.
   *
   * @param plan by which the execution would go on
   */
  public static String reader(ExecutionPlan plan, ExecutionRecord record) {
    if (plan.headers().isEmpty()) {
      return null;
    }
    Set<String> over = new HashSet<>();
    for (TaskRecord task : record.tasks()) {
      if (task.status() == TaskStatus.Succeeded) {
        over.add(task.taskId());
      }
    }
    Workflow workflow = plan.workflow();
    for (var step : workflow.tasks()) {
      String found = over.contains(step.id()) ? null : reader(plan, over, step.input());
      if (found != null) {
        return found;
      }
    }
    return reader(plan, over, workflow.output());
  }

  private static String reader(ExecutionPlan plan, Set<String> over, JsonNode written) {
    AtomicReference<String> found = new AtomicReference<>();
    TemplateWalk.forEach(
        TemplateParser.parse(written, new TemplateErrors()),
        "",
        (pointer, expression, inText) -> {
          if (found.get() == null && reads(plan, over, expression)) {
            found.set(expression.text());
          }
        });
    return found.get();
  }

  private static boolean reads(ExecutionPlan plan, Set<String> over, Expression expression) {
    return reads(plan, over, expression.path())
        || (expression.fallback() instanceof Fallback.Path fallback
            && reads(plan, over, fallback.path()));
  }

  private static boolean reads(ExecutionPlan plan, Set<String> over, TemplatePath path) {
    if (!(path.root() instanceof TemplateRoot.TaskOutput task) || !over.contains(task.taskId())) {
      return false;
    }
    SensitivePlaces headers = plan.headers().taskOutput(plan.slot(task.taskId()));
    return !headers.at(path.steps()).isEmpty();
  }
}
