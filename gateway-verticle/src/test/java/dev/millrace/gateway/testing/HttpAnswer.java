package dev.millrace.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An answer as a test sees it; header names are in lower case. */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
  /** The body as JSON. */
  public JsonNode json() {
    try {
      return Json.read(body);
    } catch (InvalidJsonException e) {
      throw new AssertionError(e.describe() + ": " + body, e);
    }
  }

  /** A header, or null. */
  public String header(String name) {
    return headers.get(name);
  }

  /** Holds that this is a problem document of a code, complete and without a stack trace. */
  public JsonNode problem(int expectedStatus, String code) {
    assertThat(status).as(body).isEqualTo(expectedStatus);
    assertThat(header("content-type")).isEqualTo("application/problem+json");
    JsonNode document = json();
    assertThat(document.path("code").asString("")).as(body).isEqualTo(code);
    assertThat(document.path("status").asInt(0)).isEqualTo(expectedStatus);
    assertThat(document.path("title").asString("")).isNotEmpty();
    assertThat(document.path("detail").asString("")).isNotEmpty();
    assertThat(document.path("type").asString("")).endsWith("/" + code);
    assertThat(body).doesNotContain("\tat ").doesNotContain("Exception").doesNotContain(".java");
    return document;
  }
}
