package dev.millrace.engine.validation;

import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.schema.SchemaView;

/**
 * A WorkflowTask as workflows see it; made by {@link TaskValidation}, immutable.
 *
 * @param input null where the schema has problems
 * @param output null where the schema has problems
 * @param errors how many errors the task itself has
 * @param firstError the first of them, for messages; null where there is none
 */
record JudgedTask(
    WorkflowTask task, SchemaView input, SchemaView output, int errors, String firstError) {}
