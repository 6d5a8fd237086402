package dev.millrace.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * What a request is answered with; immutable, made by endpoints, written by the {@link
 * RequestHandler}.
 *
 * @param contentType null where there is no body
 * @param body null where there is none
 * @param headers further headers, in order
 */
public record Answer(
    int status, String contentType, Buffer body, List<Map.Entry<String, String>> headers) {
  /** The media type of ordinary answers. */
  public static final String JSON = "application/json";

  /** The media type of problem documents (RFC 9457). */
  public static final String PROBLEM_JSON = "application/problem+json";

  public Answer {
    headers = List.copyOf(headers);
  }

  /** A successful answer of JSON. */
  public static Answer json(Buffer body) {
    return new Answer(200, JSON, body, List.of());
  }

  /** A successful answer of another media type. */
  public static Answer of(String contentType, Buffer body) {
    return new Answer(200, contentType, body, List.of());
  }

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, null, null, List.of());
  }

  /** Sends the caller elsewhere. */
  public static Answer redirect(String location) {
    return new Answer(302, null, null, List.of(Map.entry("Location", location)));
  }

  /** The same answer with these headers instead of its own. */
  public Answer withHeaders(List<Map.Entry<String, String>> others) {
    return new Answer(status, contentType, body, others);
  }

  /** This answer as a completed future. */
  public Future<Answer> future() {
    return Future.succeededFuture(this);
  }
}
