package dev.millrace.engine.template;

/** Where a template path starts. */
public sealed interface TemplateRoot {
  /** The input: the workflow's inside a Workflow, the task's inside a WorkflowTask. */
  record Input() implements TemplateRoot {}

  /** The output of another task of the workflow. */
  record TaskOutput(String taskId) implements TemplateRoot {}
}
