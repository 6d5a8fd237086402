package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.definition.ResponseMode;
import dev.millrace.engine.definition.StatusPattern;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.FailureException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

class HttpCallTest {
  private static HttpCall get(String url) {
    return call("method: GET\nurl: \"" + url + "\"");
  }

  private static HttpCall call(String http) {
    return task(http, "").http();
  }

  private static void refused(HttpCall call, JsonNode input, String... detail) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> call.prepare(input))
        .satisfies(
            refusal -> {
              assertThat(refusal.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
              assertThat(refusal.failure().detail()).contains(detail);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h                          | {}                       | /",
        "http://h?a=1                      | {}                       | /?a=1",
        "http://h/a//b/?a=1&&b#f           | {}                       | /a//b/?a=1&b",
        "http://h/a b/ä%20%zz              | {}                       | /a%20b/%C3%A4%20%25zz",
        "http://h/%41/\uff11%\uff11\uff11       | {}                       | /%41/%EF%BC%91%25%EF%BC%91%EF%BC%91",
        "http://h/{{input.x}}              | {'x': 'a'}               | /a",
        "http://h/{{input.x}}/             | {'x': 'a/b?c#d'}         | /a%2Fb%3Fc%23d/",
        "http://h/v{{input.x}}.json        | {'x': 1.50}              | /v1.50.json",
        "http://h/{{input.x}}{{input.y}}   | {'x': '.', 'y': 'a'}     | /.a",
        "http://h/{{input.x}}              | {'x': '...'}             | /...",
        "http://h/{{input.x}}              | {'x': '%2e%2e'}          | /%252e%252e",
        "http://h/{{input.x}}              | {'x': 'é€😀'}             | /%C3%A9%E2%82%AC%F0%9F%98%80",
        "http://h/?a={{input.x}}&b=2       | {'x': '1&b=3 +'}         | /?a=1%26b%3D3%20%2B&b=2",
        "http://h/?a={{input.x}}&b=2       | {}                       | /?b=2",
        "http://h/?a={{input.x}}&b=2       | {'x': null}              | /?b=2",
        "http://h/?a={{input.x}}           | {'x': ''}                | /?a=",
        "http://h/?a={{input.x}}           | {'x': []}                | /",
        "http://h/?a={{input.x}}           | {'x': [1, null, 'b&']}   | /?a=1&a=b%26",
        "http://h/?a=p-{{input.x}}=q       | {'x': true}              | /?a=p-true=q",
        "http://h/?{{input.x}}             | {'x': 'a=b'}             | /?a%3Db",
        "http://h/?k{{input.x}}=v w        | {'x': 'a=b'}             | /?ka%3Db=v%20w",
        "http://h/a#{{input.x}}            | {'x': 'a=b'}             | /a",
      })
  void putsValuesIntoTheUrl(String url, String input, String uri) {
    assertThat(get(url).prepare(json(input)).uri()).isEqualTo(uri);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/{{input.x}}            | {'x': ''}            | empty",
        "http://h/{{input.x}}            | {'x': '.'}           | '.'",
        "http://h/{{input.x}}/b          | {'x': '..'}          | '..'",
        "http://h/.{{input.x}}           | {'x': '.'}           | '..'",
        "http://h/%2E{{input.x}}         | {'x': '.'}           | '..'",
        "http://h/%2e{{input.x}}%2e      | {'x': ''}            | '..'",
        "http://h/{{input.x}}{{input.y}} | {'x': '.', 'y': '.'} | '..'",
        "http://h/{{input.x}}            | {}                   | absent",
        "http://h/{{input.x}}            | {'x': null}          | null",
        "http://h/{{input.x}}            | {'x': {}}            | an object",
        "http://h/{{input.x}}            | {'x': [1]}           | an array",
        "http://h/?a=b{{input.x}}        | {}                   | absent",
        "http://h/?a={{input.x}}         | {'x': {}}            | an object",
        "http://h/?a={{input.x}}         | {'x': [[]]}          | plain values",
      })
  void refusesValuesThatCannotStandInTheUrl(String url, String input, String detail) {
    refused(get(url), json(input), "{{input.", detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"})
  void refusesHalvesOfCharacters(String text) {
    JsonNode input = JsonNodeFactory.instance.objectNode().put("x", text);
    refused(get("http://h/{{input.x}}"), input, "half of a character");
    refused(get("http://h/?a={{input.x}}"), input, "half of a character");
    refused(call("method: GET\nurl: http://h/\nheaders: { X: '{{input.x}}' }"), input, "ASCII");
  }

  @Test
  void addsTheQueryField() {
    HttpCall call =
        call(
            """
            method: GET
            url: http://h/?z=0
            query: { a b: 'x&y', n: 1.0, gone: '{{input.none}}', t: 'p/{{input.x}}', w: '{{input.x}}', off: null }
            """);
    assertThat(call.prepare(json("{'x': 'ü'}")).uri())
        .isEqualTo("/?z=0&a%20b=x%26y&n=1.0&t=p%2F%C3%BC&w=%C3%BC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: 1", "a\nb", "a\rb", "\u0000", "\u0007", "\u007f", "ü", "😀"})
  void refusesHeaderValuesThatAreNotPrintable(String value) {
    JsonNode input = JsonNodeFactory.instance.objectNode().put("x", value);
    refused(
        call("method: GET\nurl: http://h/\nheaders: { X-Name: 'a-{{input.x}}' }"),
        input,
        "header X-Name");
  }

  @Test
  void leavesHeadersOutThatHaveNoValue() {
    HttpCall call =
        call(
            """
            method: GET
            url: http://h/
            headers: { A: '{{input.a}}', B: '{{input.b}}', C: 'x {{input.c}}', D: '{{input.d}}' }
            """);
    assertThat(call.prepare(json("{'b': null, 'c': 1, 'd': ''}")).headers())
        .containsExactly(
            Map.entry("C", "x 1"),
            Map.entry("D", ""),
            Map.entry("Accept", "application/json"),
            Map.entry("User-Agent", "millrace"));
    refused(call, json("{}"), "{{input.c}}");
  }

  @Test
  void boundsTheRequest() {
    JsonNode input =
        JsonNodeFactory.instance
            .objectNode()
            .put("x", "a".repeat(40_000))
            .put("y", "b".repeat(2_000_000));
    refused(get("http://h/{{input.x}}"), input, "the url", "32768");
    refused(get("http://h/{{input.y}}"), input, "longer");
    String twice = "headers: { A: '{{input.x}}', B: '{{input.x}}', C: 'x{{input.x}}' }";
    refused(call("method: GET\nurl: http://h/\n" + twice), input, "65536");
    refused(
        call("method: GET\nurl: http://h/\nheaders: { A: '" + "{{input.x}}".repeat(60) + "' }"),
        input,
        "longer");
    String body = "body: [" + "'{{input.y}}',".repeat(6) + "1]";
    refused(call("method: POST\nurl: http://h/\n" + body), input, "the body");
    JsonNode many = JsonNodeFactory.instance.objectNode();
    var list = ((tools.jackson.databind.node.ObjectNode) many).putArray("x");
    for (int i = 0; i < 100_000; i++) {
      list.add(i);
    }
    refused(get("http://h/?q={{input.x}}"), many, "the url");
  }

  @Test
  void rendersTheBodyWithItsTypes() {
    HttpCall call =
        call(
            """
            method: PUT
            url: http://h/
            body: { n: '{{input.n}}', t: 'no {{input.n}}', gone: '{{input.none}}', list: [1, '{{input.o}}'] }
            """);
    PreparedRequest request =
        call.prepare(json("{'n': 10000000000000000000000.10, 'o': {'a': []}}"));
    assertThat(request.body().toString())
        .isEqualTo(
            "{\"n\":10000000000000000000000.10,\"t\":\"no 10000000000000000000000.10\",\"list\":[1,{\"a\":[]}]}");
    assertThat(request.headers()).contains(Map.entry("Content-Type", "application/json"));
    refused(call, json("{'n': null}"), "{{input.n}}");
    HttpCall whole = call("method: POST\nurl: http://h/\nbody: '{{input.b}}'");
    assertThat(whole.prepare(json("{}")).body()).isNull();
    assertThat(whole.prepare(json("{'b': null}")).body().toString()).isEqualTo("null");
  }

  @Test
  void splitsTheAuthorityOnce() {
    assertThat(get("https://h/a").prepare(json("{}")).url()).isEqualTo("https://h:443/a");
    assertThat(get("http://[::1]:8080/a").prepare(json("{}")).url())
        .isEqualTo("http://[::1]:8080/a");
    assertThat(get("http://[::1]:8080/a").server().host()).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/",
        "h/path",
        "{{input.x}}",
        "{{input.x}}/a",
        "http://{{input.x}}/",
        "http://h{{input.x}}/",
        "http://h{{input.x}}",
        "http://h:80{{input.x}}/",
        "http:///a",
        "http://u:p@h/",
        "http://h:/",
        "http://h:0/",
        "http://h:65536/",
        "http://h:8x/",
        "http://[::1/",
        "http://[]/",
        "http://h\u00e4/",
      })
  void takesNoOtherUrls(String url) {
    HttpSpec spec =
        new HttpSpec(
            HttpMethodName.GET,
            url,
            Map.of(),
            Map.of(),
            null,
            ResponseMode.BODY,
            List.of(StatusPattern.SUCCESS));
    assertThatIllegalArgumentException().isThrownBy(() -> HttpCall.compile(spec));
  }

  @Test
  void takesNoOtherHeaderNamesAndRoots() {
    Map<String, String> header = Map.of("X Y", "1");
    Map<String, JsonNode> root = Map.of("q", StringNode.valueOf("{{tasks.a.output}}"));
    for (HttpSpec spec :
        List.of(spec(Map.of(), header), spec(Map.of(), Map.of("", "1")), spec(root, Map.of()))) {
      assertThatIllegalArgumentException().isThrownBy(() -> HttpCall.compile(spec));
    }
  }

  private static HttpSpec spec(Map<String, JsonNode> query, Map<String, String> headers) {
    return new HttpSpec(
        HttpMethodName.GET,
        "http://h/",
        query,
        headers,
        null,
        ResponseMode.BODY,
        List.of(StatusPattern.SUCCESS));
  }

  @Test
  void describesWhatItCan() {
    HttpCall call =
        call(
            """
            method: POST
            url: "http://h:81/u/{{input.id}}/{{input.plain}}?q={{input.id}}&none={{input.none}}&list={{input.list}}&t=x{{input.none}}"
            query: { f: 'a {{input.id}}' }
            headers: { X-Id: 'n-{{input.id}}', X-None: '{{input.none}}' }
            body: { id: '{{input.id}}' }
            """);
    DescribedRequest described =
        call.describe(
            json("{'id': '{{tasks.user.output.id}}', 'plain': 'a/b', 'list': [1, 'x y']}"));
    assertThat(described.method()).isEqualTo("POST");
    assertThat(described.url())
        .isEqualTo(
            "http://h:81/u/{{tasks.user.output.id}}/a%2Fb?q={{tasks.user.output.id}}"
                + "&list=1&list=x%20y&t=x{{input.none}}&f=a%20{{tasks.user.output.id}}");
    assertThat(described.headers())
        .containsExactly(
            Map.entry("X-Id", "n-{{tasks.user.output.id}}"),
            Map.entry("Accept", "application/json"),
            Map.entry("User-Agent", "millrace"),
            Map.entry("Content-Type", "application/json"));
    assertThat(described.body()).isEqualTo(json("{'id': '{{tasks.user.output.id}}'}"));
  }

  @Test
  void aWholeInputCanBeAQuery() {
    HttpCall call = call("method: GET\nurl: http://h/\nquery: { q: '{{input}}' }");
    JsonNode values = json("['a&b', null, 2]");
    assertThat(call.prepare(values).uri()).isEqualTo("/?q=a%26b&q=2");
    assertThat(call.describe(values).url()).isEqualTo("http://h/?q=a%26b&q=2");
  }

  @Test
  void describesAlsoWhatCouldNotBeSent() {
    HttpCall call =
        call(
            """
            method: POST
            url: "http://h/{{input.a}}/{{input.o}}?flag"
            headers: { X: '{{input.a}}' }
            body: 'text {{input.o}}'
            """);
    JsonNode input =
        JsonNodeFactory.instance.objectNode().put("a", "\ud83d{{x").set("o", json("{}"));
    DescribedRequest described = call.describe(input);
    assertThat(described.url()).isEqualTo("http://h/%EF%BF%BD%7B%7Bx/{{input.o}}?flag");
    assertThat(described.body().stringValue()).contains("{{input.o}}");
    assertThat(call("method: GET\nurl: http://h/").describe(json("{}")).body()).isNull();
  }
}
