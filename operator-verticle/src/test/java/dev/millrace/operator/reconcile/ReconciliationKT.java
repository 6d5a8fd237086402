package dev.millrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.operator.cluster.ResourceClients;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.testing.TestOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Status, conditions, events and columns as a real API server keeps and shows them. */
@ExtendWith(ApiServer.class)
@Timeout(180)
class ReconciliationKT {
  static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: %s } } }
        outputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        http: { method: GET, url: "https://svc.internal/{{input.id}}" }
      """;
  static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: chain }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: %s } } }
        tasks:
          - { id: one, taskRef: fetch, input: { id: "{{input.id}}" } }
          - { id: two, taskRef: fetch, input: { id: "{{tasks.one.output.id}}" } }
        output: { id: "{{tasks.two.output.id}}" }
        route: { method: GET, path: "/chains/{id}" }
      """;
  private static final Duration SOON = Duration.ofSeconds(20);

  private static String get(TestOperator operator, String kind, String name, String path) {
    return operator.succeed("", "get", kind, name, "-o=jsonpath=" + path);
  }

  private static String ready(TestOperator operator, String kind, String name) {
    return get(
        operator,
        kind,
        name,
        "{.status.observedGeneration} {.status.conditions[0].status}"
            + " {.status.conditions[0].reason}");
  }

  @Test
  void statusSaysWhatTheContractPromises(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      operator.succeed(TASK.formatted("integer"), "apply", "-f", "-");
      operator.succeed(WORKFLOW.formatted("integer"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> ready(operator, "mwf", "chain").equals("1 True Valid"));
      await().atMost(SOON).until(() -> ready(operator, "mwt", "fetch").equals("1 True Valid"));

      assertThat(
              get(
                  operator,
                  "mwf",
                  "chain",
                  "{.status.taskCount} {.status.levelCount} {.status.endpoint}"))
          .isEqualTo("2 2 GET /run/chains/{id}");
      assertThat(get(operator, "mwf", "chain", "{.status.versionHash}"))
          .matches("sha256:[0-9a-f]{64}");
      await()
          .atMost(SOON)
          .until(() -> get(operator, "mwt", "fetch", "{.status.usedBy}").equals("[\"chain\"]"));
      assertThat(operator.succeed("", "get", "mwf"))
          .containsPattern("NAME +READY +REASON +TASKS +LEVELS +AGE")
          .containsPattern("chain +True +Valid +2 +2 ");
      assertThat(operator.succeed("", "get", "mwt"))
          .containsPattern("NAME +READY +REASON +METHOD +USED-BY +AGE")
          .containsPattern("fetch +True +Valid +GET +chain +");
      assertThat(operator.succeed("", "get", "events"))
          .containsPattern("Normal +Valid +workflow/chain");
    }
  }

  @Test
  void aStatusIsWrittenOnlyWhereItChanges(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      operator.succeed(TASK.formatted("integer"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> ready(operator, "mwt", "fetch").equals("1 True Valid"));
      String since = get(operator, "mwt", "fetch", "{.status.conditions[0].lastTransitionTime}");
      operator.succeed(WORKFLOW.formatted("integer"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> ready(operator, "mwf", "chain").equals("1 True Valid"));

      operator.stop();
      operator.run();
      operator.succeed(
          TASK.formatted("integer").replace("name: fetch", "name: later"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> ready(operator, "mwt", "later").equals("1 True Valid"));

      await().atMost(SOON).until(() -> depth(operator) == 0);
      assertThat(operator.get("/metrics").body())
          .contains("millrace_status_writes_total{kind=\"WorkflowTask\"} 1.0")
          .doesNotContain("millrace_status_writes_total{kind=\"Workflow\"}");
      operator.succeed(
          TASK.formatted("integer").replace("internal/", "internal/v2/"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> ready(operator, "mwt", "fetch").equals("2 True Valid"));
      assertThat(get(operator, "mwt", "fetch", "{.status.conditions[0].lastTransitionTime}"))
          .as("nothing but the generation changed")
          .isEqualTo(since);
    }
  }

  private static double depth(TestOperator operator) {
    String line = "millrace_reconcile_queue_depth{kind=\"Workflow\"} ";
    String metrics = operator.get("/metrics").body();
    int at = metrics.indexOf(line) + line.length();
    return Double.parseDouble(metrics.substring(at, metrics.indexOf('\n', at)));
  }

  @Test
  void aPairThatTwoRacingChangesBrokeIsMarked(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      for (int round = 0; round < 4; round++) {
        operator.succeed(TASK.formatted("[integer, string]"), "apply", "-f", "-");
        operator.succeed(WORKFLOW.formatted("integer"), "apply", "-f", "-");

        // Each of the two is right beside what the other one replaces, and wrong beside the other.
        CompletableFuture<Kubectl.Result> task = apply(operator, TASK.formatted("integer"));
        CompletableFuture<Kubectl.Result> workflow = apply(operator, WORKFLOW.formatted("string"));
        boolean both = task.join().exit() == 0 && workflow.join().exit() == 0;

        String expected = both ? "False TypeMismatch" : "True Valid";
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(ready(operator, "mwf", "chain"))
                        .isEqualTo(
                            get(operator, "mwf", "chain", "{.metadata.generation}")
                                + " "
                                + expected));
        operator.succeed("", "delete", "mwf", "chain");
      }
    }
  }

  private static CompletableFuture<Kubectl.Result> apply(TestOperator operator, String yaml) {
    return CompletableFuture.supplyAsync(() -> operator.kubectl(yaml, "apply", "-f", "-"));
  }

  @Test
  void whatCameInUnseenIsMarkedAndForeignConditionsStay(
      TestCluster cluster, TestNamespace namespace) {
    // No webhook in this namespace: everything is stored.
    cluster
        .kubectl()
        .succeedWithInput(
            TASK.formatted("integer") + "---\n" + WORKFLOW.formatted("string"),
            "-n",
            namespace.name(),
            "apply",
            "-f",
            "-");
    try (TestOperator operator = TestOperator.start(cluster, namespace);
        KubernetesClient client = cluster.client()) {
      await()
          .atMost(SOON)
          .until(() -> ready(operator, "mwf", "chain").equals("1 False TypeMismatch"));
      assertThat(get(operator, "mwf", "chain", "{.status.conditions[0].message}"))
          .startsWith("TypeMismatch at /spec/tasks/0/input/id: input.id may be ");

      ResourceClients.of(client, ResourceKind.Workflow)
          .inNamespace(namespace.name())
          .withName("chain")
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              """
              {"status": {"conditions": [{"type": "Audited", "status": "True", "reason": "Ok",
                "message": "x", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
              """);

      await()
          .atMost(SOON)
          .until(
              () ->
                  get(operator, "mwf", "chain", "{.status.conditions[*].type}")
                      .equals("Audited Ready"));
    }
  }
}
