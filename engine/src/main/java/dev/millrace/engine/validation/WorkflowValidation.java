package dev.millrace.engine.validation;

import dev.millrace.engine.definition.TaskStep;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Judges one Workflow together with the tasks it names; used once, on the validating thread.
 *
 * <p>Names first (schemas, templates, references, cycles), then types: what each task is given and
 * what the workflow yields.
 */
final class WorkflowValidation {
  private static final String INPUT_SCHEMA = "/spec/inputSchema";
  private static final String OUTPUT_SCHEMA = "/spec/outputSchema";
  private static final String OUTPUT = "/spec/output";

  private final Workflow workflow;
  private final TaskIndex tasks;
  private final RouteRules routes;
  private final Schemas schemas;
  private final Findings findings;
  private final StepPlaces places;

  WorkflowValidation(
      Workflow workflow, TaskIndex tasks, RouteRules routes, Schemas schemas, Findings findings) {
    this.workflow = workflow;
    this.tasks = tasks;
    this.routes = routes;
    this.schemas = schemas;
    this.findings = findings;
    this.places = new StepPlaces(workflow);
  }

  /** Judges it, once; answers the schema of its output. */
  JsonNode judge() {
    SchemaView input =
        SchemaReading.readInput(workflow.inputSchema(), INPUT_SCHEMA, schemas, findings);
    SchemaView declaredOutput =
        workflow.outputSchema() == null
            ? null
            : SchemaReading.read(workflow.outputSchema(), OUTPUT_SCHEMA, schemas, findings);
    List<TaskStep> steps = workflow.tasks();
    List<Template> inputs = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      inputs.add(TemplateReading.read(steps.get(i).input(), places.of(i, "input"), findings));
    }
    Template output = TemplateReading.read(workflow.output(), OUTPUT, findings);
    new GraphValidation(steps, places, findings).check(inputs, output);

    Sources sources = new Sources(new Sources.Root("the workflow's input has", input), findings);
    EdgeJudge edges = new EdgeJudge(schemas, sources, findings);
    List<JudgedTask> named = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      JudgedTask task = taskOf(i);
      named.add(task);
      sources.addOutput(
          steps.get(i).id(),
          new Sources.Root(
              steps.get(i).taskRef() + " yields", task == null ? null : task.output()));
    }
    Set<String> offered = input == null ? Set.of() : namesOf(input);
    for (int i = 0; i < steps.size(); i++) {
      step(i, named.get(i), inputs.get(i), sources, edges, offered);
    }
    if (workflow.route() != null) {
      routes.check(workflow.route(), input, findings);
    }
    return output(output, declaredOutput, sources, edges);
  }

  private JudgedTask taskOf(int step) {
    String name = workflow.tasks().get(step).taskRef();
    String pointer = places.of(step, "taskRef");
    if (name.contains("{{")) {
      findings.error(
          ProblemCode.InvalidTemplate,
          pointer,
          "A template may not stand in taskRef",
          "Write the name of a WorkflowTask: which task is called is fixed when it is defined.");
      return null;
    }
    JudgedTask task = tasks.find(workflow.name().namespace(), name);
    if (task == null) {
      if (!findings.misread(pointer)) {
        tasks.reportUnknown(workflow.name().namespace(), name, pointer, findings);
      }
    } else if (task.errors() > 0) {
      findings.error(
          ProblemCode.InvalidResource,
          pointer,
          "The task \""
              + name
              + "\" cannot be used, because it has "
              + (task.errors() == 1 ? "an error" : task.errors() + " errors")
              + " itself: "
              + task.firstError(),
          "Mend " + task.task().name() + " first.");
    }
    return task;
  }

  private void step(
      int number,
      JudgedTask task,
      Template input,
      Sources sources,
      EdgeJudge edges,
      Set<String> offered) {
    TaskStep step = workflow.tasks().get(number);
    JsonNode instead = step.continueWith();
    String pointer = places.of(number, "onError") + "/continueWith";
    if (instead != null) {
      TemplateReading.refuse(instead, "continueWith, which is a literal", pointer, findings);
    }
    if (instead != null && task != null && task.output() != null) {
      String label = "the outputSchema of " + step.taskRef();
      Taker taker = new Taker(task.output(), label, Taker.Absence.FORBIDDEN);
      edges.judgeLiteral(instead, taker, pointer);
    }
    if (task != null && task.input() != null) {
      structure(StructureJudge.Kind.TASK_INPUT, step.taskRef(), sources, edges, offered)
          .judge(input, task.input(), places.of(number, "input"));
    }
  }

  private JsonNode output(Template output, SchemaView declared, Sources sources, EdgeJudge edges) {
    if (workflow.outputSchema() == null) {
      TextJudge texts = new TextJudge(schemas, sources, edges, findings);
      AnyPlaces.judge(output, "the output", OUTPUT, edges, texts);
      return RenderedShape.of(output, OUTPUT, sources, edges, schemas);
    }
    if (declared != null) {
      structure(StructureJudge.Kind.WORKFLOW_OUTPUT, "the outputSchema", sources, edges, Set.of())
          .judge(output, declared, OUTPUT);
    }
    return workflow.outputSchema();
  }

  private StructureJudge structure(
      StructureJudge.Kind kind,
      String owner,
      Sources sources,
      EdgeJudge edges,
      Set<String> offered) {
    return new StructureJudge(kind, owner, schemas, sources, edges, findings, offered);
  }

  private static Set<String> namesOf(SchemaView input) {
    return Set.copyOf(input.node().path("properties").propertyNames());
  }
}
