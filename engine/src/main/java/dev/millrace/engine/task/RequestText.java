package dev.millrace.engine.task;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.template.BoundExpression;
import dev.millrace.engine.template.RenderException;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TextPart;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A text of a request, with holes; compiled once, immutable, used on any event loop.
 *
 * <p>At each place there is either a literal or a hole.
 */
final class RequestText {
  private static final int LONGEST_VALUE = 1024 * 1024;

  private final String[] literals;
  private final BoundExpression[] holes;

  private RequestText(String[] literals, BoundExpression[] holes) {
    this.literals = literals;
    this.holes = holes;
  }

  static RequestText of(List<TextPart> parts) {
    String[] literals = new String[parts.size()];
    BoundExpression[] holes = new BoundExpression[parts.size()];
    for (int i = 0; i < literals.length; i++) {
      TextPart part = parts.get(i);
      if (part instanceof TextPart.Literal literal) {
        literals[i] = literal.text();
      } else {
        holes[i] = BoundExpression.bind(((TextPart.Hole) part).expression(), InputScope.NO_SLOTS);
      }
    }
    return new RequestText(literals, holes);
  }

  /** The text of a template that is a string. */
  static RequestText of(Template template) {
    if (template instanceof Template.Constant constant) {
      JsonNode value = constant.value();
      return of(
          List.of(
              new TextPart.Literal(value.isString() ? value.stringValue() : Json.toText(value))));
    }
    if (template instanceof Template.Value whole) {
      return of(List.of(new TextPart.Hole(whole.expression())));
    }
    if (template instanceof Template.Text text) {
      return of(text.parts());
    }
    throw new IllegalArgumentException("Only a string can stand here");
  }

  int size() {
    return literals.length;
  }

  /** The literal at a place, or null where there is a hole. */
  String literal(int place) {
    return literals[place];
  }

  BoundExpression hole(int place) {
    return holes[place];
  }

  boolean isConstant() {
    for (BoundExpression hole : holes) {
      if (hole != null) {
        return false;
      }
    }
    return true;
  }

  /** Whether the whole text is one hole, which may leave out what it stands in. */
  boolean isWhole() {
    return holes.length == 1 && holes[0] != null;
  }

  /** The text without holes. */
  String constant() {
    return String.join("", literals);
  }

  /**
   * The value of a hole as text.
   *
   * @throws FailureException where it is absent, null, an array or an object
   */
  String value(int place, InputScope scope) {
    String value;
    try {
      value = holes[place].resolveText(scope);
    } catch (RenderException refused) {
      throw refused.failure(ErrorCode.InvalidRequestValue).exception();
    }
    if (value == null) {
      throw refused(holes[place], "is absent; give it a value, or the template a ?? default");
    }
    if (value.length() > LONGEST_VALUE) {
      throw refused(holes[place], "is longer than a value in a request may be; shorten it");
    }
    return value;
  }

  /** The whole text with its values. */
  String render(InputScope scope) {
    if (literals.length == 1) {
      return literals[0] != null ? literals[0] : value(0, scope);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < literals.length; i++) {
      text.append(literals[i] != null ? literals[i] : value(i, scope));
      if (text.length() > LONGEST_VALUE) {
        throw refused(constantOrTemplates(), "becomes longer than a text in a request may be");
      }
    }
    return text.toString();
  }

  /** A value for people: its template where there is no text. */
  String readable(int place, InputScope scope) {
    try {
      String value = holes[place].resolveText(scope);
      return value == null ? holes[place].text() : value;
    } catch (RenderException refused) {
      return holes[place].text();
    }
  }

  /** The whole text for people. */
  String readable(InputScope scope) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < literals.length; i++) {
      text.append(literals[i] != null ? literals[i] : readable(i, scope));
    }
    return text.toString();
  }

  /** The text as written. */
  private String constantOrTemplates() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < literals.length; i++) {
      text.append(literals[i] != null ? literals[i] : holes[i].text());
    }
    return text.toString();
  }

  static FailureException refused(BoundExpression hole, String why) {
    return refused(hole.text(), why);
  }

  static FailureException refused(String template, String why) {
    return Failure.of(ErrorCode.InvalidRequestValue, "The value of " + template + " " + why)
        .exception();
  }
}
