package dev.millrace.engine.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The HTTP call of a task, with its templates as written.
 *
 * @param url literal scheme, host and port; templates in path segments and in the query
 * @param query names to scalar values or templates, in document order
 * @param headers names to texts with templates, in document order
 * @param body any JSON with templates; null when there is none
 * @param response what the task yields
 * @param successStatus the statuses that count as success
 */
public record HttpSpec(
    HttpMethodName method,
    String url,
    Map<String, JsonNode> query,
    Map<String, String> headers,
    JsonNode body,
    ResponseMode response,
    List<StatusPattern> successStatus) {
  public HttpSpec {
    Objects.requireNonNull(method);
    Objects.requireNonNull(url);
    Objects.requireNonNull(response);
    query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    successStatus = List.copyOf(successStatus);
  }
}
