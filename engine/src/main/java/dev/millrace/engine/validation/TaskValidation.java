package dev.millrace.engine.validation;

import dev.millrace.engine.definition.HttpSpec;
import dev.millrace.engine.definition.WorkflowTask;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.template.Template;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges one WorkflowTask: its schemas, its URL, and whether each template of its call always gives
 * a value that can stand where the template does; used once, on the validating thread.
 */
final class TaskValidation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INPUT_SCHEMA = "/spec/inputSchema";
  private static final String OUTPUT_SCHEMA = "/spec/outputSchema";
  private static final String URL = "/spec/http/url";
  private static final String QUERY = "/spec/http/query";
  private static final String HEADERS = "/spec/http/headers";
  private static final String BODY = "/spec/http/body";

  /** A header that is one template is left out where its value is null. */
  private static final SchemaView HEADER_VALUE = SchemaView.of(scalarOrNull());

  /** So is a query parameter; an array repeats it. */
  private static final SchemaView QUERY_VALUE = SchemaView.of(scalarsOrNull());

  private final WorkflowTask task;
  private final Schemas schemas;
  private final Findings findings;

  /** What templates are proved with; null where the input schema has problems. */
  private EdgeJudge edges;

  private TextJudge texts;

  TaskValidation(WorkflowTask task, Schemas schemas, Findings findings) {
    this.task = task;
    this.schemas = schemas;
    this.findings = findings;
  }

  /** Judges it, once; problems and edges go to the findings. */
  JudgedTask judge() {
    SchemaView input = SchemaReading.readInput(task.inputSchema(), INPUT_SCHEMA, schemas, findings);
    SchemaView output = SchemaReading.read(task.outputSchema(), OUTPUT_SCHEMA, schemas, findings);
    if (input != null) {
      Sources sources = new Sources(new Sources.Root("the task's input has", input), findings);
      edges = new EdgeJudge(schemas, sources, findings);
      texts = new TextJudge(schemas, sources, edges, findings);
    }
    url();
    query();
    headers();
    body();
    return new JudgedTask(task, input, output, findings.countErrors(), findings.firstErrorOrNull());
  }

  private HttpSpec http() {
    return task.http();
  }

  private void url() {
    Template url = TemplateReading.readInTask(JSON.stringNode(http().url()), URL, findings);
    UrlRules.check(url, URL, findings);
    if (edges == null) {
      return;
    }
    if (url instanceof Template.Value value) {
      texts.judgeHole(value.expression(), "a URL", URL);
    } else if (url instanceof Template.Text text) {
      UrlHoles.forEach(
          text.parts(),
          (expression, place) -> {
            switch (place) {
              case PATH -> texts.judgeHole(expression, "a path segment", URL);
              case QUERY_TEXT -> texts.judgeHole(expression, "a query parameter", URL);
              case QUERY_VALUE ->
                  edges.judge(expression, leftOut(QUERY_VALUE, "a query parameter"), URL);
            }
          });
    }
  }

  private void query() {
    http()
        .query()
        .forEach(
            (name, value) -> {
              String pointer = JsonPointers.child(QUERY, name);
              TemplateReading.refuse(JSON.stringNode(name), "a name", pointer, findings);
              Template template = TemplateReading.readInTask(value, pointer, findings);
              field(template, QUERY_VALUE, "the query parameter \"" + name + "\"", pointer);
            });
  }

  private void headers() {
    http()
        .headers()
        .forEach(
            (name, value) -> {
              String pointer = JsonPointers.child(HEADERS, name);
              Template template =
                  TemplateReading.readInTask(JSON.stringNode(value), pointer, findings);
              field(template, HEADER_VALUE, "the header " + name, pointer);
            });
  }

  private void field(Template template, SchemaView accepted, String label, String pointer) {
    if (edges == null) {
      return;
    }
    if (template instanceof Template.Value value) {
      edges.judge(value.expression(), leftOut(accepted, label), pointer);
    } else if (template instanceof Template.Text text) {
      texts.judgeHoles(text, label, pointer);
    }
  }

  private void body() {
    JsonNode body = http().body();
    if (body != null) {
      Template template = TemplateReading.readInTask(body, BODY, findings);
      if (edges != null) {
        AnyPlaces.judge(template, "the body", BODY, edges, texts);
      }
    }
  }

  private static Taker leftOut(SchemaView accepted, String label) {
    return new Taker(accepted, label, Taker.Absence.LEFT_OUT);
  }

  private static ObjectNode scalarOrNull() {
    ArrayNode types = JSON.arrayNode().add("string").add("number").add("boolean").add("null");
    ObjectNode schema = JSON.objectNode();
    schema.set("type", types);
    return schema;
  }

  private static ObjectNode scalarsOrNull() {
    ObjectNode array = JSON.objectNode().put("type", "array");
    array.set("items", scalarOrNull());
    ObjectNode schema = JSON.objectNode();
    schema.set("anyOf", JSON.arrayNode().add(scalarOrNull()).add(array));
    return schema;
  }
}
