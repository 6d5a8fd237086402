package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;

/**
 * The path of a request as decoded segments; made once per request, immutable.
 *
 * <p>It is split before it is decoded, so an encoded slash stays inside its segment, and nothing is
 * normalised: {@code ..} is a segment like any other, which no route has. A trailing slash yields
 * an empty last segment.
 */
public final class RequestPath {
  private static final int MAXIMUM_SEGMENTS = 64;

  private final String[] segments;

  private RequestPath(String[] segments) {
    this.segments = segments;
  }

  /**
   * Splits and decodes a raw path.
   *
   * @throws dev.millrace.engine.problem.FailureException where it is not a path or its encoding is
   *     broken
   */
  public static RequestPath parse(String raw) {
    if (raw == null || raw.isEmpty() || raw.charAt(0) != '/') {
      throw Failure.of(ErrorCode.InvalidRequest, "The request's path must begin with a slash")
          .exception();
    }
    int count = 1;
    for (int at = 1; at < raw.length(); at++) {
      if (raw.charAt(at) == '/') {
        count++;
      }
    }
    if (count > MAXIMUM_SEGMENTS) {
      throw Failure.of(
              ErrorCode.NotFound, "No path here has more than " + MAXIMUM_SEGMENTS + " segments")
          .exception();
    }
    String[] segments = new String[count];
    int from = 1;
    for (int index = 0; index < count; index++) {
      int to = raw.indexOf('/', from);
      if (to < 0) {
        to = raw.length();
      }
      segments[index] = PercentDecoder.decode(raw, from, to, false, "path");
      from = to + 1;
    }
    return new RequestPath(segments);
  }

  /** How many segments there are. */
  public int length() {
    return segments.length;
  }

  /** The segment at an index. */
  public String segment(int index) {
    return segments[index];
  }
}
