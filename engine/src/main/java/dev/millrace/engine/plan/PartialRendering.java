package dev.millrace.engine.plan;

import dev.millrace.engine.template.BoundTemplate;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.RenderException;
import dev.millrace.engine.template.Scope;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TextPart;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A task's input as far as the workflow's input alone gives it: what needs the output of another
 * task stands there as it is written. Made for one dry run, used on its thread.
 */
final class PartialRendering {
  private final Scope scope;
  private final Set<String> unresolved = new LinkedHashSet<>();
  private JsonNode value;

  private PartialRendering(JsonNode input) {
    this.scope =
        new Scope() {
          @Override
          public JsonNode input() {
            return input;
          }

          @Override
          public JsonNode output(int slot) {
            return null;
          }
        };
  }

  static PartialRendering of(JsonNode template, JsonNode input) {
    PartialRendering rendering = new PartialRendering(input);
    JsonNode value = rendering.render(TemplateParser.parse(template, new TemplateErrors()));
    rendering.value = value == null ? NullNode.instance : value;
    return rendering;
  }

  /** The value with everything in place that is known. */
  JsonNode value() {
    return value;
  }

  /** The templates that stand as they are written, each once, in document order. */
  List<String> unresolved() {
    return List.copyOf(unresolved);
  }

  private JsonNode render(Template template) {
    if (template instanceof Template.Members members) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Template.Member member : members.members()) {
        JsonNode rendered = render(member.value());
        if (rendered != null) {
          object.set(member.name(), rendered);
        }
      }
      return object;
    }
    if (template instanceof Template.Elements elements) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Template element : elements.elements()) {
        JsonNode rendered = render(element);
        array.add(rendered == null ? NullNode.instance : rendered);
      }
      return array;
    }
    if (template instanceof Template.Text text) {
      return text(text);
    }
    if (template instanceof Template.Value whole && needsTask(whole.expression())) {
      return StringNode.valueOf(asWritten(whole.expression()));
    }
    return bind(template);
  }

  private JsonNode bind(Template template) {
    return BoundTemplate.bind(template, taskId -> 0).render(scope);
  }

  private JsonNode text(Template.Text text) {
    StringBuilder rendered = new StringBuilder();
    for (TextPart part : text.parts()) {
      rendered.append(part(part));
    }
    return StringNode.valueOf(rendered.toString());
  }

  private String part(TextPart part) {
    if (part instanceof TextPart.Literal literal) {
      return literal.text();
    }
    Expression expression = ((TextPart.Hole) part).expression();
    if (needsTask(expression)) {
      return asWritten(expression);
    }
    try {
      List<TextPart> alone = new ArrayList<>();
      alone.add(part);
      return bind(new Template.Text(alone)).stringValue();
    } catch (RenderException refused) {
      // The input does not give what the text needs; what is missing is shown instead.
      return asWritten(expression);
    }
  }

  private String asWritten(Expression expression) {
    unresolved.add(expression.text());
    return expression.text();
  }

  /** A default may only stand for the value of a task once the task has ended. */
  private static boolean needsTask(Expression expression) {
    return expression.path().root() instanceof TemplateRoot.TaskOutput;
  }
}
