package dev.millrace.engine.validation;

import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.TemplatePath;

/**
 * What a template path reads; made by {@link Sources}, immutable.
 *
 * @param document the schema of the whole input or output in which the path starts
 * @param schema what may stand at the end of the path; it may admit more than really can
 * @param mayBeAbsent whether the path may lead nowhere
 * @param exact whether {@code schema} admits nothing that cannot really stand there
 */
record Source(
    TemplatePath path, SchemaView document, SchemaView schema, boolean mayBeAbsent, boolean exact) {
  String text() {
    return PathText.of(path);
  }
}
