package dev.millrace.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import dev.millrace.engine.schema.proof.RandomSchemas;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;

/** What the quick match accepts, networknt accepts too, on made-up schemas. */
class QuickMatchProperties {
  private static final int VALUES = 60;

  @Property(
      tries = 6000,
      seed = "20261125",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF)
  void whatItAcceptsIsValid(@ForAll long seed) {
    RandomSchemas schemas = new RandomSchemas(seed);
    JsonNode schema = read(schemas.document(2));
    if (!new SchemaChecker(schema).check().isEmpty()) {
      return;
    }
    QuickMatch quick = QuickMatchCompiler.compile(schema);
    Schema validator = ValidatorRegistry.compile(schema);

    for (int i = 0; i < VALUES; i++) {
      JsonNode value = read(schemas.value(2));
      boolean valid =
          validator.validate(ValidatorRegistry.boundedExecution(), value, OutputFormat.BOOLEAN);
      boolean accepted = quick.accepts(value);
      assertThat(valid || !accepted).as("%s under %s", value, schema).isTrue();
      if (valid) {
        Statistics.label("valid values").collect(accepted ? "told quickly" : "left to networknt");
      }
    }
  }

  /** As it comes from a text: whole numbers are integers. */
  private static JsonNode read(JsonNode made) {
    return Json.of(dev.millrace.engine.json.Json.toText(made));
  }
}
