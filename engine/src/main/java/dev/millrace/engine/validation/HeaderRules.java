package dev.millrace.engine.validation;

import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.JsonPointers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which headers a task may set; stateless, used on the validating thread. */
final class HeaderRules {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String CONNECTION =
      "it belongs to the connection, which Millrace manages";
  private static final String PER_CALL = "Millrace sets it for every call";
  private static final Map<String, String> RESERVED = reserved();

  private HeaderRules() {}

  /** Reports names that are none, that are taken, or that come twice, and forbidden characters. */
  static void check(Map<String, String> headers, String pointer, Findings findings) {
    Map<String, String> seen = new HashMap<>();
    headers.forEach(
        (name, value) -> {
          String place = JsonPointers.child(pointer, name);
          String folded = name.toLowerCase(Locale.ROOT);
          String reason = RESERVED.get(folded);
          String twin = seen.putIfAbsent(folded, name);
          if (!isToken(name)) {
            findings.error(
                ProblemCode.InvalidResource,
                place,
                "\"" + name + "\" is not a header name",
                "use letters, digits and " + TOKEN_MARKS);
          } else if (reason != null) {
            findings.error(
                ProblemCode.InvalidResource,
                place,
                "a task may not set the header " + name + ": " + reason,
                "leave it out");
          } else if (twin != null) {
            findings.error(
                ProblemCode.InvalidResource,
                place,
                "the header " + name + " is given twice, also as " + twin,
                "leave one of them out");
          }
          if (value.chars().anyMatch(HeaderRules::isForbidden)) {
            findings.error(
                ProblemCode.InvalidResource,
                place,
                "the value of the header " + name + " holds a line break or a control character",
                "leave it out; a header's value is one line");
          }
        });
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }

  private static boolean isForbidden(int c) {
    return c < ' ' && c != '\t' || c == 127;
  }

  private static Map<String, String> reserved() {
    Map<String, String> reserved = new HashMap<>();
    reserved.put("host", "it is the host of the url");
    reserved.put("content-length", "it follows from the body");
    for (String name :
        new String[] {
          "connection", "keep-alive", "proxy-connection", "proxy-authenticate",
          "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "expect"
        }) {
      reserved.put(name, CONNECTION);
    }
    for (String name :
        new String[] {"traceparent", "tracestate", "x-request-timeout-ms", "idempotency-key"}) {
      reserved.put(name, PER_CALL);
    }
    return reserved;
  }
}
