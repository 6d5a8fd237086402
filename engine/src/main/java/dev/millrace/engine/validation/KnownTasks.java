package dev.millrace.engine.validation;

import dev.millrace.engine.definition.WorkflowTask;

/**
 * What judging tasks found before, for as long as they are the same objects: a task is judged on
 * its own, so nothing beside it can change that. Usable on any thread.
 */
interface KnownTasks {
  /** Of a set that is judged for the first time. */
  KnownTasks NONE =
      new KnownTasks() {
        @Override
        public Known find(WorkflowTask task) {
          return null;
        }

        @Override
        public void keep(WorkflowTask task, Known known) {
          // nobody asks again
        }
      };

  /** A task as workflows see it, and what is said about it. */
  record Known(JudgedTask judged, ResourceReport report) {}

  /** What is known of this very task; null where it has not been judged. */
  Known find(WorkflowTask task);

  /** Remembers what is known of a task, or does not. */
  void keep(WorkflowTask task, Known known);
}
