package dev.millrace.engine.problem;

/** Where the documentation of codes is published. */
final class Docs {
  private static final String BASE = "https://millrace.dev/docs/problems/";

  private Docs() {}

  static String problem(String code) {
    return BASE + code;
  }
}
