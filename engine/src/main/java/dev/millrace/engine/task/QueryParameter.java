package dev.millrace.engine.task;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.template.BoundExpression;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TextPart;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One parameter of a query; compiled once, immutable, used on any event loop.
 *
 * <p>A value that is one template and resolves to nothing or null leaves the parameter out; an
 * array repeats it for each element.
 */
final class QueryParameter {
  /** The parameter as it stands in the URL; null when there is a template in it. */
  private final String constant;

  private final RequestText name;

  /** Null when there is no {@code =}. */
  private final RequestText value;

  /** Whether literals may hold escapes and delimiters: those that stand in the URL itself. */
  private final boolean fromUrl;

  private QueryParameter(String constant, RequestText name, RequestText value, boolean fromUrl) {
    this.constant = constant;
    this.name = name;
    this.value = value;
    this.fromUrl = fromUrl;
  }

  /** A parameter as written in the URL. */
  static QueryParameter inUrl(RequestText name, RequestText value) {
    boolean isConstant = name.isConstant() && (value == null || value.isConstant());
    if (!isConstant) {
      return new QueryParameter(null, name, value, true);
    }
    String text = PercentEncoding.literal(name.constant());
    if (value != null) {
      text += '=' + PercentEncoding.literal(value.constant());
    }
    return new QueryParameter(text, null, null, true);
  }

  /** A parameter of the {@code query} field; null when it is always left out. */
  static QueryParameter inField(String name, Template template) {
    if (template instanceof Template.Constant constant) {
      JsonNode value = constant.value();
      if (value.isNull()) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      if (!PercentEncoding.appendValue(text, name)
          || !PercentEncoding.appendValue(
              text.append('='), value.isString() ? value.stringValue() : Json.toText(value))) {
        throw new IllegalArgumentException("The query parameter " + name + " is not valid text");
      }
      return new QueryParameter(text.toString(), null, null, false);
    }
    RequestText literalName = RequestText.of(List.of(new TextPart.Literal(name)));
    return new QueryParameter(null, literalName, RequestText.of(template), false);
  }

  boolean isConstant() {
    return constant != null;
  }

  /**
   * Appends the parameter, or nothing.
   *
   * @param separator what to put before it
   * @return the separator for the next one
   * @throws FailureException where a value cannot be put here
   */
  char append(StringBuilder out, InputScope scope, char separator) {
    if (constant != null) {
      out.append(separator).append(constant);
      return '&';
    }
    if (value == null || !value.isWhole()) {
      out.append(separator);
      appendText(out, name, scope);
      if (value != null) {
        appendText(out.append('='), value, scope);
      }
      return '&';
    }
    BoundExpression hole = value.hole(0);
    JsonNode resolved = hole.resolve(scope);
    if (resolved == null || resolved.isNull()) {
      return separator;
    }
    if (!resolved.isArray()) {
      appendPair(out.append(separator), scope, hole, value.value(0, scope));
      return '&';
    }
    char next = separator;
    for (int i = 0; i < resolved.size(); i++) {
      JsonNode element = resolved.get(i);
      if (element.isContainer()) {
        throw RequestText.refused(
            hole, "holds arrays or objects; a query parameter takes only plain values");
      }
      if (!element.isNull()) {
        appendPair(out.append(next), scope, hole, plainText(element));
        next = '&';
      }
      if (out.length() > HttpCall.MAX_REQUEST_LINE) {
        break;
      }
    }
    return next;
  }

  /** Appends the parameter for people. */
  char appendReadable(StringBuilder out, InputScope scope, char separator) {
    if (constant != null) {
      out.append(separator).append(constant);
      return '&';
    }
    JsonNode resolved = value != null && value.isWhole() ? value.hole(0).resolve(scope) : null;
    if (value != null && value.isWhole() && (resolved == null || resolved.isNull())) {
      return separator;
    }
    if (resolved == null || !resolved.isArray()) {
      return appendReadablePair(out, scope, separator, null);
    }
    char next = separator;
    for (JsonNode element : resolved) {
      if (!element.isNull()) {
        next = appendReadablePair(out, scope, next, plainText(element));
      }
    }
    return next;
  }

  private char appendReadablePair(
      StringBuilder out, InputScope scope, char separator, String element) {
    out.append(separator);
    PercentEncoding.appendReadable(out, name.readable(scope));
    if (value != null) {
      out.append('=');
      PercentEncoding.appendReadable(out, element == null ? value.readable(scope) : element);
    }
    return '&';
  }

  private void appendPair(StringBuilder out, InputScope scope, BoundExpression hole, String text) {
    appendText(out, name, scope);
    encode(out.append('='), hole, text);
  }

  private void appendText(StringBuilder out, RequestText text, InputScope scope) {
    for (int i = 0; i < text.size(); i++) {
      if (text.literal(i) == null) {
        encode(out, text.hole(i), text.value(i, scope));
      } else if (fromUrl) {
        out.append(PercentEncoding.literal(text.literal(i)));
      } else {
        PercentEncoding.appendValue(out, text.literal(i));
      }
    }
  }

  private static void encode(StringBuilder out, BoundExpression hole, String text) {
    if (!PercentEncoding.appendValue(out, text)) {
      throw RequestText.refused(
          hole, "holds half of a character (a lone surrogate); send whole characters");
    }
  }

  private static String plainText(JsonNode element) {
    return element.isString() ? element.stringValue() : Json.toText(element);
  }
}
