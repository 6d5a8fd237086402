package dev.millrace.engine.template;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.PathStep;
import java.util.List;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/**
 * An expression whose names are bound to slots and steps; immutable, made once by the plan, used on
 * any event loop. Resolving allocates nothing.
 */
public final class BoundExpression {
  /** The slot of paths that start at the input. */
  private static final int INPUT = -1;

  private final int slot;
  private final String[] names;
  private final int[] indexes;
  private final JsonNode literal;
  private final BoundExpression fallback;
  private final String text;

  private BoundExpression(
      TemplatePath path,
      ToIntFunction<String> slotOf,
      JsonNode literal,
      BoundExpression fallback,
      String text) {
    this.slot = slot(path.root(), slotOf);
    List<PathStep> steps = path.steps();
    this.names = new String[steps.size()];
    this.indexes = new int[steps.size()];
    for (int i = 0; i < names.length; i++) {
      PathStep step = steps.get(i);
      if (step instanceof PathStep.Name name) {
        names[i] = name.name();
      } else {
        indexes[i] = ((PathStep.Index) step).index();
      }
    }
    this.literal = literal;
    this.fallback = fallback;
    this.text = text;
  }

  /**
   * Binds an expression.
   *
   * @param slotOf the slot of a task's output, from zero
   */
  public static BoundExpression bind(Expression expression, ToIntFunction<String> slotOf) {
    Fallback fallback = expression.fallback();
    JsonNode literal = fallback instanceof Fallback.Literal constant ? constant.value() : null;
    BoundExpression path =
        fallback instanceof Fallback.Path other
            ? new BoundExpression(other.path(), slotOf, null, null, expression.text())
            : null;
    return new BoundExpression(expression.path(), slotOf, literal, path, expression.text());
  }

  /** The template as written, braces included. */
  public String text() {
    return text;
  }

  /** The value; null when it is absent, as opposed to the JSON value null. */
  public JsonNode resolve(Scope scope) {
    JsonNode value = slot == INPUT ? scope.input() : scope.output(slot);
    for (int i = 0; i < names.length && value != null; i++) {
      // Both give null for what is not there, and also where the value is no object or array.
      value = names[i] != null ? value.get(names[i]) : value.get(indexes[i]);
    }
    if (value == null || value.isNull()) {
      if (literal != null) {
        return literal;
      }
      if (fallback != null) {
        return fallback.resolve(scope);
      }
    }
    return value;
  }

  /**
   * The value as text: a string as it is, a number or boolean in its JSON form; null when it is
   * absent.
   *
   * @throws RenderException where it is null, an object or an array
   */
  public String resolveText(Scope scope) {
    JsonNode value = resolve(scope);
    return value == null ? null : textOf(value);
  }

  /** The value as text; refuses also an absent value. */
  String requireText(Scope scope) {
    JsonNode value = resolve(scope);
    if (value == null) {
      throw new RenderException("The value of " + text + " is absent and cannot stand in a text");
    }
    return textOf(value);
  }

  private String textOf(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isNumber() || value.isBoolean()) {
      return Json.toText(value);
    }
    String kind = value.isNull() ? "null" : value.isArray() ? "an array" : "an object";
    throw new RenderException(
        "The value of " + text + " is " + kind + " and cannot stand in a text");
  }

  private static int slot(TemplateRoot root, ToIntFunction<String> slotOf) {
    if (root instanceof TemplateRoot.Input) {
      return INPUT;
    }
    String taskId = ((TemplateRoot.TaskOutput) root).taskId();
    int slot = slotOf.applyAsInt(taskId);
    if (slot < 0) {
      throw new IllegalArgumentException("No slot for the output of task " + taskId);
    }
    return slot;
  }
}
