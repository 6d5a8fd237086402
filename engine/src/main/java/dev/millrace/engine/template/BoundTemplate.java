package dev.millrace.engine.template;

import java.util.List;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A template whose expressions are bound to slots; immutable, made once by the plan, used on any
 * event loop.
 *
 * <p>Rendered values share their constants and the values of the scope: nobody may change them.
 */
public abstract sealed class BoundTemplate {
  /** How long all texts of one rendered value may be together, in UTF-16 units. */
  public static final int MAX_RENDERED_TEXT = 1024 * 1024;

  private BoundTemplate() {}

  /**
   * Binds a template.
   *
   * @param slotOf the slot of a task's output, from zero
   */
  public static BoundTemplate bind(Template template, ToIntFunction<String> slotOf) {
    if (template instanceof Template.Constant constant) {
      return new Constant(constant.value());
    }
    if (template instanceof Template.Value value) {
      return new Value(BoundExpression.bind(value.expression(), slotOf));
    }
    if (template instanceof Template.Text text) {
      return new Text(text.parts(), slotOf);
    }
    if (template instanceof Template.Members members) {
      return new Members(members.members(), slotOf);
    }
    if (template instanceof Template.Elements elements) {
      return new Elements(elements.elements(), slotOf);
    }
    throw new IllegalStateException("Unknown template " + template.getClass());
  }

  /**
   * The value with everything in place; null when the whole of it is one template whose value is
   * absent.
   *
   * @throws RenderException where a value cannot be put into a text, or the texts grow too long
   */
  public final JsonNode render(Scope scope) {
    return render(scope, new Budget());
  }

  /** Whether rendering gives the same value whatever the scope. */
  public final boolean isConstant() {
    return this instanceof Constant;
  }

  abstract JsonNode render(Scope scope, Budget budget);

  /** How much text one rendering may still make: holes can repeat a large value many times. */
  private static final class Budget {
    private int left = MAX_RENDERED_TEXT;

    void take(int length, String template) {
      left -= length;
      if (left < 0) {
        throw new RenderException(
            "The text of " + template + " makes the value longer than " + MAX_RENDERED_TEXT);
      }
    }
  }

  private static final class Constant extends BoundTemplate {
    private final JsonNode value;

    Constant(JsonNode value) {
      this.value = value;
    }

    @Override
    JsonNode render(Scope scope, Budget budget) {
      return value;
    }
  }

  private static final class Value extends BoundTemplate {
    private final BoundExpression expression;

    Value(BoundExpression expression) {
      this.expression = expression;
    }

    @Override
    JsonNode render(Scope scope, Budget budget) {
      return expression.resolve(scope);
    }
  }

  private static final class Text extends BoundTemplate {
    /** At each place either a literal or a hole. */
    private final String[] literals;

    private final BoundExpression[] holes;

    Text(List<TextPart> parts, ToIntFunction<String> slotOf) {
      literals = new String[parts.size()];
      holes = new BoundExpression[parts.size()];
      for (int i = 0; i < literals.length; i++) {
        TextPart part = parts.get(i);
        if (part instanceof TextPart.Literal literal) {
          literals[i] = literal.text();
        } else {
          holes[i] = BoundExpression.bind(((TextPart.Hole) part).expression(), slotOf);
        }
      }
    }

    @Override
    JsonNode render(Scope scope, Budget budget) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < literals.length; i++) {
        String part = literals[i];
        if (part == null) {
          part = holes[i].requireText(scope);
          budget.take(part.length(), holes[i].text());
        }
        text.append(part);
      }
      return StringNode.valueOf(text.toString());
    }
  }

  private static final class Members extends BoundTemplate {
    private final String[] names;
    private final BoundTemplate[] values;

    Members(List<Template.Member> members, ToIntFunction<String> slotOf) {
      names = new String[members.size()];
      values = new BoundTemplate[members.size()];
      for (int i = 0; i < names.length; i++) {
        names[i] = members.get(i).name();
        values[i] = bind(members.get(i).value(), slotOf);
      }
    }

    @Override
    JsonNode render(Scope scope, Budget budget) {
      ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
      for (int i = 0; i < names.length; i++) {
        JsonNode value = values[i].render(scope, budget);
        if (value != null) {
          object.set(names[i], value);
        }
      }
      return object;
    }
  }

  private static final class Elements extends BoundTemplate {
    private final BoundTemplate[] values;

    Elements(List<Template> elements, ToIntFunction<String> slotOf) {
      values = new BoundTemplate[elements.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = bind(elements.get(i), slotOf);
      }
    }

    @Override
    JsonNode render(Scope scope, Budget budget) {
      ArrayNode array = new ArrayNode(JsonNodeFactory.instance, values.length);
      for (BoundTemplate template : values) {
        JsonNode value = template.render(scope, budget);
        array.add(value == null ? NullNode.instance : value);
      }
      return array;
    }
  }
}
