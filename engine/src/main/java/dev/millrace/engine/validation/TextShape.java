package dev.millrace.engine.validation;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TextPart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a string into which values are put; made for one template, immutable.
 *
 * @param schema admits every text that can come out
 * @param exact whether it admits no other text
 */
record TextShape(JsonNode schema, boolean exact) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_TEXTS = 64;
  private static final int LONGEST_REPEAT = 200;
  private static final int LONGEST_PATTERN = 500;
  private static final Set<String> MEASURED =
      Set.of("type", "minLength", "maxLength", "title", "description", "default", "examples");

  /** The number of characters that stands for no upper bound. */
  private static final long UNBOUNDED = Long.MAX_VALUE / 4;

  /**
   * What a value writes into a text.
   *
   * @param texts the only possible texts, or null where they are too many to list
   * @param pattern what the texts look like, without anchors; null where that is not known
   * @param shortest in characters
   * @param longest in characters, or {@link #UNBOUNDED}
   * @param exact whether every text within these bounds can really come
   */
  record Hole(Set<String> texts, String pattern, long shortest, long longest, boolean exact) {
    /** Nothing is known. */
    static final Hole UNKNOWN = new Hole(null, null, 0, UNBOUNDED, false);

    static Hole of(Source source) {
      return of(source.schema(), source.exact());
    }

    static Hole of(SchemaView view, boolean exact) {
      JsonNode schema = PlainSchema.target(view).node();
      String type = schema.path("type").asString("");
      Set<String> listed = listed(schema, type);
      if (listed != null) {
        boolean only = schema.size() == 1;
        boolean ofStrings = schema.size() == 2 && type.equals("string");
        return ofTexts(listed, exact && (only || ofStrings));
      }
      if (type.equals("boolean")) {
        return ofTexts(List.of("true", "false"), exact && schema.size() == 1);
      }
      if (type.equals("integer") || type.equals("number")) {
        String fraction = type.equals("integer") ? "(?:\\.0+)?" : "(?:\\.[0-9]+)?";
        return new Hole(null, "-?[0-9]+" + fraction, 1, UNBOUNDED, false);
      }
      return type.equals("string") ? ofString(schema, exact) : UNKNOWN;
    }

    private static Hole ofString(JsonNode schema, boolean exact) {
      String inner = AnchoredPattern.inner(schema.path("pattern").asString(""));
      boolean measured = true;
      for (String keyword : schema.propertyNames()) {
        measured &= MEASURED.contains(keyword) || (inner != null && keyword.equals("pattern"));
      }
      boolean bounded = schema.has("minLength") || schema.has("maxLength");
      return new Hole(
          null,
          inner,
          schema.path("minLength").asLong(0),
          schema.path("maxLength").asLong(UNBOUNDED),
          exact && measured && (inner == null || !bounded));
    }

    static Hole ofLiteral(JsonNode value) {
      return ofTexts(List.of(textOf(value)), true);
    }

    private static Hole ofTexts(Collection<String> texts, boolean exact) {
      long shortest = UNBOUNDED;
      long longest = 0;
      for (String text : texts) {
        long length = length(text);
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
      }
      return new Hole(new LinkedHashSet<>(texts), null, shortest, longest, exact);
    }

    /** The texts of const or enum; numbers may be written in several ways and are not listed. */
    private static Set<String> listed(JsonNode schema, String type) {
      Set<String> texts = new LinkedHashSet<>();
      if (!schema.has("const") && !schema.has("enum")) {
        return null;
      }
      for (JsonNode value :
          schema.has("const") ? List.of(schema.get("const")) : schema.get("enum")) {
        if (!value.isString() && (!value.isBoolean() || type.equals("string"))) {
          return null;
        }
        texts.add(textOf(value));
      }
      return texts.size() > MOST_TEXTS ? null : texts;
    }

    /** This or that. */
    Hole or(Hole other) {
      long least = Math.min(shortest, other.shortest);
      long most = Math.max(longest, other.longest);
      if (texts != null && other.texts != null) {
        Set<String> both = new LinkedHashSet<>(texts);
        both.addAll(other.texts);
        return new Hole(both, null, least, most, exact && other.exact);
      }
      boolean within = least == shortest && most == longest && texts == null && pattern == null;
      String either =
          described() && other.described() ? asPattern() + '|' + other.asPattern() : null;
      return new Hole(null, either, least, most, exact && within && other.exact);
    }

    private boolean described() {
      return texts != null || pattern != null;
    }

    private String asPattern() {
      StringBuilder described = new StringBuilder();
      if (texts != null) {
        appendTexts(described, texts);
      }
      return texts != null ? described.toString() : pattern;
    }
  }

  static TextShape of(Template.Text text, Function<Expression, Hole> holes) {
    List<Hole> parts = new ArrayList<>();
    for (TextPart part : text.parts()) {
      parts.add(
          part instanceof TextPart.Hole hole
              ? holes.apply(hole.expression())
              : Hole.ofLiteral(JSON.stringNode(((TextPart.Literal) part).text())));
    }
    boolean exact = parts.stream().allMatch(Hole::exact);
    Set<String> all = product(parts);
    if (all != null) {
      ArrayNode values = JSON.arrayNode();
      all.forEach(values::add);
      return new TextShape(JSON.objectNode().set("enum", values), exact);
    }
    return byPattern(parts, exact);
  }

  private static TextShape byPattern(List<Hole> parts, boolean exact) {
    long shortest = 0;
    long longest = 0;
    boolean precise = exact;
    StringBuilder pattern = new StringBuilder("^");
    for (Hole part : parts) {
      shortest = Math.min(UNBOUNDED, shortest + part.shortest());
      longest = Math.min(UNBOUNDED, longest + part.longest());
      if (part.texts() != null) {
        appendTexts(pattern, part.texts());
      } else if (part.pattern() != null) {
        pattern.append("(?:").append(part.pattern()).append(')');
      } else {
        precise &= appendAnything(pattern, part);
      }
    }
    ObjectNode schema = JSON.objectNode().put("type", "string");
    if (shortest > 0) {
      schema.put("minLength", shortest);
    }
    if (longest < UNBOUNDED) {
      schema.put("maxLength", longest);
    }
    if (pattern.length() > LONGEST_PATTERN) {
      return new TextShape(schema, false);
    }
    return new TextShape(schema.put("pattern", pattern.append('$').toString()), precise);
  }

  private static void appendTexts(StringBuilder pattern, Set<String> texts) {
    boolean several = texts.size() > 1;
    String separator = several ? "(?:" : "";
    for (String text : texts) {
      pattern.append(separator);
      appendEscaped(pattern, text);
      separator = "|";
    }
    pattern.append(several ? ")" : "");
  }

  /** Whether the pattern says all that is known of the length. */
  private static boolean appendAnything(StringBuilder pattern, Hole part) {
    pattern.append("[\\s\\S]");
    boolean bounded = part.longest() < UNBOUNDED;
    if (part.shortest() > LONGEST_REPEAT || (bounded && part.longest() > LONGEST_REPEAT)) {
      pattern.append('*');
      return false;
    }
    if (part.shortest() == 0 && !bounded) {
      pattern.append('*');
    } else {
      pattern.append('{').append(part.shortest()).append(',');
      pattern.append(bounded ? Long.toString(part.longest()) : "").append('}');
    }
    return true;
  }

  private static void appendEscaped(StringBuilder pattern, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("^$\\.*+?()[]{}|/".indexOf(c) >= 0) {
        pattern.append('\\');
      }
      pattern.append(c);
    }
  }

  private static Set<String> product(List<Hole> parts) {
    Set<String> texts = new LinkedHashSet<>(Set.of(""));
    for (Hole part : parts) {
      if (part.texts() == null || texts.size() * part.texts().size() > MOST_TEXTS) {
        return null;
      }
      Set<String> longer = new LinkedHashSet<>();
      for (String text : texts) {
        for (String next : part.texts()) {
          longer.add(text + next);
        }
      }
      texts = longer;
    }
    return texts;
  }

  private static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String textOf(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.toText(value);
  }
}
