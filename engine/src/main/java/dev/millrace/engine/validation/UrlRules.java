package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.template.Expression;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TextPart;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the {@code url} of a task must look like; stateless, used on the validating thread.
 *
 * <p>Scheme, host and port are literal, so that no input can choose whom a task calls.
 */
final class UrlRules {
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_LABEL = 63;
  private static final String AUTHORITY_HINT =
      "Write the host literally; templates may stand in path segments and in the query.";

  private final Findings findings;
  private final String pointer;

  private UrlRules(Findings findings, String pointer) {
    this.findings = findings;
    this.pointer = pointer;
  }

  /** Reports what is wrong with a URL. */
  static void check(Template url, String pointer, Findings findings) {
    new UrlRules(findings, pointer).check(partsOf(url));
  }

  private static List<TextPart> partsOf(Template url) {
    if (url instanceof Template.Text text) {
      return text.parts();
    }
    if (url instanceof Template.Value value) {
      return List.of(new TextPart.Hole(value.expression()));
    }
    if (url instanceof Template.Constant constant) {
      return List.of(new TextPart.Literal(constant.value().asString()));
    }
    return List.of();
  }

  private void check(List<TextPart> parts) {
    List<TextPart> afterAuthority = authority(parts);
    if (afterAuthority != null) {
      pathAndQuery(afterAuthority);
    }
  }

  /** Judges scheme and authority; what comes behind them, or null where that cannot be told. */
  private List<TextPart> authority(List<TextPart> parts) {
    String first =
        !parts.isEmpty() && parts.get(0) instanceof TextPart.Literal literal ? literal.text() : "";
    int schemeEnd = first.indexOf("://");
    String scheme = schemeEnd < 0 ? "" : first.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      invalid(
          parts.isEmpty() || (first.isEmpty() && parts.get(0) instanceof TextPart.Hole)
              ? "A URL may not begin with a template"
              : "A URL begins with http:// or https://",
          "Write it as https://host/path.");
      return null;
    }
    int start = schemeEnd + 3;
    int end = start;
    while (end < first.length() && "/?#".indexOf(first.charAt(end)) < 0) {
      end++;
    }
    if (end == first.length() && parts.size() > 1) {
      Expression hole = ((TextPart.Hole) parts.get(1)).expression();
      invalid("The template " + hole.text() + " stands in the host or port", AUTHORITY_HINT);
      return null;
    }
    hostAndPort(first.substring(start, end));
    List<TextPart> rest = new ArrayList<>(parts);
    rest.set(0, new TextPart.Literal(first.substring(end)));
    return rest;
  }

  private void hostAndPort(String authority) {
    if (authority.indexOf('@') >= 0) {
      invalid("A URL may not carry a user or a password", "Leave out everything up to the \"@\".");
      return;
    }
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', Math.max(bracket, 0));
    host(colon < 0 ? authority : authority.substring(0, colon));
    if (colon >= 0) {
      port(authority.substring(colon + 1));
    }
  }

  private void host(String host) {
    if (host.isEmpty()) {
      invalid("The URL has no host", "Write it as https://host/path.");
    } else if (host.startsWith("[") ? !isAddressLiteral(host) : !isHostName(host)) {
      invalid("\"" + host + "\" is not a host name", "Use letters, digits, \"-\" and \".\".");
    }
  }

  private static boolean isAddressLiteral(String host) {
    if (host.length() < 4 || !host.endsWith("]") || host.indexOf(':') < 0) {
      return false;
    }
    for (int i = 1; i < host.length() - 1; i++) {
      char c = host.charAt(i);
      if ((Character.digit(c, 16) < 0 && c != ':' && c != '.') || c > 'f') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHostName(String host) {
    String relative = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (relative.length() > LONGEST_HOST) {
      return false;
    }
    for (String label : relative.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > LONGEST_LABEL
          || label.startsWith("-")
          || label.endsWith("-")
          || !label.chars().allMatch(c -> isLetterOrDigit((char) c) || c == '-' || c == '_')) {
        return false;
      }
    }
    return true;
  }

  private void port(String port) {
    boolean digits =
        !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = digits ? Integer.parseInt(port) : 0;
    if (number < 1 || number > 65_535) {
      invalid("\"" + port + "\" is not a port", "Use a number from 1 to 65535, or leave it out.");
    }
  }

  private void pathAndQuery(List<TextPart> parts) {
    StringBuilder segment = new StringBuilder();
    boolean inQuery = false;
    for (TextPart part : parts) {
      if (part instanceof TextPart.Hole) {
        segment.append('{');
        continue;
      }
      String text = ((TextPart.Literal) part).text();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '#') {
          invalid("A URL may not have a fragment", "Leave out the \"#\" and what follows it.");
          return;
        }
        if (!isAllowed(c, text, i)) {
          invalid("The URL holds " + shown(c), mendOf(c, text, i));
          return;
        }
        if (!inQuery && (c == '/' || c == '?')) {
          segment(segment);
          inQuery = c == '?';
        } else if (!inQuery) {
          segment.append(c);
        }
      }
    }
    if (!inQuery) {
      segment(segment);
    }
  }

  private void segment(StringBuilder segment) {
    String plain = segment.toString().replace("%2e", ".").replace("%2E", ".");
    if (plain.equals(".") || plain.equals("..")) {
      invalid(
          "A path segment may not be \"" + plain + "\"", "Write the path that you want to call.");
    }
    segment.setLength(0);
  }

  private static boolean isAllowed(char c, String text, int at) {
    if (c == '%') {
      return at + 2 < text.length()
          && Character.digit(text.charAt(at + 1), 16) >= 0
          && Character.digit(text.charAt(at + 2), 16) >= 0;
    }
    return isLetterOrDigit(c) || "-._~!$&'()*+,;=:@/".indexOf(c) >= 0 || c == '?';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String shown(char c) {
    if (c == ' ') {
      return "a space";
    }
    return c > ' ' && c < 127 ? "\"" + c + "\"" : String.format("the character U+%04X", (int) c);
  }

  private static String mendOf(char c, String text, int at) {
    if (c == '{' || c == '}') {
      return "A template is written {{input.name}}.";
    }
    if (c == '%') {
      return "Write %25 for a percent sign.";
    }
    String encoded =
        URLEncoder.encode(
                new String(Character.toChars(text.codePointAt(at))), StandardCharsets.UTF_8)
            .replace("+", "%20");
    return "Write it percent-encoded, as " + encoded + ".";
  }

  private void invalid(String message, String suggestion) {
    findings.error(ProblemCode.InvalidUrl, pointer, message, suggestion);
  }
}
