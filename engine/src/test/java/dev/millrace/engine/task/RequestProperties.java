package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.FailureException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** No input changes the shape of a request, whatever it holds. */
class RequestProperties {
  private static final CompiledTask TASK =
      Definitions.task(
          """
          method: GET
          url: "http://host/a/{{input.x}}/b.{{input.x}}/c?p={{input.x}}&q=1"
          query: { r: 'r-{{input.x}}' }
          headers: { X-Value: '{{input.x}}' }
          """,
          "");
  private static final CompiledTask WITHOUT_HEADER =
      Definitions.get("http://host/a/{{input.x}}/b.{{input.x}}/c?p={{input.x}}&q=1");

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "..",
            ".",
            "",
            "/",
            "\\",
            "%2e%2e",
            "%2F",
            "?",
            "#",
            "&",
            "=",
            "\r\n",
            "\u0000",
            ";",
            "//evil",
            "@",
            ":",
            "{{input.y}}",
            "é",
            "\ud83d\ude00",
            "\ud83d",
            "+",
            " ");
    Arbitrary<String> mixed = nasty.list().ofMaxSize(5).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(40), mixed);
  }

  private static JsonNode input(String text) {
    return JsonNodeFactory.instance.objectNode().put("x", text);
  }

  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Property
  void encodingIsUndoneByDecoding(@ForAll("texts") String text) {
    StringBuilder out = new StringBuilder();
    boolean encoded = PercentEncoding.appendValue(out, text);
    assertThat(encoded).isEqualTo(isWhole(text));
    if (encoded) {
      assertThat(out.toString()).matches("[A-Za-z0-9._~%-]*");
      assertThat(URLDecoder.decode(out.toString(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Property
  void theShapeOfTheUrlNeverChanges(@ForAll("texts") String text) {
    PreparedRequest request;
    try {
      request = WITHOUT_HEADER.http().prepare(input(text));
    } catch (FailureException refused) {
      assertThat(refused.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
      assertThat(text.isEmpty() || text.equals(".") || text.equals("..") || !isWhole(text))
          .isTrue();
      return;
    }
    URI url = URI.create(request.url());
    assertThat(url.getHost()).isEqualTo("host");
    assertThat(url.getPort()).isEqualTo(80);
    assertThat(url.getRawFragment()).isNull();
    assertThat(url.normalize().getRawPath()).isEqualTo(url.getRawPath());
    String[] segments = url.getRawPath().split("/", -1);
    assertThat(segments).hasSize(5);
    assertThat(URLDecoder.decode(segments[2], StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(URLDecoder.decode(segments[3], StandardCharsets.UTF_8)).isEqualTo("b." + text);
    String[] parameters = url.getRawQuery().split("&", -1);
    assertThat(parameters).hasSize(2);
    assertThat(URLDecoder.decode(parameters[0], StandardCharsets.UTF_8)).isEqualTo("p=" + text);
  }

  @Property
  void headersStayOnePrintableLine(@ForAll("texts") String text) {
    PreparedRequest request;
    try {
      request = TASK.http().prepare(input(text));
    } catch (FailureException refused) {
      assertThat(refused.failure().detail()).containsAnyOf("{{input.x}}", "X-Value");
      return;
    }
    assertThat(request.headers()).hasSize(3);
    for (Map.Entry<String, String> header : request.headers()) {
      assertThat(header.getValue()).matches("[\t -~]*");
    }
  }

  @Property
  void describingNeverFails(@ForAll("texts") String text) {
    DescribedRequest described = TASK.http().describe(input(text));
    assertThat(described.url()).startsWith("http://host/a/");
    assertThat(TASK.http().describe(JsonNodeFactory.instance.nullNode())).isNotNull();
  }
}
