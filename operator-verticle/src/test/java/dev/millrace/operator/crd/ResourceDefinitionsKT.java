package dev.millrace.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl makes of the resource definitions. */
@ExtendWith(ApiServer.class)
class ResourceDefinitionsKT {
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch-user }
      spec:
        http: { method: GET, url: "https://users.internal/v1/users" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: summary }
      spec:
        tasks:
          - { id: user, taskRef: fetch-user, timeout: 1s }
          - { id: audit, taskRef: write-audit }
        output: { name: "{{tasks.user.output.name}}" }
      """;

  private Kubectl kubectl;
  private String namespace;

  @BeforeEach
  void take(TestCluster cluster, TestNamespace own) {
    kubectl = cluster.kubectl();
    namespace = own.name();
  }

  private String apply(String yaml, String... more) {
    return kubectl.succeedWithInput(yaml, withNamespace(more, "apply", "-f", "-"));
  }

  private String[] withNamespace(String[] more, String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2 + more.length);
    all[command.length] = "-n";
    all[command.length + 1] = namespace;
    System.arraycopy(more, 0, all, command.length + 2, more.length);
    return all;
  }

  private String get(String... more) {
    return kubectl.succeed(withNamespace(more, "get"));
  }

  @Test
  void explainReadsLikeDocumentation() {
    String text = kubectl.succeed("explain", "workflow.spec.tasks");

    assertThat(text.replaceAll("\\s+", " "))
        .contains("The calls. Each starts as soon as the tasks that it depends on are done.")
        .contains("The name of the WorkflowTask to call, in the same namespace.")
        .contains("Ids of tasks that must end first, beyond those that input reads.");
  }

  @Test
  void shortNamesAndCategoryFindBothKinds() {
    apply(TASK);
    apply(WORKFLOW);

    assertThat(get("mwf", "-o", "name")).isEqualTo("workflow.millrace.dev/summary\n");
    assertThat(get("mwt", "-o", "name")).isEqualTo("workflowtask.millrace.dev/fetch-user\n");
    assertThat(get("millrace", "-o", "name"))
        .contains("workflow.millrace.dev/summary", "workflowtask.millrace.dev/fetch-user");
  }

  @Test
  void columnsShowWhatTheOperatorFound() {
    apply(TASK);
    apply(WORKFLOW);
    String ready =
        """
        {"type": "Ready", "status": "True", "reason": "Valid", "message": "All is well",
         "lastTransitionTime": "2026-01-01T00:00:00Z"}
        """;
    status(
        "workflowtasks",
        "fetch-user",
        "\"usedBy\": [\"orders\", \"summary\"], \"users\": \"orders, summary\"",
        ready);
    status("workflows", "summary", "\"taskCount\": 2, \"levelCount\": 1", ready);

    assertThat(get("mwf").lines().map(line -> line.trim().split("\\s+")))
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .containsExactly("NAME", "READY", "REASON", "TASKS", "LEVELS", "AGE"),
            row -> assertThat(row).startsWith("summary", "True", "Valid", "2", "1"));
    assertThat(get("mwt").lines().map(line -> line.trim().split("\\s+")))
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .containsExactly("NAME", "READY", "REASON", "METHOD", "USED-BY", "AGE"),
            row ->
                assertThat(row)
                    .startsWith("fetch-user", "True", "Valid", "GET", "orders,", "summary"));
  }

  /** Writes a status by its subresource, as the operator does. */
  private void status(String plural, String name, String fields, String condition) {
    String path = "/apis/millrace.dev/v1/namespaces/%s/%s/%s".formatted(namespace, plural, name);
    String resource = kubectl.succeed("get", "--raw", path);
    int end = resource.lastIndexOf('}');
    String patched =
        resource.substring(0, end)
            + ",\"status\":{\"conditions\":[%s],%s}}".formatted(condition, fields);
    kubectl.succeedWithInput(patched, "replace", "--raw", path + "/status", "-f", "-");
  }

  @Test
  void applyLeavesTheStatusToTheOperator() {
    apply(TASK + "status: { versionHash: mine }\n");

    assertThat(get("mwt", "fetch-user", "-o", "jsonpath={.status}")).isEmpty();
  }

  @Test
  void twoManagersApplyDifferentTasksOfOneWorkflow() {
    apply(WORKFLOW, "--server-side", "--field-manager=ours");
    String theirs =
        """
        apiVersion: millrace.dev/v1
        kind: Workflow
        metadata: { name: summary }
        spec:
          tasks:
            - { id: orders, taskRef: list-orders }
        """;
    apply(theirs, "--server-side", "--field-manager=theirs");
    apply(theirs.replace("list-orders", "list-all"), "--server-side", "--field-manager=theirs");

    assertThat(get("mwf", "summary", "-o", "jsonpath={.spec.tasks[*].taskRef}"))
        .isEqualTo("fetch-user write-audit list-all");
  }

  @Test
  void managersConflictWhereTheyChangeTheSameTask() {
    apply(WORKFLOW, "--server-side", "--field-manager=ours");

    Kubectl.Result result =
        kubectl.runWithInput(
            WORKFLOW.replace("timeout: 1s", "timeout: 2s"),
            withNamespace(
                new String[] {"--server-side", "--field-manager=theirs"}, "apply", "-f", "-"));

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains(".spec.tasks[id=\"user\"].timeout");
  }

  @Test
  void aSchemaIsAppliedAsAWhole() {
    String first = TASK + "  inputSchema: { type: object, properties: { a: { type: string } } }\n";
    apply(first, "--server-side");
    apply(first.replace("{ a:", "{ b:"), "--server-side");

    assertThat(get("mwt", "fetch-user", "-o", "jsonpath={.spec.inputSchema.properties}"))
        .isEqualTo("{\"b\":{\"type\":\"string\"}}");
  }

  @Test
  void whatAnApplyNoLongerHasIsGone() {
    String less = TASK + "  inputSchema: { type: object }\n";
    String more =
        less.replace("method: GET", "method: GET, query: { q: 1 }, headers: { h: v }")
            + "  retry: { maxAttempts: 2 }\n"
            + "  circuitBreaker: { failureThreshold: 2 }\n"
            + "  bulkhead: { maxConcurrent: 2 }\n";
    apply(more, "--server-side");
    assertThat(get("mwt", "fetch-user", "-o", "jsonpath={.spec.http.query.q}")).isEqualTo("1");
    apply(less, "--server-side");
    String call = "taskRef: fetch-user, timeout: 1s";
    apply(
        WORKFLOW.replace(
                call,
                call
                    + ", input: { a: 1 }, retry: { maxAttempts: 2 }, onError: { continueWith: { a: 1 }"
                    + " }")
            + "  route: { method: GET, path: /summary }\n",
        "--server-side");
    apply(WORKFLOW, "--server-side");

    assertThat(get("mwt", "fetch-user", "-o", "jsonpath={.spec}"))
        .doesNotContain("query", "headers", "retry", "circuitBreaker", "bulkhead");
    assertThat(get("mwf", "summary", "-o", "jsonpath={.spec}"))
        .contains("fetch-user")
        .doesNotContain("input", "retry", "onError", "route");
  }

  @Test
  void diffShowsTheChangedFieldAndNothingElse() {
    apply(WORKFLOW);

    Kubectl.Result same =
        kubectl.runWithInput(WORKFLOW, withNamespace(new String[0], "diff", "-f", "-"));
    Kubectl.Result changed =
        kubectl.runWithInput(
            WORKFLOW.replace("timeout: 1s", "timeout: 2s"),
            withNamespace(new String[0], "diff", "-f", "-"));

    assertThat(same.exit()).as(same.all()).isZero();
    assertThat(same.out()).isEmpty();
    assertThat(changed.exit()).as(changed.all()).isEqualTo(1);
    assertThat(changed.out().lines().filter(line -> line.matches("[+-] .*timeout.*")))
        .containsExactly("-    timeout: 1s", "+    timeout: 2s");
  }

  @Test
  void aDryRunAnswersLikeARealOneAndStoresNothing() {
    String answer = apply(WORKFLOW, "--dry-run=server");

    assertThat(answer).isEqualTo("workflow.millrace.dev/summary created (server dry run)\n");
    assertThat(get("mwf", "-o", "name")).isEmpty();
  }
}
