package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.SchemaProblem;
import dev.millrace.engine.schema.SchemaView;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the schemas of a resource and reports what is wrong with them; stateless, used on the
 * validating thread.
 */
final class SchemaReading {
  private SchemaReading() {}

  /** The schema, or null where it has problems, which are then reported. */
  static SchemaView read(JsonNode schema, String pointer, Schemas schemas, Findings findings) {
    Schemas.Compiled compiled = schemas.document(schema);
    for (SchemaProblem problem : compiled.problems()) {
      findings.error(
          ProblemCode.InvalidSchema,
          pointer + problem.path(),
          sentence(problem.message()),
          problem.suggestion() == null ? null : sentence(problem.suggestion()));
    }
    return compiled.view();
  }

  /** The same for an input, which is always an object. */
  static SchemaView readInput(JsonNode schema, String pointer, Schemas schemas, Findings findings) {
    SchemaView view = read(schema, pointer, schemas, findings);
    if (view != null && !schema.path("type").asString("").equals("object")) {
      findings.error(
          ProblemCode.InvalidSchema,
          schema.has("type") ? pointer + "/type" : pointer,
          "An inputSchema must be of type object",
          "Write type: object and describe each input under properties.");
      return null;
    }
    return view;
  }

  private static String sentence(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
