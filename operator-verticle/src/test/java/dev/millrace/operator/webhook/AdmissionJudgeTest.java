package dev.millrace.operator.webhook;

import static dev.millrace.operator.webhook.TestReviews.TASK;
import static dev.millrace.operator.webhook.TestReviews.WORKFLOW;
import static dev.millrace.operator.webhook.TestReviews.definition;
import static dev.millrace.operator.webhook.TestReviews.object;
import static dev.millrace.operator.webhook.TestReviews.review;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.operator.webhook.TestReviews.Answer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What may be done with resources: reviews in, answers out. */
class AdmissionJudgeTest {
  private static final String REASON =
      "metadata: { name: fetch-user, annotations: { millrace.dev/allow-breaking-change: \"%s\" } }";

  private final TestReviews reviews = new TestReviews();

  private static String because(String yaml, String reason) {
    return yaml.replace("metadata: { name: fetch-user }", REASON.formatted(reason));
  }

  private static String narrower() {
    return TASK.replace("id: { type: integer }", "id: { type: integer, minimum: 1 }");
  }

  @Test
  void whatIsProvedIsAllowed() {
    reviews.holds(TASK);

    assertThat(reviews.create(WORKFLOW).allowed()).isTrue();
    assertThat(reviews.create(TASK.replace("fetch-user", "other")).allowed()).isTrue();
    assertThat(reviews.delete(WORKFLOW).allowed()).isTrue();
  }

  @Test
  void aDenialTellsAllProblemsWithPlaceMendAndPage() {
    reviews.holds(TASK);

    Answer answer =
        reviews.create(
            WORKFLOW
                .replace("{{input.id}}", "{{input.idd}}")
                .replace("output.email", "output.mail"));

    assertThat(answer.allowed()).isFalse();
    assertThat(answer.reason()).isEqualTo("UnknownPath");
    assertThat(answer.message())
        .isEqualTo(
            """
            Workflow/shop/greet has 2 problems:

            UnknownPath at /spec/tasks/0/input/id
              input.idd: the workflow's input has no "idd"; did you mean "id"?
              mend: Write input.id.
              docs: https://millrace.dev/docs/problems/UnknownPath

            UnknownPath at /spec/output/mail
              tasks.user.output.mail: fetch-user yields no "mail"; did you mean "email"?
              mend: Write tasks.user.output.email.
              docs: https://millrace.dev/docs/problems/UnknownPath
            """);
  }

  @Test
  void aTaskThatIsNotThereYetIsToldHowToGoOn() {
    Answer answer = reviews.create(WORKFLOW);

    assertThat(answer.reason()).isEqualTo("UnknownTaskRef");
    assertThat(answer.message()).contains("apply again: it is accepted once the task is there");
  }

  @Test
  void whatIsNotProvedIsAWarning() {
    reviews.holds(
        TASK.replace("id: { type: integer }", "id: { type: string, pattern: \"^[a-z]+:\" }"));

    Answer answer =
        reviews.create(
            WORKFLOW.replace("id: { type: integer }", "id: { type: string, format: uri }"));

    assertThat(answer.allowed()).isTrue();
    assertThat(answer.warnings()).hasSize(1);
    assertThat(answer.warnings().get(0))
        .startsWith("UnprovedType: /spec/tasks/0/input/id: It could not be proved that input.id");
  }

  @Test
  void aBreakingChangeNamesEachWorkflowAndEdgeWithAWitness() {
    reviews.holds(TASK, WORKFLOW);

    Answer answer = reviews.update(TASK, narrower());

    assertThat(answer.reason()).isEqualTo("BreakingChange");
    assertThat(answer.message())
        .contains("BreakingChange at /spec/inputSchema")
        .contains("It breaks the workflow greet at /spec/tasks/0/input/id (TypeMismatch)")
        .contains("input.id may be 0, which does not fit \"id\" of fetch-user");
  }

  @Test
  void aReasonLetsABreakingChangeThroughAndABlankOneDoesNot() {
    reviews.holds(TASK, WORKFLOW);

    Answer answer = reviews.update(TASK, because(narrower(), "ids below 1 never existed"));

    assertThat(answer.allowed()).isTrue();
    assertThat(answer.warnings()).hasSize(1);
    assertThat(answer.warnings().get(0)).contains("It breaks the workflow greet");
    assertThat(reviews.update(TASK, because(narrower(), " ")).allowed()).isFalse();
  }

  @Test
  void aReasonDoesNotExcuseTheTaskItself() {
    reviews.holds(TASK, WORKFLOW);

    Answer answer =
        reviews.update(TASK, because(TASK.replace("{{input.id}}", "{{input.no}}"), "because"));

    assertThat(answer.reason()).isEqualTo("UnknownPath");
  }

  @Test
  void aCompatibleChangeIsAllowed() {
    reviews.holds(TASK, WORKFLOW);

    assertThat(
            reviews
                .update(TASK, TASK.replace("type: integer", "type: [integer, string]"))
                .allowed())
        .isTrue();
    assertThat(reviews.update(TASK, TASK.replace("/{{", "/v2/{{")).allowed()).isTrue();
  }

  @Test
  void aTaskInUseStaysUnlessAReasonIsGiven() {
    reviews.holds(TASK, WORKFLOW);

    assertThat(reviews.delete(TASK).message())
        .contains("InUse\n  1 workflow uses it: greet\n  mend: ");
    Answer forced = reviews.delete(because(TASK, "moving house"));
    assertThat(forced.allowed()).isTrue();
    assertThat(forced.warnings()).containsExactly("InUse: 1 workflow uses it: greet");
    assertThat(reviews.delete(TASK.replace("fetch-user", "unused")).allowed()).isTrue();
  }

  @Test
  void aTakenRouteBelongsToWhoHadItFirst() {
    reviews.holds(TASK, WORKFLOW);
    String rival = WORKFLOW.replace("name: greet", "name: rival");

    assertThat(reviews.create(rival).reason()).isEqualTo("RouteConflict");
    assertThat(reviews.update(rival.replace("/greetings", "/rivals"), rival).reason())
        .isEqualTo("RouteConflict");
  }

  @Test
  void anOldWorkflowMayChangeThoughAYoungerOneClaimsItsRoute() {
    reviews.holds(TASK);
    reviews.index.put(
        definition(WORKFLOW.replace("name: greet", "name: rival"), Long.MAX_VALUE - 1));

    assertThat(reviews.update(WORKFLOW, WORKFLOW.replace("mail:", "email:")).allowed()).isTrue();
  }

  @Test
  void whatLeavesTheSpecAloneIsNeverHeldUp() {
    String broken = WORKFLOW.replace("fetch-user", "gone");
    ObjectNode labelled = object(broken);
    ((ObjectNode) labelled.get("metadata")).putObject("labels").put("team", "red");
    ObjectNode ending = object(broken.replace("mail:", "post:"));
    ((ObjectNode) ending.get("metadata")).put("deletionTimestamp", "2026-01-02T00:00:00Z");

    assertThat(reviews.send(review("UPDATE", labelled, object(broken))).allowed()).isTrue();
    assertThat(reviews.send(review("UPDATE", ending, object(broken))).allowed()).isTrue();
  }

  @Test
  void nobodyIsRefusedForWhatOnlyAStaleCacheSays() {
    Map<ResourceName, ReadDefinition> cluster = new HashMap<>();
    TestReviews fresh =
        new TestReviews(
            names -> {
              Map<ResourceName, ReadDefinition> found = new HashMap<>();
              names.forEach(name -> found.put(name, cluster.get(name)));
              return found;
            });
    ReadDefinition task = definition(TASK, 0);
    cluster.put(task.name(), task);

    assertThat(fresh.create(WORKFLOW).allowed()).as("the task has just come").isTrue();
    fresh.holds(TASK, WORKFLOW);
    assertThat(fresh.delete(TASK).allowed()).as("the workflow has just gone").isTrue();
    assertThat(fresh.update(TASK, narrower()).allowed()).as("nobody is left to break").isTrue();
  }

  @Test
  void aRefusalStandsWhereNothingCanBeReadAnew() {
    TestReviews blind =
        new TestReviews(
            names -> {
              throw new IllegalStateException("no route to host");
            });

    assertThat(blind.create(WORKFLOW).reason()).isEqualTo("UnknownTaskRef");
  }

  @Test
  void whatIsNoResourceIsRefusedWithItsProblems() {
    ObjectNode noSpec = object(WORKFLOW);
    noSpec.put("spec", 7);

    Answer answer = reviews.send(review("CREATE", noSpec, null));

    assertThat(answer.allowed()).isFalse();
    assertThat(answer.message()).contains("InvalidResource");
  }
}
