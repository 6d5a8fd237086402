package dev.millrace.engine.definition;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the HTTP call of a WorkflowTask; stateless, usable on any thread. */
final class HttpReader {
  static final Map<String, HttpMethodName> METHODS = methods();

  /** Stands in for a url that is missing, so that nobody complains of it a second time. */
  private static final String MISSING_URL = "http://missing.invalid/";

  private static final int MAX_URL_LENGTH = 8_192;
  private static final int MAX_ENTRIES = 100;
  private static final int MAX_HEADER_LENGTH = 8_192;
  private static final int MAX_STATUSES = 50;
  private static final Map<String, ResponseMode> RESPONSES =
      new TreeMap<>(Map.of("body", ResponseMode.BODY, "full", ResponseMode.FULL));
  private static final List<String> FIELDS =
      List.of("method", "url", "query", "headers", "body", "response", "successStatus");

  /** Headers that frame the message or belong to the connection, or that Millrace itself sets. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "traceparent",
          "tracestate",
          "idempotency-key",
          "x-request-timeout-ms");

  private HttpReader() {}

  static HttpSpec read(Fields spec, Problems problems) {
    Fields fields = spec.require("http", "the call") ? spec.object("http", FIELDS) : null;
    if (fields == null) {
      return new HttpSpec(
          HttpMethodName.GET,
          MISSING_URL,
          Map.of(),
          Map.of(),
          null,
          ResponseMode.BODY,
          List.of(StatusPattern.SUCCESS));
    }
    HttpMethodName method =
        fields.require("method", "one of " + String.join(", ", METHODS.keySet()))
            ? fields.oneOf("method", METHODS)
            : null;
    String url =
        fields.require("url", "the address to call") ? fields.text("url", MAX_URL_LENGTH) : null;
    Map<String, JsonNode> query = query(fields, problems);
    Map<String, String> headers = headers(fields, problems);
    JsonNode body = fields.getOrNull("body");
    if (body != null && method != null && !method.takesBody()) {
      fields.error(
          "body", "A " + method + " request has no body", "Remove it, or use POST, PUT or PATCH.");
      body = null;
    }
    ResponseMode response = fields.oneOf("response", RESPONSES);
    return new HttpSpec(
        method == null ? HttpMethodName.GET : method,
        url == null ? MISSING_URL : url,
        query,
        headers,
        body,
        response == null ? ResponseMode.BODY : response,
        successStatus(fields, problems));
  }

  private static Map<String, JsonNode> query(Fields fields, Problems problems) {
    Map<String, JsonNode> query = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.members("query", MAX_ENTRIES)) {
      JsonNode value = entry.getValue();
      if (value.isString() || value.isNumber() || value.isBoolean()) {
        query.put(entry.getKey(), value);
      } else if (!value.isNull()) {
        problems.error(
            ProblemCode.InvalidResource,
            JsonPointers.child(fields.child("query"), entry.getKey()),
            "A query value must be a string, a number or a boolean, not " + Fields.kind(value),
            null);
      }
    }
    return query;
  }

  private static Map<String, String> headers(Fields fields, Problems problems) {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> lowerCase = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.members("headers", MAX_ENTRIES)) {
      String name = entry.getKey();
      String pointer = JsonPointers.child(fields.child("headers"), name);
      String first = lowerCase.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (!isToken(name)) {
        problems.errorAtKey(
            ProblemCode.InvalidResource,
            pointer,
            Fields.quoted(name) + " cannot be the name of a header",
            "Names are letters, digits and ! # $ % & ' * + - . ^ _ ` | ~");
      } else if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        problems.errorAtKey(
            ProblemCode.InvalidResource,
            pointer,
            "The header `" + name + "` is set by Millrace itself",
            "Remove it.");
      } else if (first != null) {
        problems.errorAtKey(
            ProblemCode.InvalidResource,
            pointer,
            "The header `" + first + "` stands here twice; names of headers ignore case",
            "Remove one.");
      } else {
        headerValue(entry.getValue(), pointer, name, headers, problems);
      }
    }
    return headers;
  }

  private static void headerValue(
      JsonNode value, String pointer, String name, Map<String, String> headers, Problems problems) {
    if (value.isNull()) {
      return;
    }
    if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
      problems.error(
          ProblemCode.InvalidResource,
          pointer,
          "The value of a header must be a string, not " + Fields.kind(value),
          null);
      return;
    }
    String text = value.isString() ? value.stringValue() : Json.toText(value);
    if (text.length() > MAX_HEADER_LENGTH || holdsControl(text)) {
      problems.error(
          ProblemCode.InvalidResource,
          pointer,
          "The value of a header holds a control character or is longer than "
              + MAX_HEADER_LENGTH
              + " characters",
          "In YAML, a value over several lines can be folded with `>-`.");
      return;
    }
    headers.put(name, text);
  }

  private static List<StatusPattern> successStatus(Fields fields, Problems problems) {
    List<JsonNode> elements = fields.array("successStatus", MAX_STATUSES);
    if (elements == null) {
      return List.of(StatusPattern.SUCCESS);
    }
    if (elements.isEmpty()) {
      fields.error("successStatus", "No status would count as success", "Write [\"2xx\"].");
    }
    List<StatusPattern> patterns = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      StatusPattern pattern = Statuses.parse(elements.get(i), 200, 599);
      if (pattern == null) {
        problems.error(
            ProblemCode.InvalidResource,
            JsonPointers.child(fields.child("successStatus"), i),
            "This is not an HTTP status: " + Fields.shown(elements.get(i)),
            "Write a code from 200 to 599, such as 404, or a class, such as \"2xx\".");
      } else {
        patterns.add(pattern);
      }
    }
    return patterns.isEmpty() ? List.of(StatusPattern.SUCCESS) : patterns;
  }

  private static boolean holdsControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is a token of RFC 9110. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static Map<String, HttpMethodName> methods() {
    Map<String, HttpMethodName> methods = new LinkedHashMap<>();
    for (HttpMethodName method : HttpMethodName.values()) {
      methods.put(method.name(), method);
    }
    return Collections.unmodifiableMap(methods);
  }
}
