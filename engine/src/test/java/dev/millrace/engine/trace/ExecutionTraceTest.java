package dev.millrace.engine.trace;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.Durability;
import dev.millrace.engine.journal.AttemptRecord;
import dev.millrace.engine.journal.ExecutionRecord;
import dev.millrace.engine.journal.ExecutionStatus;
import dev.millrace.engine.journal.ExecutionSummary;
import dev.millrace.engine.journal.TaskRecord;
import dev.millrace.engine.journal.TaskStatus;
import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.SecretDefinitions;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import dev.millrace.engine.task.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Explains recorded executions: a diamond of tasks, a before b and c, both before d. */
class ExecutionTraceTest {
  private static final ExecutionPlan DIAMOND =
      TestDefinitions.workflow()
          .get("a", "{'x':'{{input.n}}'}")
          .get("b", "{'x':'{{tasks.a.output.v}}'}")
          .optional("c", "{'x':'{{tasks.a.output.v}}'}", "{'v':0}")
          .get("d", "{'x':'{{tasks.b.output.v}}-{{tasks.c.output.v ?? 7}}'}")
          .output("{'r':'{{tasks.d.output.v}}'}")
          .plan();

  /**
   * Each task as {@code id status queued-started-ended}, microseconds after the start; a plus
   * continues. Expected: the status, what blocked each task and the critical path.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Succeeded   | a S 1-1-10, b S 10-10-30, c S 10-12-20, d S 30-30-40  | a b d | a=S[] b=S[a] c=S[a] d=S[b c]
          Succeeded   | a S 1-1-10, b S 10-10-15, c S 10-10-20, d S 20-20-40  | a c d | a=S[] b=S[a] c=S[a] d=S[c b]
          Succeeded   | a S 1-1-10, b S 10-10-15, c F+ 10-10-20, d S 20-20-40 | a c d | a=S[] b=S[a] c=F[a] d=S[c b]
          Failed      | a S 1-1-10, b F 10-10-15, c C 10-11-15, d K 0-0-15    | a b   | a=S[] b=F[a] c=C[a] d=K[b c]
          TimedOut    | a S 1-1-10, b C 10-10-90, c S 10-10-15, d K 0-0-90    | a b   | a=S[] b=C[a] c=S[a] d=K[b c]
          Cancelled   | a K 1-0-5, b K 0-0-5, c K 0-0-5, d K 0-0-5            |       | a=K[] b=K[a] c=K[a] d=K[b c]
          Running     | a S 1-1-10, c S 10-10-20                              | a c   | a=S[] b=R[a] c=S[a] d=P[b c]
          Running     |                                                       |       | a=R[] b=P[a] c=P[a] d=P[b c]
          Paused      | a S 1-1-10                                            | a     | a=S[] b=P[a] c=P[a] d=P[b c]
          Interrupted | a S 1-1-10                                            | a     | a=S[] b=C[a] c=C[a] d=K[b c]
          """)
  void tellsWhatHeldUpWhat(
      ExecutionStatus status, String tasks, String criticalPath, String expected) {
    ExecutionTrace trace = ExecutionTrace.of(record(status, tasks), DIAMOND);
    assertThat(String.join(" ", trace.criticalPath()))
        .isEqualTo(criticalPath == null ? "" : criticalPath);
    assertThat(
            trace.tasks().stream()
                .map(t -> t.id() + "=" + letter(t.status()) + String.join(" ", t.blockedBy()))
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected.replace("[", "").replace("]", ""));
  }

  @Test
  void tellsTimesLevelsAndOverlaps() {
    ExecutionTrace trace =
        ExecutionTrace.of(
            record(
                ExecutionStatus.Succeeded, "a S 1-1-10, b S 10-10-30, c S 10-12-20, d S 30-35-40"),
            DIAMOND);
    assertThat(trace.planKnown()).isTrue();
    assertThat(trace.tasks()).extracting(TaskTrace::level).containsExactly(0, 1, 1, 2);
    assertThat(trace.tasks()).extracting(TaskTrace::waitMicros).containsExactly(0L, 0L, 2L, 5L);
    assertThat(trace.tasks())
        .extracting(TaskTrace::durationMicros)
        .containsExactly(9L, 20L, 8L, 5L);
    assertThat(trace.tasks())
        .extracting(TaskTrace::concurrentWith)
        .containsExactly(List.of(), List.of("c"), List.of("b"), List.of());
    assertThat(trace.tasks().get(0).attempts()).hasSize(1);
  }

  @Test
  void tellsTemplatesBeforeAndAfter() {
    ExecutionTrace trace =
        ExecutionTrace.of(
            record(
                ExecutionStatus.Succeeded, "a S 1-1-10, b S 10-10-30, c S 10-12-20, d S 30-30-40"),
            DIAMOND);
    assertThat(trace.tasks().get(0).templates())
        .containsExactly(template("/spec/tasks/0/input/x", "{{input.n}}", "5"));
    assertThat(trace.tasks().get(3).templates())
        .containsExactly(
            template("/spec/tasks/3/input/x", "{{tasks.b.output.v}}", "'b'"),
            template("/spec/tasks/3/input/x", "{{tasks.c.output.v ?? 7}}", "'c'"));
    assertThat(trace.output())
        .containsExactly(template("/spec/output/r", "{{tasks.d.output.v}}", "'d'"));
  }

  @Test
  void takesNoDefaultForWhatIsYetToCome() {
    ExecutionTrace trace =
        ExecutionTrace.of(record(ExecutionStatus.Running, "a S 1-1-10"), DIAMOND);
    assertThat(trace.tasks().get(3).templates())
        .containsExactly(
            template("/spec/tasks/3/input/x", "{{tasks.b.output.v}}", null),
            template("/spec/tasks/3/input/x", "{{tasks.c.output.v ?? 7}}", null));
    assertThat(trace.tasks().get(1).queuedAt()).isEqualTo(1_000_010);
    assertThat(trace.tasks().get(1).waitMicros()).isEqualTo(-1);
    assertThat(trace.tasks().get(1).durationMicros()).isEqualTo(-1);
  }

  @Test
  void tellsTimesAloneWithoutThePlan() {
    ExecutionTrace trace =
        ExecutionTrace.of(
            record(ExecutionStatus.Failed, "a S 1-1-10, b F 10-10-15, c C 10-11-15, d K 0-0-15"),
            null);
    assertThat(trace.planKnown()).isFalse();
    assertThat(trace.criticalPath()).isEmpty();
    assertThat(trace.output()).isEmpty();
    assertThat(trace.tasks()).extracting(TaskTrace::id).containsExactly("a", "b", "c", "d");
    assertThat(trace.tasks()).extracting(TaskTrace::level).containsOnly(-1);
    assertThat(trace.tasks().get(1).concurrentWith()).containsExactly("c");
    assertThat(trace.tasks().get(3).concurrentWith()).isEmpty();
    assertThat(trace.tasks().get(1).templates()).isEmpty();
  }

  @Test
  void masksWhatIsSensitive() {
    ExecutionTrace trace =
        ExecutionTrace.of(
            record(
                ExecutionStatus.Succeeded,
                json("{'user':'ada','password':'geheim'}"),
                List.of(
                    task(
                        "log-in S 1-1-10",
                        json("{'user':'ada','password':'geheim'}"),
                        "{'token':'geheim','level':3}"),
                    task(
                        "create S 10-10-20",
                        json(
                            "{'authorization':'Bearer geheim','note':'none','all':[{'user':'ada','password':'geheim'},3]}"),
                        "{'status':201,'headers':{'location':'geheim'},'body':{'id':'1'}}"))),
            SecretDefinitions.plan());
    assertThat(trace.toString()).doesNotContain("geheim");
    assertThat(trace.tasks().get(1).templates())
        .contains(
            template("/spec/tasks/1/input/authorization", "{{tasks.log-in.output.token}}", "'***'"),
            template("/spec/tasks/1/input/note", "{{input.note ?? \"none\"}}", "'none'"),
            template("/spec/tasks/1/input/all/1", "{{tasks.log-in.output.level ?? 0}}", "3"),
            template("/spec/http/headers/Authorization", "{{input.authorization}}", "'***'"),
            template("/spec/http/body/note", "{{input.note ?? null}}", "'none'"));
    assertThat(trace.output())
        .contains(template("/spec/output/id", "{{tasks.create.output.body.id}}", "'1'"));
  }

  @Test
  void showsNoMoreValuesThanThereIsRoomFor() {
    String text = "x".repeat(TemplateValues.MAX_CHARACTERS / 2);
    ExecutionPlan plan =
        TestDefinitions.workflow()
            .get("a", "{'x':'{{input.n}}','y':['{{input}}'],'z':'{{input.m ?? input.n}}'}")
            .output("'{{input.m ?? 1}}'")
            .plan();
    ExecutionTrace trace =
        ExecutionTrace.of(
            record(ExecutionStatus.Running, json("{'n':'" + text + "'}"), List.of()), plan);
    assertThat(trace.tasks().get(0).templates())
        .extracting(ResolvedTemplate::omitted)
        .containsExactly(false, true, true);
    assertThat(trace.output()).containsExactly(template("/spec/output", "{{input.m ?? 1}}", "1"));
  }

  @Test
  void takesWhatWasInAMaskedValueForMasked() {
    ExecutionPlan plan =
        TestDefinitions.workflow()
            .inputSchema("{'properties':{'k':{'writeOnly':true}}}")
            .get("a", "{'x':'{{input.k.name[0] ?? 1}}'}")
            .plan();
    ExecutionTrace trace =
        ExecutionTrace.of(record(ExecutionStatus.Running, json("{'k':'***'}"), List.of()), plan);
    assertThat(trace.tasks().get(0).templates())
        .containsExactly(template("/spec/tasks/0/input/x", "{{input.k.name[0] ?? 1}}", "'***'"));
  }

  private static ResolvedTemplate template(String path, String template, String value) {
    return new ResolvedTemplate(path, template, value == null ? null : json(value), false);
  }

  private static String letter(TaskStatus status) {
    return status == TaskStatus.Skipped ? "K" : status.name().substring(0, 1);
  }

  private static ExecutionRecord record(ExecutionStatus status, String tasks) {
    List<TaskRecord> records = new ArrayList<>();
    if (tasks != null) {
      for (String task : tasks.split(", *", -1)) {
        String id = task.substring(0, 1);
        records.add(task(task, json("{'x':1}"), "{'v':'" + id + "'}"));
      }
    }
    return record(status, json("{'n':5}"), records);
  }

  private static ExecutionRecord record(
      ExecutionStatus status, JsonNode input, List<TaskRecord> tasks) {
    UnaryOperator<Failure> inTask = failure -> failure;
    for (TaskRecord task : tasks) {
      if (task.status() == TaskStatus.Failed && !task.continued()) {
        inTask = failure -> failure.inTask(task.taskId(), task.taskRef(), 1, 500);
      }
    }
    Failure failure = Failure.of(ErrorCode.UpstreamStatus, "broken");
    boolean failed = status == ExecutionStatus.Failed || status == ExecutionStatus.TimedOut;
    boolean ended = status != ExecutionStatus.Running && status != ExecutionStatus.Paused;
    return new ExecutionRecord(
        new ExecutionSummary(
            "0199aaaa-0000-7000-8000-000000000001",
            "default",
            "flow",
            "sha256:flow",
            status,
            1_000_000,
            ended ? 1_000_100 : 0),
        "sha256:plan",
        Durability.Durable,
        input,
        status == ExecutionStatus.Succeeded ? json("{'r':1}") : null,
        failed ? inTask.apply(failure) : null,
        31_000_000,
        tasks);
  }

  private static TaskRecord task(String text, JsonNode input, String output) {
    String[] parts = text.split(" ", -1);
    String[] times = parts[2].split("-", -1);
    TaskStatus status =
        switch (parts[1].charAt(0)) {
          case 'S' -> TaskStatus.Succeeded;
          case 'F' -> TaskStatus.Failed;
          case 'C' -> TaskStatus.Cancelled;
          default -> TaskStatus.Skipped;
        };
    boolean continued = parts[1].endsWith("+");
    boolean ran = status != TaskStatus.Skipped;
    return new TaskRecord(
        0,
        parts[0],
        "ref-" + parts[0],
        status,
        ran ? input : null,
        status == TaskStatus.Succeeded || continued ? json(output) : null,
        null,
        continued,
        ran
            ? List.of(new AttemptRecord(1, 1_000_000, 5_000, AttemptOutcome.SUCCEEDED, 200))
            : List.of(),
        time(times[0]),
        time(times[1]),
        time(times[2]));
  }

  private static long time(String micros) {
    return micros.equals("0") ? 0 : 1_000_000 + Long.parseLong(micros);
  }
}
