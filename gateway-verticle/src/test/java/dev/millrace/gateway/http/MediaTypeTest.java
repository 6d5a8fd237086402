package dev.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/merge-patch+json",
        "application/json;charset=\"utf-8\"; v=1"
      })
  void takesJson(String contentType) {
    assertThatCode(() -> MediaType.requireJson(contentType)).doesNotThrowAnyException();
    assertThatCode(() -> MediaType.requireYamlOrJson(contentType)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/yaml",
        "text/yaml",
        "text/x-yaml",
        "application/x-yaml",
        "text/plain"
      })
  void takesYamlWhereDefinitionsAreExpected(String contentType) {
    assertThatCode(() -> MediaType.requireYamlOrJson(contentType)).doesNotThrowAnyException();
    assertThatThrownBy(() -> MediaType.requireJson(contentType))
        .hasMessageContaining("takes application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/html",
        "text/x+json",
        "application/json; charset=utf-16",
        "",
        ";"
      })
  void refusesTheRest(String contentType) {
    assertThatThrownBy(() -> MediaType.requireJson(contentType))
        .hasMessageContaining("UnsupportedMediaType");
    assertThatThrownBy(() -> MediaType.requireYamlOrJson(contentType))
        .hasMessageContaining("UnsupportedMediaType");
  }
}
