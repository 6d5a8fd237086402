package dev.millrace.engine.task;

import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.template.BoundExpression;
import dev.millrace.engine.template.TemplateParser;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One header that a task names; compiled once, immutable, used on any event loop.
 *
 * <p>Values are printable ASCII, spaces and tabs: anything else either ends the header or is read
 * differently by different servers, and is refused.
 */
final class HeaderTemplate {
  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

  private final String name;
  private final RequestText text;

  /** Name and value where nothing varies; otherwise null. */
  private final Map.Entry<String, String> constant;

  private HeaderTemplate(String name, RequestText text) {
    this.name = name;
    this.text = text;
    this.constant = text.isConstant() ? Map.entry(name, text.constant()) : null;
  }

  /**
   * Compiles a header.
   *
   * @throws IllegalArgumentException where the name is not one
   */
  static HeaderTemplate of(String name, String value) {
    if (!isName(name)) {
      throw new IllegalArgumentException("A task names a header with a name that is not valid");
    }
    return new HeaderTemplate(name, RequestText.of(TemplateParser.parseText(value)));
  }

  /** Whether the text is a header's name (RFC 9110, token). */
  static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric = c < 0x80 && Character.isLetterOrDigit(c);
      if (!alphanumeric && NAME_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  boolean isConstant() {
    return constant != null;
  }

  /**
   * Adds the header, or nothing where its value is one template that is absent or null.
   *
   * @throws FailureException where a value cannot be put here
   */
  void add(List<Map.Entry<String, String>> headers, InputScope scope) {
    if (constant != null) {
      check(constant.getValue());
      headers.add(constant);
      return;
    }
    if (isLeftOut(scope)) {
      return;
    }
    String value = text.render(scope);
    check(value);
    headers.add(Map.entry(name, value));
  }

  /** Adds the header for people. */
  void addReadable(List<Map.Entry<String, String>> headers, InputScope scope) {
    if (!isLeftOut(scope)) {
      headers.add(Map.entry(name, text.readable(scope)));
    }
  }

  private boolean isLeftOut(InputScope scope) {
    if (!text.isWhole()) {
      return false;
    }
    BoundExpression hole = text.hole(0);
    JsonNode value = hole.resolve(scope);
    return value == null || value.isNull();
  }

  private void check(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        throw RequestText.refused(
            "the header " + name,
            c == '\r' || c == '\n' || c == 0
                ? "holds a line break or NUL, which would end the header; remove it"
                : "holds a character that is not printable ASCII; encode it, for instance in"
                    + " Base64");
      }
    }
  }
}
