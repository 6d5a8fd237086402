package dev.millrace.engine.plan;

import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.validation.Edge;

/**
 * Between which nodes of a picture a template edge runs: tasks by their ids, and {@code $input} and
 * {@code $output}, which no task can be called.
 */
record DataEnds(String from, String to) {
  static final String INPUT = "$input";
  static final String OUTPUT = "$output";

  private static final String TASKS = "tasks.";
  private static final String TASK_PATH = "/spec/tasks/";

  static DataEnds of(Edge edge, Workflow workflow) {
    return new DataEnds(from(edge.from()), to(edge.to(), workflow));
  }

  private static String from(String path) {
    if (!path.startsWith(TASKS)) {
      return INPUT;
    }
    int end = path.indexOf('.', TASKS.length());
    return path.substring(TASKS.length(), end < 0 ? path.length() : end);
  }

  private static String to(String pointer, Workflow workflow) {
    if (!pointer.startsWith(TASK_PATH)) {
      return OUTPUT;
    }
    int end = pointer.indexOf('/', TASK_PATH.length());
    String slot = pointer.substring(TASK_PATH.length(), end < 0 ? pointer.length() : end);
    return workflow.tasks().get(Integer.parseInt(slot)).id();
  }
}
