package dev.millrace.gateway.http;

import java.util.Locale;

/** The kinds of endpoints, as metrics count them: few and fixed, whatever callers ask for. */
public enum RouteClass {
  EXECUTE,
  RUN,
  TEST,
  WORKFLOWS,
  TASKS,
  VALIDATE,
  EXECUTIONS,
  OPENAPI,
  DOCS,
  UI,
  HEALTH,
  METRICS,
  /** Paths that lead nowhere, and requests that could not be read. */
  OTHER;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in metrics. */
  public String label() {
    return label;
  }
}
