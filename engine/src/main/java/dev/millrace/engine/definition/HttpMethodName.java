package dev.millrace.engine.definition;

/** The HTTP methods that a task or a route may use. */
public enum HttpMethodName {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** Whether a call changes nothing at the other side (RFC 9110, safe methods). */
  public boolean isSafe() {
    return this == GET || this == HEAD;
  }

  /** Whether a repeated call has the effect of a single one, as the method promises. */
  public boolean isIdempotent() {
    return this != POST && this != PATCH;
  }

  /** Whether a request of this method carries a body. */
  public boolean takesBody() {
    return this == POST || this == PUT || this == PATCH;
  }
}
