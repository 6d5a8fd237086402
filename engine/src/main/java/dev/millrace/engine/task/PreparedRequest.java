package dev.millrace.engine.task;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/**
 * A task's HTTP request with all values in place, before the headers of the run are added.
 *
 * @param uri path and query, encoded
 * @param headers names and values in document order
 * @param body null when there is none
 */
public record PreparedRequest(
    HttpMethod method,
    boolean ssl,
    String host,
    int port,
    String uri,
    List<Map.Entry<String, String>> headers,
    Buffer body) {
  /** Whether a request of this method says how long its body is, even where it has none. */
  boolean takesBody() {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.PATCH);
  }

  /** The whole address, as {@code http://host:port/path?query}. */
  public String url() {
    return (ssl ? "https://" : "http://") + host + ":" + port + uri;
  }
}
