package dev.millrace.engine.schema.proof;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Says for people what a witness shows; stateless.
 *
 * <p>The witness is made up from the schemas, so it may be shown.
 */
final class WitnessReason {
  private static final int LONGEST = 120;

  private WitnessReason() {}

  static String of(JsonNode witness, List<SchemaError> errors) {
    SchemaError error = deepest(errors);
    String place = error.path().isEmpty() ? "the value" : "`" + error.path() + "`";
    JsonNode found = JsonPointers.find(witness, error.path());
    String value = found == null ? "like this" : shown(found);
    String connection = error.message().startsWith("must") ? ", but " : ", which ";
    return place + " may be " + value + connection + error.message();
  }

  /** The error deepest inside the value says most; errors of unions come after their branches. */
  private static SchemaError deepest(List<SchemaError> errors) {
    SchemaError best = errors.get(0);
    int bestDepth = depth(best);
    for (SchemaError error : errors) {
      if (depth(error) > bestDepth) {
        best = error;
        bestDepth = depth(error);
      }
    }
    return best;
  }

  private static int depth(SchemaError error) {
    return (int) error.path().chars().filter(character -> character == '/').count();
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
