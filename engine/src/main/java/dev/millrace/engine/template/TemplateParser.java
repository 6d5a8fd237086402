package dev.millrace.engine.template;

import dev.millrace.engine.json.JsonPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Parses values and texts with templates, once, when a definition is compiled or validated;
 * stateless, usable on any thread. The grammar of what stands between the braces is {@link
 * ExpressionParser}'s.
 */
public final class TemplateParser {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private TemplateParser() {}

  /**
   * Parses a JSON value.
   *
   * @param errors takes everything that is wrong; a string with an error becomes a constant
   */
  public static Template parse(JsonNode value, TemplateErrors errors) {
    return parse(value, "", errors);
  }

  /** Parses a text; a text with an error becomes a constant. */
  public static Template parseText(String text, TemplateErrors errors) {
    return parseString(StringNode.valueOf(text), "", errors);
  }

  /**
   * Parses a text that was found to be valid before.
   *
   * @throws InvalidTemplateException where it is not
   */
  public static Template parseText(String text) {
    TemplateErrors errors = new TemplateErrors();
    Template template = parseText(text, errors);
    if (!errors.isEmpty()) {
      throw new InvalidTemplateException(errors.list().get(0));
    }
    return template;
  }

  private static Template parse(JsonNode value, String pointer, TemplateErrors errors) {
    if (value.isString()) {
      return parseString(value, pointer, errors);
    }
    if (value.isObject()) {
      return parseObject(value, pointer, errors);
    }
    return value.isArray() ? parseArray(value, pointer, errors) : new Template.Constant(value);
  }

  private static Template parseObject(JsonNode object, String pointer, TemplateErrors errors) {
    List<Template.Member> members = new ArrayList<>(object.size());
    boolean constant = true;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      String at = JsonPointers.child(pointer, name);
      if (name.contains(OPEN)) {
        errors.add(
            new TemplateError(
                at,
                0,
                "A name holds a template; templates may stand in values only",
                "Write the name literally."));
      }
      Template value = parse(member.getValue(), at, errors);
      constant &= isUnchanged(value, member.getValue());
      members.add(new Template.Member(name, value));
    }
    return constant ? new Template.Constant(object) : new Template.Members(members);
  }

  private static Template parseArray(JsonNode array, String pointer, TemplateErrors errors) {
    List<Template> elements = new ArrayList<>(array.size());
    boolean constant = true;
    for (int i = 0; i < array.size(); i++) {
      Template element = parse(array.get(i), JsonPointers.child(pointer, i), errors);
      constant &= isUnchanged(element, array.get(i));
      elements.add(element);
    }
    return constant ? new Template.Constant(array) : new Template.Elements(elements);
  }

  /** Whether nothing in a value is a template, not even a literal text such as {@code {{"x"}}}. */
  @SuppressWarnings("ReferenceEquality") // the parser gives back the same node, and equals is slow
  private static boolean isUnchanged(Template template, JsonNode value) {
    return template instanceof Template.Constant constant && constant.value() == value;
  }

  private static Template parseString(JsonNode string, String pointer, TemplateErrors errors) {
    String text = string.stringValue();
    int open = text.indexOf(OPEN);
    if (open < 0) {
      return new Template.Constant(string);
    }
    Parts parts = new Parts();
    boolean valid = true;
    int at = 0;
    while (open >= 0) {
      parts.text(text.substring(at, open));
      ExpressionParser parser = new ExpressionParser(text, open);
      try {
        parser.parse();
        parts.add(parser);
        at = parser.end();
      } catch (ExpressionParser.SyntaxException e) {
        errors.add(new TemplateError(pointer, e.offset(), e.getMessage(), e.suggestion()));
        valid = false;
        // Behind the next closing braces there may be more to tell.
        int close = text.indexOf(CLOSE, e.offset());
        at = close < 0 ? text.length() : close + CLOSE.length();
      }
      open = text.indexOf(OPEN, at);
    }
    parts.text(text.substring(at));
    return valid ? parts.template() : new Template.Constant(string);
  }

  /** The parts of one string; neighbouring literals become one. */
  private static final class Parts {
    private final List<TextPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    void text(String text) {
      literal.append(text);
    }

    void add(ExpressionParser parser) {
      if (parser.expression() == null) {
        literal.append(parser.literal());
      } else {
        flush();
        parts.add(new TextPart.Hole(parser.expression()));
      }
    }

    Template template() {
      flush();
      if (parts.isEmpty()) {
        return new Template.Constant(StringNode.valueOf(""));
      }
      if (parts.size() > 1) {
        return new Template.Text(parts);
      }
      TextPart only = parts.get(0);
      return only instanceof TextPart.Hole hole
          ? new Template.Value(hole.expression())
          : new Template.Constant(StringNode.valueOf(((TextPart.Literal) only).text()));
    }

    private void flush() {
      if (literal.length() > 0) {
        parts.add(new TextPart.Literal(literal.toString()));
        literal.setLength(0);
      }
    }
  }
}
