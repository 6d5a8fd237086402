package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the search looks for: a value that meets some schemas, fails others, and is none of a few
 * values; an immutable value.
 */
record Goal(List<SchemaView> meets, List<SchemaView> fails, List<JsonNode> differsFrom) {
  Goal {
    meets = List.copyOf(meets);
    fails = List.copyOf(fails);
    differsFrom = List.copyOf(differsFrom);
  }

  static Goal of(List<SchemaView> meets, List<SchemaView> fails) {
    return new Goal(meets, fails, List.of());
  }

  Goal failing(SchemaView schema) {
    List<SchemaView> more = new ArrayList<>(fails);
    more.add(schema);
    return new Goal(meets, more, differsFrom);
  }

  Goal meeting(SchemaView schema) {
    List<SchemaView> more = new ArrayList<>(meets);
    more.add(schema);
    return new Goal(more, fails, differsFrom);
  }

  Goal differingFrom(List<JsonNode> values) {
    List<JsonNode> more = new ArrayList<>(differsFrom);
    more.addAll(values);
    return new Goal(meets, fails, more);
  }
}
