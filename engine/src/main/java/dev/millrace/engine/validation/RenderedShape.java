package dev.millrace.engine.validation;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Fallback;
import dev.millrace.engine.template.Template;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Infers the schema of what a template renders; lives for one template, on the validating thread.
 *
 * <p>Every value that a template can render is valid under the inferred schema. The reverse holds
 * as far as single values go: it does not know which values of two templates never meet.
 */
final class RenderedShape {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Sources sources;
  private final EdgeJudge edges;
  private final Schemas schemas;
  private final SchemaBundle bundle = new SchemaBundle();

  private RenderedShape(Sources sources, EdgeJudge edges, Schemas schemas) {
    this.sources = sources;
    this.edges = edges;
    this.schemas = schemas;
  }

  /** A self-contained schema of what the template renders; absence of the whole renders as null. */
  static JsonNode of(
      Template template, String pointer, Sources sources, EdgeJudge edges, Schemas schemas) {
    RenderedShape shape = new RenderedShape(sources, edges, schemas);
    return shape.bundle.document(shape.orNull(template, pointer));
  }

  private JsonNode of(Template template, String pointer) {
    if (template instanceof Template.Constant constant) {
      return JSON.objectNode().set("const", constant.value());
    }
    if (template instanceof Template.Value value) {
      return ofExpression(value.expression(), pointer);
    }
    if (template instanceof Template.Text text) {
      return TextShape.of(text, expression -> hole(expression, pointer)).schema();
    }
    if (template instanceof Template.Members members) {
      return ofMembers(members.members(), pointer);
    }
    if (template instanceof Template.Elements elements) {
      return ofElements(elements.elements(), pointer);
    }
    throw new IllegalStateException("Unknown template " + template.getClass());
  }

  private JsonNode ofMembers(List<Template.Member> members, String pointer) {
    ObjectNode properties = JSON.objectNode();
    ArrayNode required = JSON.arrayNode();
    for (Template.Member member : members) {
      String place = JsonPointers.child(pointer, member.name());
      properties.set(member.name(), of(member.value(), place));
      if (!mayBeAbsent(member.value(), place)) {
        required.add(member.name());
      }
    }
    ObjectNode object = JSON.objectNode().put("type", "object");
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    object.set("properties", properties);
    return object.put("additionalProperties", false);
  }

  private JsonNode ofElements(List<Template> elements, String pointer) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < elements.size(); i++) {
      items.add(orNull(elements.get(i), JsonPointers.child(pointer, i)));
    }
    return JSON.objectNode()
        .put("type", "array")
        .put("minItems", elements.size())
        .put("maxItems", elements.size())
        .set("prefixItems", items);
  }

  private JsonNode orNull(Template template, String pointer) {
    JsonNode schema = of(template, pointer);
    return mayBeAbsent(template, pointer)
        ? either(schema, JSON.objectNode().put("type", "null"))
        : schema;
  }

  private boolean mayBeAbsent(Template template, String pointer) {
    return template instanceof Template.Value value
        && edges.mayBeAbsent(value.expression(), pointer);
  }

  private JsonNode ofExpression(Expression expression, String pointer) {
    Source source = sources.resolve(expression.path(), pointer);
    if (source == null) {
      return JSON.objectNode();
    }
    if (expression.fallback() == null) {
      return embedded(source.schema());
    }
    JsonNode first = embedded(schemas.nonNull(source.schema()));
    if (expression.fallback() instanceof Fallback.Literal literal) {
      return schemas.accepts(schemas.nonNull(source.schema()), literal.value())
          ? first
          : either(first, JSON.objectNode().set("const", literal.value()));
    }
    Source second = sources.resolve(((Fallback.Path) expression.fallback()).path(), pointer);
    return second == null ? JSON.objectNode() : either(first, embedded(second.schema()));
  }

  /** Booleans are written as objects, so that a definition shows what it means. */
  private JsonNode embedded(SchemaView place) {
    JsonNode schema = bundle.embed(place);
    if (!schema.isBoolean()) {
      return schema;
    }
    return schema.booleanValue()
        ? JSON.objectNode()
        : JSON.objectNode().set("not", JSON.objectNode());
  }

  private static JsonNode either(JsonNode first, JsonNode second) {
    return first.equals(second)
        ? first
        : JSON.objectNode().set("anyOf", JSON.arrayNode().add(first).add(second));
  }

  private TextShape.Hole hole(Expression expression, String pointer) {
    return holeOf(expression, pointer, sources, schemas);
  }

  /** What an expression in a text can write there. */
  static TextShape.Hole holeOf(
      Expression expression, String pointer, Sources sources, Schemas schemas) {
    Source source = sources.resolve(expression.path(), pointer);
    if (source == null) {
      return TextShape.Hole.UNKNOWN;
    }
    if (expression.fallback() == null) {
      return TextShape.Hole.of(source);
    }
    TextShape.Hole first = TextShape.Hole.of(schemas.nonNull(source.schema()), source.exact());
    if (expression.fallback() instanceof Fallback.Literal literal) {
      return first.or(TextShape.Hole.ofLiteral(literal.value()));
    }
    Source second = sources.resolve(((Fallback.Path) expression.fallback()).path(), pointer);
    return second == null ? TextShape.Hole.UNKNOWN : first.or(TextShape.Hole.of(second));
  }
}
