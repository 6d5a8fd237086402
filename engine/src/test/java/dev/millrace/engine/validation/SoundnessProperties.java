package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.template.BoundTemplate;
import dev.millrace.engine.template.RenderException;
import dev.millrace.engine.template.Scope;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the validator calls proved never fails when a workflow runs. */
class SoundnessProperties {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ResourceName WORKFLOW =
      new ResourceName(ResourceKind.Workflow, "default", "w");
  private static final int VALUES = 30;

  /** A workflow of one task, whose input is mapped from the workflow's at random. */
  private static final class Case {
    final GeneratedSchemas schemas;
    final ObjectNode source;
    final ObjectNode target = JSON.objectNode().put("type", "object");
    final ObjectNode mapping = JSON.objectNode();

    Case(Random random) {
      schemas = new GeneratedSchemas(random);
      source = schemas.object(JSON.objectNode(), 3);
      ObjectNode properties = JSON.objectNode();
      ArrayNode required = JSON.arrayNode();
      for (String name : source.get("properties").propertyNames()) {
        String to = "to-" + name;
        properties.set(to, map(name, to, source.get("properties").get(name)));
        if (schemas.chance(0.5)) {
          required.add(to);
        }
      }
      target.set("properties", properties);
      if (!required.isEmpty()) {
        target.set("required", required);
      }
      if (schemas.chance(0.2)) {
        target.put("minProperties", 1);
      }
      if (schemas.chance(0.2)) {
        ObjectNode dependent = JSON.objectNode();
        target.set("dependentRequired", dependent.set("to-p", JSON.arrayNode().add("to-q")));
      }
    }

    /** Maps one property and answers what its target accepts. */
    private ObjectNode map(String name, String to, JsonNode schema) {
      String path = "input." + name;
      JsonNode first = schema.path("properties").path("p");
      switch (schemas.oneOf(List.of(0, 0, 1, 2, 3, 4, 5, 6))) {
        case 1 -> {
          mapping.put(to, "{{" + path + " ?? \"ab\"}}");
          return schemas.looser(schema);
        }
        case 2 -> {
          mapping.put(to, "{{" + path + " ?? input.q}}");
          return schemas.looser(schema);
        }
        case 3 -> {
          mapping.put(to, "x-{{" + path + " ?? 2}}{{input.r ?? true}}");
          ObjectNode text = JSON.objectNode().put("type", "string");
          return schemas.chance(0.5)
              ? text.put("minLength", 4)
              : text.put("pattern", "^x-[-a-z0-9]*$");
        }
        case 4 -> {
          mapping.set(to, JSON.arrayNode().add("{{" + path + "}}").add("ab"));
          ObjectNode array = JSON.objectNode().put("type", "array");
          array.set("items", schemas.looser(schema));
          return schemas.chance(0.3) ? array.put("uniqueItems", true) : array;
        }
        case 5 -> {
          mapping.set(to, JSON.objectNode().put("in", "{{" + path + "}}").put("k", 1));
          ObjectNode object = JSON.objectNode().put("type", "object");
          ObjectNode properties = object.putObject("properties");
          properties.set("in", schemas.looser(schema));
          properties.putObject("k").put("type", "integer");
          return schemas.chance(0.3) ? object.put("maxProperties", 2) : object;
        }
        case 6 -> {
          if (first.isObject()) {
            mapping.put(to, "{{" + path + ".p}}");
            return schemas.looser(first);
          }
          mapping.put(to, "{{" + path + "}}");
          return schemas.looser(schema);
        }
        default -> {
          mapping.put(to, "{{" + path + "}}");
          return schemas.looser(schema);
        }
      }
    }

    ResourceReport report() {
      ObjectNode http = JSON.objectNode().put("method", "GET").put("url", "https://t.internal/");
      ObjectNode task = JSON.objectNode();
      task.set("inputSchema", target);
      task.set("http", http);
      ObjectNode step = JSON.objectNode().put("id", "t").put("taskRef", "t");
      step.set("input", mapping);
      ObjectNode workflow = JSON.objectNode();
      workflow.set("inputSchema", source);
      workflow.set("tasks", JSON.arrayNode().add(step));
      workflow.set("output", mapping);
      ResourceSet tasks = read(resource("WorkflowTask", "t", task));
      return DefinitionValidator.validate(read(resource("Workflow", "w", workflow)).over(tasks))
          .reports()
          .get(WORKFLOW);
    }

    private static ObjectNode resource(String kind, String name, JsonNode spec) {
      ObjectNode resource =
          JSON.objectNode().put("apiVersion", "millrace.dev/v1").put("kind", kind);
      resource.set("metadata", JSON.objectNode().put("name", name));
      return resource.set("spec", spec);
    }

    private static ResourceSet read(ObjectNode resource) {
      ReadResult read = ResourceReader.read("test.json", Json.toText(resource), "default");
      return new ResourceSet(read.resources(), read.problems());
    }
  }

  @Property(tries = 1000)
  void whatIsProvedNeverFails(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Case generated = new Case(random);
    ResourceReport report = generated.report();
    boolean proved = report.valid() && report.proved("/spec/tasks/0/input");
    Statistics.label("input proved")
        .collect(proved)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    if (!report.valid()) {
      return;
    }
    CompiledSchema source = CompiledSchema.compile(generated.source);
    CompiledSchema target = CompiledSchema.compile(generated.target);
    CompiledSchema output = CompiledSchema.compile(report.outputSchema());
    BoundTemplate template =
        BoundTemplate.bind(TemplateParser.parse(generated.mapping, new TemplateErrors()), id -> 0);
    for (int i = 0; i < VALUES; i++) {
      JsonNode input = generated.schemas.value(generated.source, 4);
      if (source.accepts(input)) {
        JsonNode rendered = render(template, input, report.proved("/spec/output"));
        if (rendered != null && proved) {
          assertThat(target.validate(rendered)).as(() -> shown(generated, input)).isEmpty();
        }
        if (rendered != null && report.proved("/spec/output")) {
          assertThat(output.validate(rendered)).as(() -> shown(generated, input)).isEmpty();
        }
      }
    }
  }

  /** What a refutation shows is really possible, and really refused. */
  @Property(tries = 1000)
  void aWitnessIsRefused(@ForAll long seed) throws Exception {
    Case generated = new Case(new Random(seed));
    CompiledSchema target = CompiledSchema.compile(generated.target);
    for (Edge edge : generated.report().edges()) {
      if (edge.witness() != null && edge.to().equals("/spec/tasks/0/input")) {
        assertThat(target.accepts(edge.witness())).isFalse();
      }
      if (edge.witness() != null) {
        assertThat(edge.verdict()).isEqualTo(Verdict.REFUTED);
      }
    }
  }

  private static JsonNode render(BoundTemplate template, JsonNode input, boolean mustSucceed) {
    try {
      return template.render(
          new Scope() {
            @Override
            public JsonNode input() {
              return input;
            }

            @Override
            public JsonNode output(int slot) {
              return null;
            }
          });
    } catch (RenderException refused) {
      assertThat(mustSucceed).as(refused.getMessage()).isFalse();
      return null;
    }
  }

  private static String shown(Case generated, JsonNode input) {
    return "\nsource  "
        + Json.toText(generated.source)
        + "\ntarget  "
        + Json.toText(generated.target)
        + "\nmapping "
        + Json.toText(generated.mapping)
        + "\ninput   "
        + Json.toText(input);
  }
}
