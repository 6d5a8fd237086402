package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.operator.cluster.ResourceClients;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.testing.TestOperator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator while what is around it goes away and comes back, and when there is a lot. */
@ExtendWith(ApiServer.class)
@Timeout(300)
class SurvivalKT {
  private static final int MANY = 2_000;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch%s }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        outputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        http: { method: GET, url: "https://svc.internal/{{input.id}}" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: flow%s }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        tasks:
          - { id: one, taskRef: fetch%s, input: { id: "{{input.id}}" } }
          - { id: two, taskRef: fetch%s, input: { id: "{{tasks.one.output.id}}" } }
        output: { id: "{{tasks.two.output.id}}" }
      """;

  private static String status(TestOperator operator, String kind, String name) {
    return operator.succeed(
        "",
        "get",
        kind,
        name,
        "-o=jsonpath={.status.observedGeneration} {.status.conditions[0].reason}");
  }

  @Test
  void comesBackWithTheApiServer(TestCluster cluster, TestNamespace namespace) {
    assumeTrue(cluster.restartable());
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      operator.succeed(TASK.formatted(""), "apply", "-f", "-");
      await().atMost(SOON).until(() -> status(operator, "mwt", "fetch").equals("1 Valid"));

      cluster.stopServer();
      assertThat(operator.get("/health/ready").statusCode()).isEqualTo(200);
      cluster.startServer();

      operator.awaitRefusals();
      operator.succeed(WORKFLOW.formatted("", "", ""), "apply", "-f", "-");
      await().atMost(SOON).until(() -> status(operator, "mwf", "flow").equals("1 Valid"));
      assertThat(operator.kubectl("", "delete", "mwt", "fetch").err()).contains("InUse");
    }
  }

  @Test
  void appliesWaitOrFailWhileTheWebhookRestartsButNothingWrongGetsIn(
      TestCluster cluster, TestNamespace namespace) throws Exception {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      operator.succeed(TASK.formatted(""), "apply", "-f", "-");
      String wrong = WORKFLOW.formatted("-wrong", "", "-none");
      AtomicBoolean restarted = new AtomicBoolean();
      CompletableFuture<Integer> stored =
          CompletableFuture.supplyAsync(
              () -> {
                int passed = 0;
                while (!restarted.get()) {
                  passed += operator.kubectl(wrong, "apply", "-f", "-").exit() == 0 ? 1 : 0;
                }
                return passed;
              });

      operator.stop();
      Kubectl.Result meanwhile =
          operator.kubectl(WORKFLOW.formatted("", "", ""), "apply", "-f", "-");
      operator.run();
      operator.awaitRefusals();
      restarted.set(true);

      assertThat(meanwhile.err()).contains("failed calling webhook");
      assertThat(stored.get()).isZero();
      operator.succeed(WORKFLOW.formatted("", "", ""), "apply", "-f", "-");
    }
  }

  @Test
  void aLostSecretIsMadeAnewWithoutARestart(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator operator = TestOperator.start(cluster, namespace)) {
      String before = caBundle(operator, namespace);

      operator.succeed("", "delete", "secret", "webhook-certificate");

      await().atMost(SOON).until(() -> !caBundle(operator, namespace).equals(before));
      operator.awaitRefusals();
    }
  }

  private static String caBundle(TestOperator operator, TestNamespace namespace) {
    return operator.succeed(
        "",
        "get",
        "validatingwebhookconfiguration",
        namespace.name(),
        "-o=jsonpath={.webhooks[0].clientConfig.caBundle}");
  }

  @Test
  void ofTwoReplicasOneWritesAndTheOtherTakesOver(TestCluster cluster, TestNamespace namespace) {
    try (TestOperator first = TestOperator.start(cluster, namespace);
        TestOperator second = TestOperator.second(cluster, namespace)) {
      first.succeed(TASK.formatted("-a"), "apply", "-f", "-");
      await().atMost(SOON).until(() -> status(first, "mwt", "fetch-a").equals("1 Valid"));
      assertThat(first.get("/metrics").body()).contains("millrace_operator_leading 1.0");
      assertThat(second.get("/metrics").body()).contains("millrace_operator_leading 0.0");

      first.unregister();
      first.stop();
      second.succeed(TASK.formatted("-b"), "apply", "-f", "-");

      await().atMost(SOON).until(() -> status(second, "mwt", "fetch-b").equals("1 Valid"));
      assertThat(second.get("/metrics").body()).contains("millrace_operator_leading 1.0");
      first.run();
    }
  }

  @Test
  void twoThousandWorkflowsAreReadySoonAfterTheStart(TestCluster cluster, TestNamespace namespace) {
    try (KubernetesClient client = cluster.client()) {
      client.resource(TASK.formatted("-shared")).inNamespace(namespace.name()).create();
      IntStream.range(0, MANY / 10).parallel().forEach(i -> create(client, namespace, TASK, i));
      IntStream.range(0, MANY).parallel().forEach(i -> create(client, namespace, WORKFLOW, i));

      long start = System.nanoTime();
      try (TestOperator operator = TestOperator.start(cluster, namespace)) {
        Duration judging = Duration.ofNanos(System.nanoTime() - start);
        await()
            .atMost(Duration.ofSeconds(120))
            .pollInterval(Duration.ofSeconds(2))
            .ignoreExceptionsInstanceOf(KubernetesClientException.class)
            .until(() -> readyCount(client, namespace) == MANY);
        Duration all = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf(
            "%d workflows: reviews answered after %d ms, every status written after %d ms%n",
            MANY, judging.toMillis(), all.toMillis());
        assertThat(judging).isLessThan(Duration.ofSeconds(30));
        assertThat(operator.get("/health/ready").statusCode()).isEqualTo(200);
        changeWhatAllUse(operator);
      }
    }
  }

  /** The API server waits for five seconds, and says so in other words than the webhook. */
  private static void changeWhatAllUse(TestOperator operator) {
    String shared = TASK.formatted("-shared");
    long start = System.nanoTime();
    Kubectl.Result broken =
        applyInTime(operator, shared.replace("inputSchema: {", "inputSchema: { maxProperties: 0,"));
    Duration refusing = Duration.ofNanos(System.nanoTime() - start);
    start = System.nanoTime();
    Kubectl.Result widened = applyInTime(operator, shared.replace("required: [id], p", "p"));
    Duration allowing = Duration.ofNanos(System.nanoTime() - start);

    System.out.printf(
        "a task of %d workflows: a breaking change refused after %d ms, another let in after %d ms%n",
        MANY, refusing.toMillis(), allowing.toMillis());
    assertThat(broken.err())
        .contains("has " + MANY, "BreakingChange", "and " + (MANY - 20) + " more");
    assertThat(widened.all()).contains("configured");
  }

  /** Again where the API server's five seconds were too short for a busy machine, as people do. */
  private static Kubectl.Result applyInTime(TestOperator operator, String yaml) {
    Kubectl.Result result = operator.kubectl(yaml, "apply", "-f", "-");
    for (int again = 0; again < 4 && result.err().contains("in the time allotted"); again++) {
      result = operator.kubectl(yaml, "apply", "-f", "-");
    }
    return result;
  }

  private static void create(
      KubernetesClient client, TestNamespace namespace, String template, int number) {
    String task = "-" + number % (MANY / 10);
    String yaml =
        template.equals(TASK)
            ? template.formatted(task)
            : template.formatted("-" + number, task, "-shared");
    client.resource(yaml).inNamespace(namespace.name()).create();
  }

  private static long readyCount(KubernetesClient client, TestNamespace namespace) {
    List<GenericKubernetesResource> all =
        ResourceClients.of(client, ResourceKind.Workflow)
            .inNamespace(namespace.name())
            .list()
            .getItems();
    return all.stream()
        .filter(each -> "Valid".equals(each.get("status", "conditions", 0, "reason")))
        .count();
  }
}
