package dev.millrace.gateway.http;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.problem.FailureException;
import java.util.Locale;

/** Judges the {@code Content-Type} of requests; pure. */
public final class MediaType {
  private MediaType() {}

  /**
   * What {@code curl -d} and other plain clients claim of any body when they are not told better.
   */
  private static final String UNTOLD = "application/x-www-form-urlencoded";

  /**
   * The claim that counts. The default claim of plain clients says nothing and is as none; a
   * browser's form makes the same claim and always names its origin, and is taken at its word, so
   * that no foreign page can make a browser send what looks like JSON.
   *
   * @param origin the {@code Origin} header, or null
   */
  public static String claimed(String contentType, String origin) {
    return UNTOLD.equals(contentType) && origin == null ? null : contentType;
  }

  /** Refuses bodies that do not claim to be JSON; no claim at all is accepted. */
  public static void requireJson(String contentType) {
    if (contentType == null || contentType.equals(Answer.JSON)) {
      return;
    }
    String type = essence(contentType);
    if (!type.equals(Answer.JSON) && !isSuffixed(type, "+json")) {
      throw unsupported(contentType, "application/json");
    }
    requireUtf8(contentType);
  }

  /** Refuses bodies that claim to be neither YAML nor JSON nor plain text. */
  public static void requireYamlOrJson(String contentType) {
    if (contentType == null) {
      return;
    }
    String type = essence(contentType);
    switch (type) {
      case "application/json",
          "application/yaml",
          "application/x-yaml",
          "text/yaml",
          "text/x-yaml",
          "text/plain" -> {}
      default -> {
        if (!isSuffixed(type, "+json") && !isSuffixed(type, "+yaml")) {
          throw unsupported(contentType, "application/yaml or application/json");
        }
      }
    }
    requireUtf8(contentType);
  }

  private static void requireUtf8(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0) {
      return;
    }
    String charset = contentType.substring(at + "charset=".length());
    int end = charset.indexOf(';');
    String name = (end < 0 ? charset : charset.substring(0, end)).replace("\"", "").trim();
    if (!name.equalsIgnoreCase("utf-8") && !name.equalsIgnoreCase("utf8")) {
      throw unsupported(contentType, "text in UTF-8");
    }
  }

  private static boolean isSuffixed(String type, String suffix) {
    return type.startsWith("application/") && type.endsWith(suffix);
  }

  private static String essence(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
  }

  private static FailureException unsupported(String contentType, String wanted) {
    String shown = contentType.length() > 80 ? contentType.substring(0, 80) : contentType;
    return Failure.of(
            ErrorCode.UnsupportedMediaType,
            "The body claims to be \"" + shown + "\"; this endpoint takes " + wanted)
        .exception();
  }
}
