package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.validation.DefinitionValidator;
import dev.millrace.engine.validation.ResourceSet;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The structural schemas and the reader have the same fields, with the same limits. */
class ReaderAgreementTest {
  /** Near to no field, so that the reader lists those that it knows. */
  private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzzzzzzz";

  /** What the schema declares for the sake of a better message; see RetryFields. */
  private static final Set<String> NO_FIELDS = Set.of("true");

  /** Problems of a resource's form; how resources fit together is beyond any schema. */
  private static final Set<ProblemCode> OF_SHAPE =
      Set.of(
          ProblemCode.InvalidResource,
          ProblemCode.UnknownField,
          ProblemCode.InvalidDuration,
          ProblemCode.InvalidSchema);

  @TestFactory
  Stream<DynamicTest> everyObjectHasTheReadersFields() {
    return each(
        (kind, field) -> {
          if (!field.isObject()) {
            return;
          }
          ObjectNode resource = SampleSpecs.of(kind);
          ((ObjectNode) resource.at(field.pointer())).put(UNKNOWN, 1);

          List<Problem> problems = problemsWithin(resource, field.pointer() + "/" + UNKNOWN);

          assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.UnknownField);
          Set<String> declared = new TreeSet<>(field.schema().getProperties().keySet());
          declared.removeAll(NO_FIELDS);
          assertThat(knownFields(problems.get(0).suggestion())).isEqualTo(declared);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatTheSchemaRequiresTheReaderRequires() {
    return each(
        (kind, field) -> {
          ObjectNode resource = SampleSpecs.of(kind);
          if (resource.at(field.parent()) instanceof ObjectNode parent
              && !field.pointer().equals("/spec")) {
            parent.remove(field.name());

            boolean needed = !problemsWithin(resource, field.pointer()).isEmpty();

            // A schema cannot require what may be null.
            boolean expressible = !Boolean.TRUE.equals(field.schema().getNullable());
            assertThat(field.required()).isEqualTo(needed && expressible);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theLimitsOfTheSchemaAreTheReaders() {
    return each(
        (kind, field) -> {
          JsonNode sample = SampleSpecs.of(kind).at(field.pointer());
          assertThat(sample.isMissingNode())
              .as("SampleSpecs gives %s no value", field)
              .isEqualTo(NO_FIELDS.contains(field.name()));
          List<JsonNode> good = new ArrayList<>();
          List<JsonNode> bad = new ArrayList<>();
          values(field.schema(), sample, good, bad);
          for (JsonNode value : good) {
            assertThat(problemsWithin(with(kind, field, value), field.pointer()))
                .as("%s = %s", field, shortened(value))
                .isEmpty();
          }
          for (JsonNode value : bad) {
            assertThat(problemsWithin(with(kind, field, value), field.pointer()))
                .as("%s = %s", field, shortened(value))
                .isNotEmpty();
          }
        });
  }

  /** Values just within the limits of a schema, and just beyond. */
  private static void values(
      JSONSchemaProps schema, JsonNode sample, List<JsonNode> good, List<JsonNode> bad) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (schema.getType() == null) {
      return;
    }
    switch (schema.getType()) {
      case "integer", "number" -> {
        good.add(DecimalNode.valueOf(BigDecimal.valueOf(schema.getMinimum())));
        good.add(DecimalNode.valueOf(BigDecimal.valueOf(schema.getMaximum())));
        bad.add(DecimalNode.valueOf(BigDecimal.valueOf(schema.getMinimum() - 1)));
        bad.add(DecimalNode.valueOf(BigDecimal.valueOf(schema.getMaximum() + 1)));
        bad.add(StringNode.valueOf("1"));
      }
      case "boolean" -> bad.add(StringNode.valueOf("true"));
      case "string" -> {
        bad.add(nodes.arrayNode());
        texts(schema, sample, good, bad);
      }
      case "array" -> {
        int max = Math.toIntExact(schema.getMaxItems());
        good.add(repeated(sample.get(0), max));
        bad.add(repeated(sample.get(0), max + 1));
        (schema.getMinItems() == null ? good : bad).add(nodes.arrayNode());
        bad.add(nodes.objectNode());
      }
      case "object" -> {
        bad.add(nodes.arrayNode());
        if (schema.getMaxProperties() != null) {
          int max = Math.toIntExact(schema.getMaxProperties());
          good.add(members(max));
          bad.add(members(max + 1));
        }
      }
      default -> throw new AssertionError("There is no rule for " + schema.getType());
    }
  }

  private static void texts(
      JSONSchemaProps schema, JsonNode sample, List<JsonNode> good, List<JsonNode> bad) {
    if (!schema.getEnum().isEmpty()) {
      good.addAll(schema.getEnum());
      bad.add(StringNode.valueOf(UNKNOWN));
    } else if (schema.getPattern() != null && schema.getPattern().contains("ms|s|m|h")) {
      Stream.of("1ms", "24h", "86400s", "086400000ms").map(StringNode::valueOf).forEach(good::add);
      Stream.of("", "1", "1d", "0s", "1.5s", "-1s").map(StringNode::valueOf).forEach(bad::add);
    } else {
      int max = Math.toIntExact(schema.getMaxLength());
      good.add(
          StringNode.valueOf(sample.asString() + "a".repeat(max - sample.asString().length())));
      bad.add(StringNode.valueOf(sample.asString() + "a".repeat(max)));
    }
  }

  private static ArrayNode repeated(JsonNode element, int times) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < times; i++) {
      array.add(element.deepCopy());
    }
    return array;
  }

  private static ObjectNode members(int count) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < count; i++) {
      object.put("X-" + i, "a");
    }
    return object;
  }

  private static ObjectNode with(ResourceKind kind, SchemaWalk field, JsonNode value) {
    ObjectNode resource = SampleSpecs.of(kind);
    JsonNode parent = resource.at(field.parent());
    if (parent instanceof ArrayNode array) {
      array.set(0, value);
    } else {
      ((ObjectNode) parent).set(field.name(), value);
    }
    return resource;
  }

  private static List<Problem> problemsWithin(ObjectNode resource, String pointer) {
    ReadResult read = ResourceReader.read("sample.json", Json.toText(resource), "default");
    ResourceSet alone = new ResourceSet(read.resources(), read.problems());
    return DefinitionValidator.validate(alone).problems().stream()
        .filter(problem -> OF_SHAPE.contains(problem.code()))
        .filter(problem -> (problem.path() + "/").startsWith(pointer + "/"))
        .toList();
  }

  /** The names in {@code Known here: a, b, c.} */
  private static Set<String> knownFields(String suggestion) {
    assertThat(suggestion).startsWith("Known here: ").endsWith(".");
    String names = suggestion.substring("Known here: ".length(), suggestion.length() - 1);
    return new TreeSet<>(List.of(names.split(", ")));
  }

  private static String shortened(JsonNode value) {
    String text = Json.toText(value);
    return text.substring(0, Math.min(80, text.length()));
  }

  private interface Check {
    void on(ResourceKind kind, SchemaWalk field);
  }

  private static Stream<DynamicTest> each(Check check) {
    return Stream.of(ResourceKind.values())
        .flatMap(
            kind ->
                SchemaWalk.of(kind).stream()
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                kind + field.pointer(), () -> check.on(kind, field))));
  }
}
