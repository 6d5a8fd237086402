package dev.millrace.engine.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.DateFormat;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.Format;
import com.networknt.schema.format.IPv6Format;
import com.networknt.schema.format.TimeFormat;
import com.networknt.schema.format.UriFormat;
import com.networknt.schema.format.UriReferenceFormat;
import dev.millrace.engine.schema.pattern.EcmaPattern;
import dev.millrace.engine.schema.pattern.PatternSyntaxProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The formats that are asserted, and own linear-time versions of those that networknt checks with
 * backtracking expressions or, as mail addresses, by a list of domains; a constant table, used on
 * any thread.
 */
public final class SchemaFormats {
  private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String POINTER = "(/([^/~]|~[01])*)*";
  private static final String VARIABLE =
      "(\\w|%[0-9a-fA-F]{2})(\\.?(\\w|%[0-9a-fA-F]{2}))*(:[1-9]\\d{0,3}|\\*)?";

  private static final Format IPV6 = new IPv6Format();

  /** Formats that are exactly the texts that a pattern matches. */
  private static final Map<String, EcmaPattern> PATTERNS = patterns();

  /** Formats that can be asked about one string alone. */
  private static final Map<String, Format> PLAIN = plain();

  /** Formats that are asserted. */
  static final Set<String> ASSERTED =
      Set.of(
          "date-time",
          "date",
          "time",
          "duration",
          "email",
          "idn-email",
          "hostname",
          "idn-hostname",
          "ipv4",
          "ipv6",
          "uri",
          "uri-reference",
          "iri",
          "iri-reference",
          "uuid",
          "uri-template",
          "json-pointer",
          "relative-json-pointer",
          "regex");

  /** Formats of OpenAPI that only describe; they accept every value. */
  static final Set<String> DESCRIPTIVE =
      Set.of("int32", "int64", "float", "double", "decimal", "byte", "binary", "password");

  private SchemaFormats() {}

  /** Whether a format limits which strings are valid. */
  public static boolean isAsserted(String format) {
    return ASSERTED.contains(format);
  }

  /** The pattern that says exactly what a format accepts, or null where there is none. */
  public static EcmaPattern patternOf(String format) {
    return PATTERNS.get(format);
  }

  /**
   * What tells whether a string has the asserted format; null where it takes networknt's whole
   * validation.
   */
  static Predicate<String> testOf(String format) {
    Format plain = PLAIN.get(format);
    return plain == null ? null : text -> plain.matches(null, text);
  }

  /** What replaces networknt's own formats. */
  static List<Format> replacements() {
    List<Format> formats = new ArrayList<>();
    PATTERNS.forEach((name, pattern) -> formats.add(new PatternFormat(name, pattern)));
    formats.add(new RegexFormat());
    formats.add(new MailFormat("email", false));
    formats.add(new MailFormat("idn-email", true));
    formats.add(new CalendarFormat("date", UsualDates::isDate, new DateFormat()));
    formats.add(new CalendarFormat("date-time", UsualDates::isDateTime, new DateTimeFormat()));
    return List.copyOf(formats);
  }

  static boolean isIpv6(String text) {
    return IPV6.matches(null, text);
  }

  private static Map<String, Format> plain() {
    List<Format> formats = new ArrayList<>(replacements());
    formats.addAll(List.of(IPV6, new TimeFormat(), new UriFormat(), new UriReferenceFormat()));
    Map<String, Format> byName = new LinkedHashMap<>();
    formats.forEach(format -> byName.put(format.getName(), format));
    return Map.copyOf(byName);
  }

  private static Map<String, EcmaPattern> patterns() {
    Map<String, EcmaPattern> patterns = new LinkedHashMap<>();
    patterns.put("hostname", parsed("^" + LABEL + "(\\." + LABEL + ")*$"));
    patterns.put("ipv4", parsed("^(" + BYTE + "\\.){3}" + BYTE + "$"));
    patterns.put("uuid", parsed("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"));
    patterns.put("json-pointer", parsed("^" + POINTER + "$"));
    patterns.put("relative-json-pointer", parsed("^(0|[1-9]\\d*)(#|" + POINTER + ")$"));
    patterns.put(
        "uri-template",
        parsed(
            "^([^\\u0000-\\u0020\\u007f-\\u009f\"%<>\\\\^`{|}]|%[0-9a-fA-F]{2}|\\{[+#./;?&=,!@|]?"
                + VARIABLE
                + "(,"
                + VARIABLE
                + ")*\\})*$"));
    return patterns;
  }

  private static EcmaPattern parsed(String source) {
    try {
      return EcmaPattern.parse(source);
    } catch (PatternSyntaxProblem impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private record PatternFormat(String name, EcmaPattern pattern) implements Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext executionContext, String value) {
      return pattern.matches(value);
    }
  }

  private record RegexFormat() implements Format {
    @Override
    public String getName() {
      return "regex";
    }

    @Override
    public boolean matches(ExecutionContext executionContext, String value) {
      try {
        EcmaPattern.parse(value);
        return true;
      } catch (PatternSyntaxProblem notOne) {
        return false;
      }
    }
  }

  private record MailFormat(String name, boolean international) implements Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext executionContext, String value) {
      return Mailbox.matches(value, international);
    }
  }

  /** Tells the usual dates by their digits, and asks networknt about the others. */
  private record CalendarFormat(String name, Predicate<String> usual, Format other)
      implements Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(ExecutionContext executionContext, String value) {
      return usual.test(value) || other.matches(executionContext, value);
    }
  }
}
