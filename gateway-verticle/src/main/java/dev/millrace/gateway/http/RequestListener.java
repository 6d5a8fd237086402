package dev.millrace.gateway.http;

/** Hears of every answered request; called on event loops, must not block. */
@FunctionalInterface
public interface RequestListener {
  /** Hears nothing. */
  RequestListener NONE = (route, status) -> {};

  /** A request was answered. */
  void answered(RouteClass route, int status);
}
