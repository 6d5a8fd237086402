package dev.millrace.engine.journal;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.SecretDefinitions;
import dev.millrace.engine.plan.TestDefinitions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Decides what of an execution is recorded. */
class FactPayloadsTest {
  private static final ExecutionPlan PLAN = SecretDefinitions.plan();
  private static final JsonNode INPUT = json("{'user':'ada','password':'p'}");

  @ParameterizedTest
  @EnumSource(PayloadRetention.class)
  void neverRecordsHeaders(PayloadRetention retention) {
    FactPayloads payloads = FactPayloads.of(PLAN, retention);
    Fact.TaskEnded created = payloads.running(created());
    assertThat(created.output())
        .isEqualTo(json("{'status':201,'headers':{'location':'***'},'body':{'id':'1'}}"));
    assertThat(payloads.ended(ended(), INPUT).toString()).doesNotContain("/things/1");
  }

  @Test
  void keepsEverythingElseInFull() {
    FactPayloads payloads = FactPayloads.of(PLAN, PayloadRetention.Full);
    assertThat(payloads.running(loggedIn())).isEqualTo(loggedIn());
    assertThat(payloads.ended(loggedIn())).isNull();
    assertThat(payloads.ended(created())).isNull();
    assertThat(payloads.ended(ended(), INPUT).input()).isNull();
  }

  @Test
  void keepsWhatIsSensitiveUntilTheEnd() {
    FactPayloads payloads = FactPayloads.of(PLAN, PayloadRetention.Masked);
    Fact.TaskEnded running = payloads.running(loggedIn());
    assertThat(running.input()).isEqualTo(json("{'user':'ada','password':'***'}"));
    assertThat(running.output()).isEqualTo(loggedIn().output());
    assertThat(payloads.ended(loggedIn()).output()).isEqualTo(json("{'token':'***','level':3}"));
    assertThat(payloads.ended(created())).isNull();
    assertThat(payloads.ended(ended(), INPUT).input())
        .isEqualTo(json("{'user':'ada','password':'***'}"));
  }

  @Test
  void keepsNothingFromTheEndOn() {
    FactPayloads payloads = FactPayloads.of(PLAN, PayloadRetention.None);
    assertThat(payloads.isUntouched()).isFalse();
    assertThat(payloads.running(loggedIn()).input()).isEqualTo(json("'***'"));
    assertThat(payloads.running(loggedIn()).output()).isEqualTo(loggedIn().output());
    assertThat(payloads.ended(loggedIn()).output()).isEqualTo(json("'***'"));
    assertThat(payloads.ended(created()).output()).isEqualTo(json("'***'"));
    Fact.ExecutionEnded end = payloads.ended(ended(), INPUT);
    assertThat(end.input()).isEqualTo(json("'***'"));
    assertThat(end.output()).isEqualTo(json("'***'"));
  }

  @Test
  void leavesPlansWithoutSecretsAlone() {
    ExecutionPlan plan = TestDefinitions.workflow().get("log-in", "{}").plan();
    for (PayloadRetention retention : List.of(PayloadRetention.Full, PayloadRetention.Masked)) {
      FactPayloads payloads =
          new RetainingJournal(new InMemoryJournal(1, 1), retention).payloads(plan);
      assertThat(payloads.isUntouched()).isTrue();
      assertThat(payloads.running(loggedIn())).isSameAs(loggedIn());
      Fact.ExecutionEnded end = ended();
      assertThat(payloads.ended(end, INPUT)).isSameAs(end);
    }
  }

  @Test
  void keepsWhatADefinitionContinuesWith() {
    Fact.TaskEnded task = created();
    Fact.TaskEnded continued =
        new Fact.TaskEnded(
            task.executionId(),
            1,
            "create",
            "create",
            TaskStatus.Failed,
            task.input(),
            task.output(),
            null,
            true,
            List.of(),
            1,
            1,
            2);
    assertThat(FactPayloads.of(PLAN, PayloadRetention.Full).running(continued))
        .isEqualTo(continued);
  }

  @Test
  void replacesWhatWasRecorded() {
    InMemoryJournal memory = new InMemoryJournal(10, 1_000_000);
    RetainingJournal journal = new RetainingJournal(memory, PayloadRetention.Masked);
    FactPayloads payloads = journal.payloads(PLAN);
    journal.append(
        new Fact.ExecutionStarted(
            "e", "default", "secretive", "sha256:v", PLAN.durability(), INPUT, 1, 2));
    journal.append(payloads.running(loggedIn()));
    assertThat(memory.find("e").result().orElseThrow().input()).isEqualTo(INPUT);
    journal.append(payloads.ended(loggedIn()));
    journal.append(payloads.ended(ended(), INPUT));
    journal.hurry();
    assertThat(journal.flush().succeeded()).isTrue();
    assertThat(journal.hasRoom()).isTrue();
    ExecutionRecord record = memory.find("e").result().orElseThrow();
    assertThat(record.input()).isEqualTo(json("{'user':'ada','password':'***'}"));
    assertThat(record.tasks().get(0).output()).isEqualTo(json("{'token':'***','level':3}"));
  }

  @Test
  void tellsWhatCannotGoOnFromTheRecord() {
    assertThat(UnrecordedHeaders.reader(PLAN, record(List.of(TaskRecord.of(loggedIn()))))).isNull();
    assertThat(
            UnrecordedHeaders.reader(
                PLAN, record(List.of(TaskRecord.of(loggedIn()), TaskRecord.of(created())))))
        .isEqualTo("{{tasks.create.output.headers.location ?? \"\"}}");
    assertThat(
            UnrecordedHeaders.reader(
                TestDefinitions.workflow().get("log-in", "{}").plan(), record(List.of())))
        .isNull();
  }

  private static ExecutionRecord record(List<TaskRecord> tasks) {
    return new ExecutionRecord(
        new ExecutionSummary("e", "default", "secretive", "sha256:v", ExecutionStatus.Paused, 1, 0),
        "sha256:p",
        PLAN.durability(),
        INPUT,
        null,
        null,
        2,
        tasks);
  }

  private static final Fact.TaskEnded LOGGED_IN =
      task(0, "log-in", "{'user':'ada','password':'p'}", "{'token':'t','level':3}");

  private static Fact.TaskEnded loggedIn() {
    return LOGGED_IN;
  }

  private static Fact.TaskEnded created() {
    return task(
        1,
        "create",
        "{'authorization':'Bearer t'}",
        "{'status':201,'headers':{'location':'/things/1'},'body':{'id':'1'}}");
  }

  private static Fact.TaskEnded task(int slot, String id, String input, String output) {
    return new Fact.TaskEnded(
        "e",
        slot,
        id,
        id,
        TaskStatus.Succeeded,
        json(input),
        json(output),
        null,
        false,
        List.of(),
        1,
        1,
        2);
  }

  private static Fact.ExecutionEnded ended() {
    return new Fact.ExecutionEnded(
        "e", ExecutionStatus.Succeeded, json("{'id':'1','place':'/things/1'}"), null, 3);
  }
}
