package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.json.VersionHash;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

class ResourceReaderTest {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: t }
      spec:
        http: { method: %s, url: "http://x/" }
      """;

  private static Resource file(String name) throws IOException {
    String text = Files.readString(Path.of("src/test/resources/definition", name));
    ReadResult result = ResourceReader.read(name, text, "shop");
    assertThat(result.problems()).isEmpty();
    return result.resources().get(0);
  }

  private static ReadResult read(String text) {
    return ResourceReader.read("test.yaml", text, "default");
  }

  private static Problem only(ReadResult result) {
    assertThat(result.problems()).hasSize(1);
    return result.problems().get(0);
  }

  @Test
  void a_task_takes_its_defaults() throws Exception {
    WorkflowTask task = (WorkflowTask) file("valid-task-minimal.yaml");

    assertThat(task.description()).isEmpty();
    assertThat(task.inputSchema())
        .isEqualTo(Json.read("{\"type\":\"object\",\"additionalProperties\":false}"));
    assertThat(task.outputSchema()).isEqualTo(BooleanNode.TRUE);
    assertThat(task.http())
        .isEqualTo(
            new HttpSpec(
                HttpMethodName.GET,
                "https://users.internal/v1/users",
                Map.of(),
                Map.of(),
                null,
                ResponseMode.BODY,
                List.of(StatusPattern.SUCCESS)));
    assertThat(task.idempotent()).isTrue();
    assertThat(task.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(task.retry()).isEqualTo(RetrySpec.NONE);
    assertThat(task.circuitBreaker()).isNull();
    assertThat(task.bulkhead()).isNull();
    assertThat(task.versionHash()).isEqualTo(VersionHash.of(task.document().get("spec")));
  }

  @Test
  void a_task_has_every_field() throws Exception {
    WorkflowTask task = (WorkflowTask) file("valid-task-full.yaml");

    assertThat(task.name().toString()).isEqualTo("WorkflowTask/acme/create-order.v2");
    assertThat(task.description()).isEqualTo("Creates an order");
    assertThat(task.inputSchema().at("/properties/count/maximum").intValue()).isEqualTo(16);
    HttpSpec http = task.http();
    assertThat(http.method()).isEqualTo(HttpMethodName.POST);
    assertThat(http.query().keySet()).containsExactly("dryRun", "limit", "expand");
    assertThat(http.headers())
        .containsExactly(
            Map.entry("X-Tenant", "acme"),
            Map.entry("X-Version", "2"),
            Map.entry("X-Flag", "true"));
    assertThat(http.body().get("price").decimalValue()).isEqualTo(new BigDecimal("1.50"));
    assertThat(http.body().get("note")).isEqualTo(NullNode.instance);
    assertThat(http.response()).isEqualTo(ResponseMode.FULL);
    assertThat(http.successStatus().toString()).isEqualTo("[201, 2xx, 404]");
    assertThat(task.timeout()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(task.retry())
        .isEqualTo(
            new RetrySpec(
                3,
                Duration.ofMillis(100),
                1.5,
                Duration.ofSeconds(2),
                0.0,
                List.of(
                    new RetryTrigger.Connect(),
                    new RetryTrigger.Timeout(),
                    new RetryTrigger.Status(new StatusPattern(429, 429)),
                    new RetryTrigger.Status(new StatusPattern(503, 503)),
                    new RetryTrigger.Status(new StatusPattern(500, 599)))));
    assertThat(task.circuitBreaker())
        .isEqualTo(new CircuitBreakerSpec(5, Duration.ofSeconds(10), Duration.ofSeconds(30)));
    assertThat(task.bulkhead()).isEqualTo(new BulkheadSpec(64, 256));
  }

  @Test
  void a_workflow_has_every_field() throws Exception {
    Workflow workflow = (Workflow) file("valid-workflow-full.yaml");

    assertThat(workflow.tasks())
        .extracting(TaskStep::id)
        .containsExactly("user", "orders", "audit");
    TaskStep orders = workflow.tasks().get(1);
    assertThat(orders.dependsOn()).containsExactly("audit");
    assertThat(orders.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(orders.retry().maxAttempts()).isEqualTo(2);
    assertThat(orders.retry().on()).isEmpty();
    assertThat(orders.continueWith()).isNull();
    TaskStep audit = workflow.tasks().get(2);
    assertThat(audit.input()).isEqualTo(Json.read("{}"));
    assertThat(audit.continueWith()).isEqualTo(NullNode.instance);
    assertThat(workflow.output().get("email").stringValue())
        .isEqualTo("{{tasks.user.output.email}}");
    assertThat(workflow.outputSchema()).isEqualTo(workflow.inputSchema());
    assertThat(workflow.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(workflow.maxConcurrency()).isEqualTo(4);
    assertThat(workflow.durability()).isEqualTo(Durability.Buffered);
    assertThat(workflow.route())
        .isEqualTo(new RouteSpec(HttpMethodName.GET, "/order-summaries/{userId}"));
  }

  @Test
  void a_workflow_takes_its_defaults() throws Exception {
    Workflow workflow = (Workflow) file("valid-several.yaml");

    assertThat(workflow.inputSchema())
        .isEqualTo(Json.read("{\"type\":\"object\",\"additionalProperties\":false}"));
    assertThat(workflow.output()).isEqualTo(Json.read("{}"));
    assertThat(workflow.outputSchema()).isNull();
    assertThat(workflow.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(workflow.maxConcurrency()).isEqualTo(16);
    assertThat(workflow.durability()).isEqualTo(Durability.Durable);
    assertThat(workflow.route()).isNull();
  }

  @Test
  void json_keeps_places_and_exact_values() throws Exception {
    Workflow workflow = (Workflow) file("valid-pretty.json");

    assertThat(workflow.description()).isEqualTo("Tabs, \u00e9, \uD83D\uDE00 and http://x/");
    assertThat(Json.toText(workflow.tasks().get(0).input()))
        .isEqualTo("{\"big\":123456789012345678901234567890,\"exact\":1.10}");
    assertThat(workflow.source().position("/spec/tasks/0/taskRef"))
        .isEqualTo(new SourcePosition("valid-pretty.json", 7, 36));
    assertThat(workflow.source().keyPosition("/spec/tasks/0/taskRef"))
        .isEqualTo(new SourcePosition("valid-pretty.json", 7, 25));
  }

  @Test
  void unknown_pointers_have_the_place_of_their_parent() throws Exception {
    SourceMap source = file("valid-task-minimal.yaml").source();

    assertThat(source.position("/spec/http/url/deep/er"))
        .isEqualTo(source.position("/spec/http/url"));
    assertThat(source.position("/nothing")).isEqualTo(source.position(""));
    assertThat(source.keyPosition("/spec/none")).isEqualTo(source.position("/spec"));
    assertThat(SourceMap.NONE.position("/a/b")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true",
    "HEAD, true",
    "PUT, true",
    "DELETE, true",
    "POST, false",
    "PATCH, false"
  })
  void methods_say_whether_a_task_is_idempotent(String method, boolean idempotent) {
    WorkflowTask task = (WorkflowTask) read(TASK.formatted(method)).resources().get(0);

    assertThat(task.idempotent()).isEqualTo(idempotent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE"})
  void only_some_methods_take_a_body(String method) {
    ReadResult result = read(TASK.formatted(method).replace("url:", "body: { a: 1 }, url:"));

    assertThat(only(result).path()).isEqualTo("/spec/http/body");
    assertThat(((WorkflowTask) result.resources().get(0)).http().body()).isNull();
  }

  @Test
  void a_byte_order_mark_is_passed_over() {
    assertThat(read("\uFEFF" + TASK.formatted("GET")).problems()).isEmpty();
  }

  @Test
  void json_without_a_json_name_is_json_too() {
    String json =
        "{\"apiVersion\":\"millrace.dev/v1\",\n\t\"kind\":\"Workflow\",\"metadata\":{\"name\":\"a\"},"
            + "\"spec\":{\"tasks\":[{\"id\":\"a\",\"taskRef\":\"b\"}]}}";

    assertThat(read(json).resources()).hasSize(1);
    assertThat(read(json).problems()).isEmpty();
  }

  @Test
  void a_json_text_that_cannot_be_parsed_is_one_problem() {
    ReadResult result = ResourceReader.read("a.json", "{\n \"a\": 1,\n \"a\": 2}", "default");

    assertThat(only(result))
        .isEqualTo(
            new Problem(
                ProblemCode.InvalidResource,
                Severity.ERROR,
                "a.json",
                "",
                new SourcePosition("a.json", 3, 2),
                "A name stands twice in one object",
                null));
  }

  @Test
  void an_empty_text_holds_nothing() {
    assertThat(read("")).isEqualTo(new ReadResult(List.of(), List.of()));
    assertThat(read("# only a comment\n---\n")).isEqualTo(new ReadResult(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1, 2 | This is not YAML",
        "a: 'x | This is not YAML",
        "a: *x | no complete value with the anchor `x`",
        "%YAML 9.9\\n---\\na: 1 | This is not YAML",
        "a: b: c | This is not YAML",
        "a: \"\\q\" | This is not YAML",
        "a: x\u0001y | YAML does not allow (U+1)",
        "- a\\nb | This is not YAML"
      })
  void a_text_that_cannot_be_parsed_is_one_problem(String text, String message) {
    Problem problem = only(read(text.replace("\\n", "\n")));

    assertThat(problem.resource()).isEqualTo("test.yaml");
    assertThat(problem.code()).isEqualTo(ProblemCode.InvalidResource);
    assertThat(problem.message()).contains(message);
    assertThat(problem.position().line()).isPositive();
  }

  @Test
  void a_character_that_is_not_allowed_has_its_place() {
    assertThat(only(read("a: 1\n\uD83D\uDE00b: x\u0007")).position())
        .isEqualTo(new SourcePosition("test.yaml", 2, 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  @Timeout(10)
  void depth_is_bounded(String open) {
    assertThat(only(read(open.repeat(200_000))).message()).contains("64 levels");
  }

  @Test
  void depth_counts_through_aliases() {
    StringBuilder text = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 70; i++) {
      text.append("a" + i + ": &a" + i + " [*a" + (i - 1) + "]\n");
    }

    assertThat(only(read(text.toString())).message()).contains("64 levels");
  }

  @Test
  @Timeout(10)
  void aliases_cannot_explode() {
    StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 20; i++) {
      text.append("a" + i + ": &a" + i + " [");
      text.append(("*a" + (i - 1) + ", ").repeat(8)).append("x]\n");
    }

    assertThat(only(read(text.toString())).message())
        .contains("aliases make the document too large");
  }

  @Test
  void names_may_be_aliases() {
    ReadResult result =
        read(TASK.formatted("POST").replace("url:", "body: { &k key: &v text, *v : *k }, url:"));

    assertThat(result.problems()).isEmpty();
    assertThat(((WorkflowTask) result.resources().get(0)).http().body())
        .hasToString("{\"key\":\"text\",\"text\":\"key\"}");
  }

  @Test
  @Timeout(20)
  void sizes_are_bounded() {
    String large = "x".repeat(YamlDocuments.MAX_DOCUMENT_CHARACTERS);

    assertThat(only(read("a: 1\nb: " + large + "\nc: 1")).message())
        .contains("larger than 1048576");
    assertThat(only(ResourceReader.read("a.json", "\"" + large + "\"", "d")).message())
        .contains("larger than 1048576");
    assertThat(only(read("x".repeat(ResourceReader.MAX_TEXT_CHARACTERS + 1))).message())
        .contains("longer than 8388608");
  }

  @Test
  @Timeout(20)
  void documents_are_bounded() {
    String documents = ("---\n" + TASK.formatted("GET")).repeat(1_001);
    String items = "kind: List\nitems:\n" + "- { kind: Workflow }\n".repeat(5_000);

    ReadResult result = read(documents);

    assertThat(result.resources()).hasSize(1_000);
    assertThat(only(result).message()).contains("more than 1000 resources");
    assertThat(read(items).problems())
        .last()
        .extracting(Problem::message)
        .asString()
        .contains("more than 1000 resources");
  }

  @Test
  void tasks_are_bounded() {
    String text =
        """
        apiVersion: millrace.dev/v1
        kind: Workflow
        metadata: { name: many }
        spec:
          tasks:
        """
            + "    - { id: a, taskRef: b }\n".repeat(201);

    ReadResult result = read(text);

    assertThat(only(result).message()).contains("201 elements; at most 200");
    assertThat(((Workflow) result.resources().get(0)).tasks()).hasSize(200);
  }

  @Test
  @Timeout(20)
  void long_names_around_many_values_do_not_explode() {
    String deep = ("{" + "n".repeat(4_000) + ": ").repeat(50);
    String text = "a: " + deep + "[" + "0,".repeat(100_000) + "]" + "}".repeat(50);

    assertThat(read(text).resources()).isEmpty();
  }

  @Test
  @Timeout(20)
  void hostile_texts_make_a_bounded_number_of_problems() {
    String twice = TASK.formatted("GET") + "\nstatus: {" + "a: 1, ".repeat(50_000) + "}";
    StringBuilder unknown = new StringBuilder(TASK.formatted("GET"));
    for (int i = 0; i < 20_000; i++) {
      unknown.append("f" + i + ": 1\n");
    }

    assertThat(read(twice).problems()).hasSize(100);
    assertThat(read(unknown.toString()).problems()).hasSize(1_000);
  }

  @Test
  void descriptions_and_long_texts_are_bounded() {
    String text = TASK.formatted("GET") + "  description: " + "x".repeat(1_001) + "\n";

    assertThat(only(read(text)).message())
        .isEqualTo("`description` is longer than 1000 characters");
    assertThat(only(read(TASK.formatted("\"" + "x".repeat(100) + "\""))).message())
        .isEqualTo("`method` cannot be `" + "x".repeat(30) + "...`");
  }

  @Test
  void too_many_members_and_empty_lists_are_told() {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < 101; i++) {
      query.append("q" + i + ": x, ");
    }
    String text =
        TASK.formatted("GET").replace("url:", "query: {" + query + "}, successStatus: [], url:");

    assertThat(read(text).problems())
        .extracting(Problem::message)
        .containsExactly("`query` has more than 100 members", "No status would count as success");
  }

  @Test
  void a_version_is_the_content_of_its_spec() {
    String one = read(TASK.formatted("GET")).resources().get(0).versionHash();
    String same = "# other text\n" + TASK.formatted("\"GET\"").replace("name: t", "name: u");

    assertThat(read(same).resources().get(0).versionHash()).isEqualTo(one);
    assertThat(read(TASK.formatted("PUT")).resources().get(0).versionHash()).isNotEqualTo(one);
  }
}
