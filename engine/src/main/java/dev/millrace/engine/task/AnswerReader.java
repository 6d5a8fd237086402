package dev.millrace.engine.task;

import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.ResponseMode;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.JsonNumbers;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import dev.millrace.engine.schema.SchemaError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a whole, successful answer into a task's output; stateless, used on any event loop. */
final class AnswerReader {
  private static final int LONGEST_MEDIA_TYPE = 80;
  private static final String IDENTITY = "identity";

  private AnswerReader() {}

  /**
   * Reads the answer and checks it against the task's output schema.
   *
   * <p>Whether it is JSON is decided by the body alone: many services send JSON as {@code
   * text/plain}. No body at all is the value null.
   *
   * @param body null when there is none
   * @throws FailureException where the answer cannot be the task's output
   */
  static JsonNode read(CompiledTask task, int status, MultiMap headers, Buffer body) {
    JsonNode value = hasBody(task, status, body) ? parse(task, status, headers, body) : null;
    JsonNode output = value == null ? NullNode.instance : value;
    if (task.definition().http().response() == ResponseMode.FULL) {
      output = full(status, headers, output);
    }
    List<SchemaError> errors = task.outputSchema().validate(output);
    if (!errors.isEmpty()) {
      throw Failure.of(
              ErrorCode.UpstreamSchemaMismatch,
              task.label()
                  + " answered "
                  + status
                  + ", but not as the outputSchema of "
                  + task.name()
                  + " says; mend the service or the schema")
          .withErrors(errors)
          .exception();
    }
    return output;
  }

  private static boolean hasBody(CompiledTask task, int status, Buffer body) {
    return body != null
        && body.length() > 0
        && status != 204
        && status != 304
        && task.definition().http().method() != HttpMethodName.HEAD;
  }

  private static JsonNode parse(CompiledTask task, int status, MultiMap headers, Buffer body) {
    try {
      return Json.read(body);
    } catch (InvalidJsonException invalid) {
      throw Failure.of(
              ErrorCode.UpstreamNotJson,
              task.label()
                  + " answered "
                  + status
                  + " with "
                  + mediaType(headers)
                  + " that is not acceptable JSON: "
                  + invalid.describe()
                  + (isCoded(headers)
                      ? "; its Content-Encoding is none of gzip and deflate, let the service use one"
                          + " of these or none"
                      : "; let the service answer JSON"))
          .exception();
    }
  }

  /** Whether the body is said to be coded still; what has been decoded is not. */
  private static boolean isCoded(MultiMap headers) {
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    return coding != null && !coding.equalsIgnoreCase(IDENTITY);
  }

  private static JsonNode full(int status, MultiMap headers, JsonNode body) {
    ObjectNode values = new ObjectNode(JsonNodeFactory.instance);
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      JsonNode present = values.get(name);
      values.put(
          name,
          present == null ? header.getValue() : present.stringValue() + ", " + header.getValue());
    }
    ObjectNode answer = new ObjectNode(JsonNodeFactory.instance);
    answer.set("status", JsonNumbers.integer(status));
    answer.set("headers", values);
    answer.set("body", body);
    return answer;
  }

  /** The answer's media type as far as it is one; what a service sends is not to be trusted. */
  private static String mediaType(MultiMap headers) {
    String type = headers.get(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return "a body without a content type";
    }
    int end = type.indexOf(';');
    String plain = (end < 0 ? type : type.substring(0, end)).strip();
    boolean known =
        plain.length() <= LONGEST_MEDIA_TYPE && HeaderTemplate.isName(plain.replace("/", ""));
    return known ? plain : "a body of an unreadable content type";
  }
}
