package dev.millrace.operator.webhook;

import static dev.millrace.operator.webhook.TestReviews.TASK;
import static dev.millrace.operator.webhook.TestReviews.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.testing.TestOperator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl makes of the webhook's verdicts, at a real API server. */
@ExtendWith(ApiServer.class)
@Timeout(180)
class AdmissionKT {
  private static final String NARROW = "id: { type: integer, minimum: 1 }";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static TestOperator operator;

  @TempDir Path directory;

  @BeforeAll
  static void start(TestCluster cluster, TestNamespace namespace) {
    operator = TestOperator.start(cluster, namespace);
  }

  @AfterAll
  static void stop() {
    operator.close();
  }

  @AfterEach
  void clear() {
    operator.succeed("", "delete", "mwf", "--all");
    operator.succeed("", "delete", "mwt", "--all");
  }

  private static String apply(String yaml) {
    return operator.succeed(yaml, "apply", "--server-side", "-f", "-");
  }

  private static String refused(String yaml) {
    return error(operator.kubectl(yaml, "apply", "--server-side", "-f", "-"));
  }

  /** As the documentation shows it, with a namespace of its own. */
  private static String error(Kubectl.Result result) {
    assertThat(result.exit()).as(result.all()).isNotZero();
    return result.err().replace(operator.namespace(), "shop");
  }

  private static String documented() throws Exception {
    return Files.readString(Path.of("..", "docs", "kubernetes.md"));
  }

  private static String narrow(String annotations) {
    return TASK.replace("id: { type: integer }", NARROW)
        .replace("name: fetch-user", "name: fetch-user" + annotations);
  }

  private static void awaitReady(String kind, String name, String status, String reason) {
    String path = "-o=jsonpath={.status.conditions[0].status} {.status.conditions[0].reason}";
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(operator.succeed("", "get", kind, name, path))
                    .isEqualTo(status + " " + reason));
  }

  @Test
  void aDenialShowsAllProblemsAsTheDocumentationSays() throws Exception {
    apply(TASK);

    String denial =
        refused(
            WORKFLOW
                .replace("{{input.id}}", "{{input.idd}}")
                .replace("output.email", "output.mail"));

    assertThat(denial)
        .startsWith("Error from server (UnknownPath): ")
        .contains("Workflow/shop/greet has 2 problems:", "/docs/problems/UnknownPath");
    assertThat(documented()).contains(denial.strip());
  }

  @Test
  void aWorkflowMayComeBeforeItsTaskAndIsAcceptedTheSecondTime() throws Exception {
    Files.writeString(directory.resolve("1-workflow.yaml"), WORKFLOW);
    Files.writeString(directory.resolve("2-task.yaml"), TASK);

    Kubectl.Result first =
        operator.kubectl("", "apply", "--server-side", "-f", directory.toString());
    assertThat(first.out()).contains("fetch-user serverside-applied");
    assertThat(error(first)).contains("apply again: it is accepted once the task is there");
    assertThat(documented()).contains(error(first).strip());

    assertThat(operator.succeed("", "apply", "--server-side", "-f", directory.toString()))
        .contains("greet serverside-applied");
  }

  @Test
  void aTaskAndTheWorkflowBehindItAreAcceptedAtOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(apply(TASK + "---\n" + WORKFLOW)).contains("greet serverside-applied");
      clear();
    }
    for (String example : new String[] {"checkout", "order-summaries", "product-page"}) {
      Path files = Path.of("..", "examples", example).toAbsolutePath().normalize();
      operator.succeed("", "apply", "--server-side", "-f", files.toString());
    }
  }

  @Test
  void whatIsNotProvedIsShownAsAWarning() {
    apply(TASK.replace("id: { type: integer }", "id: { type: string, pattern: \"^[a-z]+:\" }"));

    Kubectl.Result result =
        operator.kubectl(
            WORKFLOW.replace("id: { type: integer }", "id: { type: string, format: uri }"),
            "apply",
            "--server-side",
            "-f",
            "-");

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("Warning: UnprovedType: /spec/tasks/0/input/id: It could not be proved");
  }

  @Test
  void aBreakingChangeNeedsAReasonAndTheWorkflowThenTurnsNotReady() throws Exception {
    apply(TASK + "---\n" + WORKFLOW);
    awaitReady("mwf", "greet", "True", "Valid");

    String denial = refused(narrow(""));
    assertThat(denial).contains("It breaks the workflow greet at /spec/tasks/0/input/id");
    assertThat(documented()).contains(denial.strip());

    Kubectl.Result allowed =
        operator.kubectl(
            narrow(", annotations: { millrace.dev/allow-breaking-change: no id is below 1 }"),
            "apply",
            "--server-side",
            "-f",
            "-");
    assertThat(allowed.exit()).as(allowed.all()).isZero();
    assertThat(allowed.err()).contains("Warning: BreakingChange: /spec/inputSchema: It breaks");
    awaitReady("mwf", "greet", "False", "TypeMismatch");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(operator.succeed("", "get", "events"))
                    .containsPattern("Warning +TypeMismatch +workflow/greet"));
  }

  @Test
  void aTaskInUseIsDeletedOnlyWithAReason() {
    apply(TASK + "---\n" + WORKFLOW);
    awaitReady("mwt", "fetch-user", "True", "Valid");

    assertThat(error(operator.kubectl("", "delete", "mwt", "fetch-user")))
        .startsWith("Error from server (InUse): ")
        .contains("1 workflow uses it: greet");
    operator.succeed(
        "", "annotate", "mwt", "fetch-user", "millrace.dev/allow-breaking-change=moving house");
    operator.succeed("", "delete", "mwt", "fetch-user");
    awaitReady("mwf", "greet", "False", "UnknownTaskRef");

    apply(TASK);
    awaitReady("mwf", "greet", "True", "Valid");
  }

  @Test
  void aWorkflowAndItsTaskAreDeletedInOneGo() {
    apply(TASK + "---\n" + WORKFLOW);

    assertThat(operator.succeed(WORKFLOW + "---\n" + TASK, "delete", "-f", "-"))
        .contains("greet\" deleted", "fetch-user\" deleted");
  }

  @Test
  void aDryRunIsJudgedAndStoresNothing() {
    assertThat(operator.succeed(TASK, "apply", "--dry-run=server", "-f", "-"))
        .contains("fetch-user created (server dry run)");
    assertThat(operator.succeed("", "get", "mwt", "-o", "name")).isEmpty();
    assertThat(error(operator.kubectl(WORKFLOW, "apply", "--dry-run=server", "-f", "-")))
        .contains("UnknownTaskRef");
  }
}
