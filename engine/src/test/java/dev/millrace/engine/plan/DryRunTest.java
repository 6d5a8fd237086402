package dev.millrace.engine.plan;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.HttpMethodName;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.task.CompiledTask;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.engine.validation.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DryRunTest {
  private static ObjectNode run(
      TestDefinitions definitions,
      List<Problem> problems,
      List<Edge> edges,
      String input,
      Estimates estimates) {
    Workflow workflow = definitions.definition();
    return DryRun.of(
        workflow,
        new ResourceReport(workflow, problems, edges, null),
        definitions::compiled,
        json(input),
        estimates);
  }

  private static ObjectNode run(TestDefinitions definitions, String input) {
    return run(definitions, List.of(), List.of(), input, Estimates.NONE);
  }

  private static TestDefinitions chain() {
    return TestDefinitions.workflow()
        .task(
            TestDefinitions.taskDefinition(
                "fetch-user", HttpMethodName.GET, "http://users.internal/v1/{{input.id}}"))
        .step("user", "fetch-user", "{'id':'{{input.userId}}'}")
        .step("orders", "fetch-user", "{'id':'{{tasks.user.output.id}}','n':'{{input.n ?? 5}}'}")
        .post("audit", "{'text':'for {{input.userId}} and {{tasks.user.output.id}}'}", "orders")
        .output("'{{tasks.orders.output.x}}'");
  }

  @Test
  void tellsOrderLevelsAndNodes() {
    ObjectNode plan = run(chain(), "{'userId':'a b'}");

    assertThat(plan.get("workflow")).isEqualTo(json("'flow'"));
    assertThat(plan.get("version")).isEqualTo(json("'sha256:flow'"));
    assertThat(plan.get("valid")).isEqualTo(json("true"));
    assertThat(plan.get("input")).isEqualTo(json("{'valid':true,'errors':[]}"));
    assertThat(plan.get("order")).isEqualTo(json("['user','orders','audit']"));
    assertThat(plan.get("levels")).isEqualTo(json("[['user'],['orders'],['audit']]"));
    assertThat(plan.get("nodes").get(2))
        .isEqualTo(
            json("{'id':'audit','taskRef':'ref-audit','level':2,'dependsOn':['user','orders']}"));
  }

  @Test
  void resolvesWhatTheInputGivesAndShowsTheRestAsWritten() {
    ObjectNode plan = run(chain(), "{'userId':'a b'}");

    var user = plan.get("tasks").get(0);
    assertThat(user.get("input")).isEqualTo(json("{'id':'a b'}"));
    assertThat(user.get("request").get("method")).isEqualTo(json("'GET'"));
    assertThat(user.get("request").get("url")).isEqualTo(json("'http://users.internal/v1/a%20b'"));
    assertThat(user.get("unresolved")).isEqualTo(json("[]"));
    assertThat(user.get("estimate")).isEqualTo(json("{'p50Ms':null,'p95Ms':null,'samples':0}"));
    var orders = plan.get("tasks").get(1);
    assertThat(orders.get("input")).isEqualTo(json("{'id':'{{tasks.user.output.id}}','n':5}"));
    assertThat(orders.get("unresolved")).isEqualTo(json("['{{tasks.user.output.id}}']"));
    assertThat(orders.get("request").get("url").stringValue()).contains("{{tasks.user.output.id}}");
    var audit = plan.get("tasks").get(2);
    assertThat(audit.get("request").get("body"))
        .isEqualTo(json("{'text':'for a b and {{tasks.user.output.id}}'}"));
  }

  @Test
  void drawsEdgesWithTheirVerdicts() {
    var name = chain().definition().name();
    ObjectNode plan =
        run(
            chain(),
            List.of(),
            List.of(
                new Edge(name, "input.userId", "/spec/tasks/0/input/id", Verdict.PROVED, null),
                new Edge(
                    name, "tasks.user.output.id", "/spec/tasks/1/input/id", Verdict.UNPROVED, null),
                new Edge(name, "tasks.orders.output", "/spec/output", Verdict.PROVED, null)),
            "{}",
            Estimates.NONE);

    assertThat(plan.get("edges"))
        .isEqualTo(
            json(
                "[{'from':'$input','to':'user','kind':'data','path':'/spec/tasks/0/input/id',"
                    + "'verdict':'proved'},"
                    + "{'from':'user','to':'orders','kind':'data',"
                    + "'path':'/spec/tasks/1/input/id','verdict':'unproved'},"
                    + "{'from':'orders','to':'$output','kind':'data','path':'/spec/output',"
                    + "'verdict':'proved'},"
                    + "{'from':'orders','to':'audit','kind':'order',"
                    + "'path':'/spec/tasks/2/dependsOn/0','verdict':null}]"));
  }

  @Test
  void tellsOfAnInputThatDoesNotMatch() {
    ObjectNode plan = run(chain().inputSchema("{'required':['userId']}"), "{}");

    assertThat(plan.get("input").get("valid")).isEqualTo(json("false"));
    assertThat(plan.get("input").get("errors").get(0).get("keyword")).isEqualTo(json("'required'"));
    assertThat(plan.get("tasks").get(0).get("input")).isEqualTo(json("{}"));
  }

  @Test
  void showsAWorkflowThatIsNotReadyAsFarAsItGoes() {
    TestDefinitions broken =
        TestDefinitions.workflow()
            .inputSchema("{'type':'nonsense'}")
            .step("alone", "no-such-task", "{'list':['{{input.a}}','{{tasks.gone.output}}']}")
            .get("a", "{'x':'{{tasks.b.output}}','bad':'{{oops'}")
            .get("b", "{'x':'{{tasks.a.output}}'}", "nobody");
    Problem cycle =
        new Problem(
            ProblemCode.CircularDependency,
            Severity.ERROR,
            "Workflow/default/flow",
            "/spec/tasks",
            null,
            "a -> b -> a",
            null);

    ObjectNode plan = run(broken, List.of(cycle), List.of(), "{}", Estimates.NONE);

    assertThat(plan.get("valid")).isEqualTo(json("false"));
    assertThat(plan.get("problems")).hasSize(1);
    assertThat(plan.get("input").get("valid")).isEqualTo(json("false"));
    assertThat(plan.get("order")).isEqualTo(json("['alone']"));
    assertThat(plan.get("nodes").get(1).get("level")).isEqualTo(json("null"));
    assertThat(plan.get("tasks").get(0).get("request")).isEqualTo(json("null"));
    assertThat(plan.get("tasks").get(0).get("input"))
        .isEqualTo(json("{'list':[null,'{{tasks.gone.output}}']}"));
    assertThat(plan.get("tasks").get(1).get("input").get("bad")).isEqualTo(json("'{{oops'"));
    assertThat(plan.get("edges")).isEmpty();
  }

  @Test
  void showsATextThatTheInputDoesNotFillAsWritten() {
    ObjectNode plan = run(TestDefinitions.workflow().get("a", "{'t':'x-{{input.o}}'}"), "{'o':{}}");

    assertThat(plan.get("tasks").get(0).get("input")).isEqualTo(json("{'t':'x-{{input.o}}'}"));
    assertThat(plan.get("tasks").get(0).get("unresolved")).isEqualTo(json("['{{input.o}}']"));
  }

  @Test
  void estimatesTheSlowestChain() {
    Estimates history =
        task -> new Estimates.TaskEstimate(task.equals("slow") ? 100.0 : 1.0, 200.0, 7);

    ObjectNode plan =
        run(
            TestDefinitions.workflow()
                .get("start", "{}")
                .get("quick", "{}", "start")
                .get("slow", "{}", "start"),
            List.of(),
            List.of(),
            "{}",
            history);

    assertThat(TestDefinitions.reread(plan.get("estimate")))
        .isEqualTo(json("{'criticalPath':['start','slow'],'p50Ms':101.0,'p95Ms':400.0}"));
    assertThat(TestDefinitions.reread(plan.get("tasks").get(2).get("estimate")))
        .isEqualTo(json("{'p50Ms':100.0,'p95Ms':200.0,'samples':7}"));
  }

  @Test
  void withoutHistoryTheLongestChainIsCritical() {
    ObjectNode plan = run(chain(), "{}");

    assertThat(plan.get("estimate"))
        .isEqualTo(json("{'criticalPath':['user','orders','audit'],'p50Ms':null,'p95Ms':null}"));
  }

  @Test
  void masksWhatIsSensitive() {
    ExecutionPlan plan = SecretDefinitions.plan();
    Map<String, CompiledTask> tasks = new HashMap<>();
    for (int slot = 0; slot < plan.taskCount(); slot++) {
      tasks.put(plan.task(slot).taskRef(), plan.task(slot).task());
    }
    ObjectNode answer =
        DryRun.of(
            plan.workflow(),
            new ResourceReport(plan.workflow(), List.of(), List.of(), json("{}")),
            tasks::get,
            json("{'user':'ada','password':'geheim'}"),
            Estimates.NONE);

    assertThat(answer.toString()).doesNotContain("geheim");
    assertThat(answer.get("tasks").get(0).get("request").get("body"))
        .isEqualTo(json("{'user':'ada','password':'***'}"));
    assertThat(answer.get("tasks").get(1).get("input").get("note")).isEqualTo(json("'none'"));
  }
}
