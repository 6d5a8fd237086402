package dev.millrace.engine.task;

/** The W3C trace headers of the request that an execution serves; either may be null. */
public record TraceContext(String traceparent, String tracestate) {
  /** No trace. */
  public static final TraceContext NONE = new TraceContext(null, null);
}
