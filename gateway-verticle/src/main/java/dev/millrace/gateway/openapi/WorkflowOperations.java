package dev.millrace.gateway.openapi;

import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.definition.RouteSpec;
import dev.millrace.engine.definition.Workflow;
import dev.millrace.engine.json.JsonPointers;
import dev.millrace.gateway.http.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes one served workflow: its schemas, its {@code execute} and {@code test}, and its route.
 * Made for one document, on one thread.
 */
final class WorkflowOperations {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String PLAIN =
      "#/$-._~!&'()*+,;=:@?0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<Map.Entry<String, String>> FAILURES =
      List.of(
          Map.entry("400", "BadRequest"),
          Map.entry("409", "Conflict"),
          Map.entry("413", "TooLarge"),
          Map.entry("415", "Unsupported"),
          Map.entry("422", "Unprocessable"),
          Map.entry("500", "Internal"),
          Map.entry("502", "Upstream"),
          Map.entry("503", "Busy"),
          Map.entry("504", "TimedOut"));

  private final Workflow workflow;
  private final JsonNode outputSchema;
  private final boolean namespaceIsDefault;
  private final String inputName;
  private final String outputName;

  WorkflowOperations(CatalogEntry entry, boolean namespaceIsDefault) {
    this.workflow = entry.plan().workflow();
    this.outputSchema = outputSchema(entry);
    this.namespaceIsDefault = namespaceIsDefault;
    this.inputName = workflow.name().name() + ".input";
    this.outputName = workflow.name().name() + ".output";
  }

  private static JsonNode outputSchema(CatalogEntry entry) {
    // What is inferred is known of the latest definition only, which may not be the served one.
    JsonNode schema =
        entry.ready() ? entry.report().outputSchema() : entry.plan().workflow().outputSchema();
    return schema == null ? BooleanNode.TRUE : schema;
  }

  /** Adds everything to the paths and schemas of a document. */
  void addTo(ObjectNode paths, ObjectNode schemas) {
    schemas.set(inputName, SchemaEmbedding.at(SCHEMAS + inputName, workflow.inputSchema()));
    schemas.set(outputName, SchemaEmbedding.at(SCHEMAS + outputName, outputSchema));
    String path = "/api/v1/workflows/" + workflow.name().name();
    paths.putObject(path + "/execute").set("post", execute());
    paths.putObject(path + "/test").set("post", test());
    if (workflow.route() != null && namespaceIsDefault) {
      addRoute(paths, workflow.route());
    }
  }

  private ObjectNode execute() {
    ObjectNode operation = operation("execute", "Executions", "Run " + workflow.name().name());
    ArrayNode parameters = parameters(operation);
    parameters.add(reference("parameters", "Detail"));
    parameters.add(reference("parameters", "Timeout"));
    parameters.add(reference("parameters", "Traceparent"));
    operation.set("requestBody", requestBody(true));
    ObjectNode result = NODES.objectNode();
    ArrayNode parts = result.putArray("allOf");
    parts.add(reference("schemas", "ExecutionResult"));
    parts
        .addObject()
        .put("type", "object")
        .putObject("properties")
        .set("output", reference("schemas", outputName));
    responses(operation, result, "The execution succeeded");
    addPaused(operation);
    return operation;
  }

  private ObjectNode test() {
    ObjectNode operation =
        operation("test", "Executions", "Plan an execution of " + workflow.name().name());
    parameters(operation);
    operation.set("requestBody", requestBody(false));
    responses(operation, reference("schemas", "DryRun"), "The plan");
    return operation;
  }

  private void addRoute(ObjectNode paths, RouteSpec route) {
    String method = route.method().name().toLowerCase(Locale.ROOT);
    ObjectNode operation = operation("run", "Routes", summary());
    ArrayNode parameters = operation.putArray("parameters");
    PathPattern pattern = PathPattern.parse(route.path());
    Set<String> inPath = new HashSet<>(pattern.names());
    for (String name : pattern.names()) {
      parameters.add(parameter("path", name, true));
    }
    boolean takesBody = route.method().takesBody();
    if (!takesBody) {
      addQueryParameters(parameters, inPath);
    }
    parameters.add(reference("parameters", "Timeout"));
    parameters.add(reference("parameters", "Traceparent"));
    if (takesBody) {
      operation.set("requestBody", routeBody(inPath));
    }
    responses(operation, reference("schemas", outputName), "The workflow's output");
    addPaused(operation);
    String path = "/run" + route.path();
    ObjectNode item = paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
    item.set(method, operation);
  }

  private void addQueryParameters(ArrayNode parameters, Set<String> inPath) {
    JsonNode properties = workflow.inputSchema().path("properties");
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!inPath.contains(property.getKey())) {
        parameters.add(parameter("query", property.getKey(), isRequired(property.getKey())));
      }
    }
  }

  private boolean isRequired(String name) {
    for (JsonNode required : workflow.inputSchema().path("required")) {
      if (required.asString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode parameter(String place, String name, boolean required) {
    ObjectNode parameter = NODES.objectNode();
    parameter.put("name", name);
    parameter.put("in", place);
    parameter.put("required", required);
    JsonNode property = workflow.inputSchema().path("properties").get(name);
    if (property == null) {
      parameter.putObject("schema").put("type", "string");
      return parameter;
    }
    JsonNode description = property.get("description");
    if (description != null && description.isString()) {
      parameter.set("description", description);
    }
    parameter.set("schema", property(name));
    return parameter;
  }

  /** Refers to a property of the input; what a URI does not allow in its name is encoded. */
  private ObjectNode property(String name) {
    String pointer = JsonPointers.child(SCHEMAS + inputName + "/properties", name);
    StringBuilder reference = new StringBuilder();
    for (byte unit : pointer.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      if (PLAIN.indexOf(character) >= 0) {
        reference.append(character);
      } else {
        reference.append('%').append(HEX.toHexDigits(unit));
      }
    }
    return NODES.objectNode().put("$ref", reference.toString());
  }

  /** The body of a route: the input without the members that come from the path. */
  private ObjectNode routeBody(Set<String> inPath) {
    if (inPath.isEmpty()) {
      return requestBody(true);
    }
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.put("description", "The input; members of the path and the query join it");
    ObjectNode members = schema.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (Map.Entry<String, JsonNode> property :
        workflow.inputSchema().path("properties").properties()) {
      if (!inPath.contains(property.getKey())) {
        members.set(property.getKey(), property(property.getKey()));
        if (isRequired(property.getKey())) {
          required.add(property.getKey());
        }
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    ObjectNode body = NODES.objectNode();
    body.putObject("content").putObject("application/json").set("schema", schema);
    return body;
  }

  private ObjectNode operation(String verb, String tag, String summary) {
    ObjectNode operation = NODES.objectNode();
    operation.put("operationId", verb + "." + workflow.name().name());
    operation.putArray("tags").add(tag);
    operation.put("summary", summary);
    if (!workflow.description().isEmpty()) {
      operation.put("description", workflow.description());
    }
    return operation;
  }

  private String summary() {
    return workflow.description().isEmpty()
        ? "Run " + workflow.name().name()
        : workflow.description();
  }

  private ArrayNode parameters(ObjectNode operation) {
    ArrayNode parameters = operation.putArray("parameters");
    if (!namespaceIsDefault) {
      ObjectNode namespace = parameters.addObject();
      namespace.put("name", "namespace").put("in", "query").put("required", true);
      namespace.putObject("schema").put("const", workflow.name().namespace());
    }
    return parameters;
  }

  private ObjectNode requestBody(boolean required) {
    ObjectNode body = NODES.objectNode();
    body.put("required", required && !workflow.inputSchema().path("required").isEmpty());
    ObjectNode content = body.putObject("content").putObject("application/json");
    content.set("schema", reference("schemas", inputName));
    Optional<JsonNode> example = SchemaExample.of(workflow.inputSchema());
    example.ifPresent(value -> content.set("example", value));
    return body;
  }

  private static void responses(ObjectNode operation, JsonNode schema, String description) {
    ObjectNode responses = operation.putObject("responses");
    ObjectNode success = responses.putObject("200").put("description", description);
    success.putObject("content").putObject("application/json").set("schema", schema);
    for (Map.Entry<String, String> failure : FAILURES) {
      responses.set(failure.getKey(), reference("responses", failure.getValue()));
    }
  }

  /** Who waits for an execution that somebody pauses is told where it is. */
  private static void addPaused(ObjectNode operation) {
    ((ObjectNode) operation.get("responses")).set("202", reference("responses", "Paused"));
  }

  private static ObjectNode reference(String kind, String name) {
    return NODES.objectNode().put("$ref", "#/components/" + kind + "/" + name);
  }
}
