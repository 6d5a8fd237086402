package dev.millrace.engine.task;

import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.problem.ResourceName;

/**
 * A WorkflowTask ready to run: its call and schemas compiled once; immutable, shared by all plans.
 */
public final class CompiledTask {
  private final WorkflowTask definition;

  private CompiledTask(WorkflowTask definition) {
    this.definition = definition;
  }

  /** Compiles a valid definition. */
  public static CompiledTask compile(WorkflowTask definition) {
    return new CompiledTask(definition);
  }

  /** The definition that this was compiled from. */
  public WorkflowTask definition() {
    return definition;
  }

  /** The task's full name. */
  public ResourceName name() {
    return definition.name();
  }
}
