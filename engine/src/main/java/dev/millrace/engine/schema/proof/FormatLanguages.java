package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaFormats;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * What the proof knows of formats: some are exactly a pattern, of the others it knows a pattern
 * around them, which formats contain them, and members and strangers; constant tables, used on any
 * thread.
 */
final class FormatLanguages {
  private static final String DATE = "\\d{4}-\\d\\d-\\d\\d";
  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d";

  /**
   * Patterns that match every member of a format, and more. None for uri: the validator takes "//"
   * for one.
   */
  private static final Map<String, String> AROUND =
      Map.of(
          "date", "^" + DATE + "$",
          "date-time", "^" + DATE + "[Tt]" + TIME + "(\\.\\d+)?([zZ]|[+-]\\d\\d:\\d\\d)$",
          "time", "^" + TIME + "(\\.\\d+)?([zZ]|[+-]\\d\\d:\\d\\d)$",
          "email", ".@.",
          "idn-email", ".@.",
          "ipv6", "^[0-9a-fA-F:.]{2,}$",
          "duration", "^P.+$");

  /** Formats all of whose members are members of others. */
  private static final Map<String, Set<String>> WITHIN =
      Map.of(
          "uri", Set.of("uri-reference", "iri", "iri-reference"),
          "iri", Set.of("iri-reference"),
          "uri-reference", Set.of("iri-reference"),
          "email", Set.of("idn-email"));

  private static final Map<String, List<String>> MEMBERS = members();

  /** Texts that are strangers to most formats. */
  private static final List<String> STRANGERS =
      List.of(
          "a", "", "not a member", "%", "{", "(", "~", "http://[", "\\", "-", "é", "0", "a@b.co");

  private static final Map<String, CompiledSchema> VALIDATORS = new ConcurrentHashMap<>();

  private FormatLanguages() {}

  static boolean isAsserted(String format) {
    return SchemaFormats.isAsserted(format);
  }

  /** Whether every member of {@code format} is a member of {@code other}. */
  static boolean isWithin(String format, String other) {
    return format.equals(other) || WITHIN.getOrDefault(format, Set.of()).contains(other);
  }

  /** The pattern that a format is exactly, or null. */
  static String patternOf(String format) {
    EcmaPattern pattern = SchemaFormats.patternOf(format);
    return pattern == null ? null : pattern.source();
  }

  /** A pattern that matches all members of a format, or null. */
  static String patternAround(String format) {
    return AROUND.get(format);
  }

  static List<String> membersOf(String format) {
    return MEMBERS.getOrDefault(format, List.of());
  }

  /** The known members of every asserted format. */
  static Map<String, List<String>> allMembers() {
    return MEMBERS;
  }

  static List<String> strangers() {
    return STRANGERS;
  }

  static boolean accepts(String format, String value) {
    if (!isAsserted(format)) {
      return true;
    }
    EcmaPattern pattern = SchemaFormats.patternOf(format);
    if (pattern != null) {
      return pattern.matches(value);
    }
    return VALIDATORS
        .computeIfAbsent(format, FormatLanguages::validator)
        .accepts(StringNode.valueOf(value));
  }

  private static CompiledSchema validator(String format) {
    try {
      return CompiledSchema.compile(JsonNodeFactory.instance.objectNode().put("format", format));
    } catch (InvalidSchemaException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, List<String>> members() {
    Map<String, List<String>> members = new LinkedHashMap<>();
    members.put("date", List.of("2026-01-31", "1999-12-01", "2024-02-29"));
    members.put(
        "date-time",
        List.of("2026-01-31T09:30:00Z", "2026-01-31T09:30:00.125+02:00", "1999-12-01T00:00:00Z"));
    members.put("time", List.of("09:30:00Z", "23:59:59.5+02:00"));
    members.put("duration", List.of("P1D", "PT5M", "P1Y2M3DT4H5M6S", "P3W"));
    members.put(
        "email", List.of("a@b.co", "someone@example.com", "first.last+tag@mail.example.org"));
    members.put("idn-email", List.of("a@b.co", "someone@example.com"));
    members.put("hostname", List.of("a", "example.com", "api-1.internal.example.com"));
    members.put("idn-hostname", List.of("example.com", "bücher.example"));
    members.put("ipv4", List.of("127.0.0.1", "10.20.30.40", "255.255.255.255"));
    members.put("ipv6", List.of("::1", "2001:db8::ff00:42:8329", "::ffff:10.0.0.1"));
    members.put(
        "uri",
        List.of("https://example.com/a?b=c#d", "urn:isbn:0451450523", "mailto:a@b.co", "a:b"));
    members.put("uri-reference", List.of("/a/b", "https://example.com/", "../a?b#c", "a", ""));
    members.put("iri", List.of("https://example.com/ä", "https://example.com/"));
    members.put("iri-reference", List.of("/ä/b", "https://example.com/", "a", ""));
    members.put("uuid", List.of("123e4567-e89b-12d3-a456-426614174000"));
    members.put("uri-template", List.of("/users/{id}", "a", ""));
    members.put("json-pointer", List.of("", "/a/0", "/a~1b"));
    members.put("relative-json-pointer", List.of("0", "1/a", "2#"));
    members.put("regex", List.of("^a+$", "a", ""));
    return members;
  }
}
