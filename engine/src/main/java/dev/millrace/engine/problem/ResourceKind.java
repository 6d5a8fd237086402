package dev.millrace.engine.problem;

/** The two kinds of resources; the constant's name is the kind's name. */
public enum ResourceKind {
  WorkflowTask,
  Workflow
}
