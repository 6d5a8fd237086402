package dev.millrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.operator.OperatorMetrics;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reviews as an API server would send them, and what is answered. */
final class TestReviews {
  static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch-user }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        outputSchema: { type: object, required: [email], properties: { email: { type: string } } }
        http: { method: GET, url: "https://users.internal/{{input.id}}" }
      """;
  static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: greet }
      spec:
        inputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        tasks: [ { id: user, taskRef: fetch-user, input: { id: "{{input.id}}" } } ]
        output: { mail: "{{tasks.user.output.email}}" }
        route: { method: GET, path: "/greetings/{id}" }
      """;

  final DefinitionIndex index = new DefinitionIndex();
  private final Reviews reviews;

  TestReviews() {
    this(LiveDefinitions.NONE);
  }

  TestReviews(LiveDefinitions live) {
    reviews = new Reviews(index, live, new OperatorMetrics());
  }

  /** What an answer says. */
  record Answer(boolean allowed, String reason, String message, List<String> warnings) {}

  static ReadDefinition definition(String yaml, long since) {
    ReadResult read = ResourceReader.read("test.yaml", yaml, "shop");
    return ReadDefinition.of(read, since);
  }

  void holds(String... yaml) {
    for (String text : yaml) {
      index.put(definition(text, 0));
    }
  }

  static ObjectNode object(String yaml) {
    Resource resource = definition(yaml, 0).resource();
    ObjectNode object = (ObjectNode) resource.document().deepCopy();
    ((ObjectNode) object.get("metadata"))
        .put("namespace", "shop")
        .put("uid", "0a1b")
        .put("creationTimestamp", "2026-01-01T00:00:00Z")
        .set("managedFields", JsonNodeFactory.instance.arrayNode());
    return object;
  }

  static ObjectNode review(String operation, JsonNode object, JsonNode oldObject) {
    JsonNode given = object == null ? oldObject : object;
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
    ObjectNode request = review.putObject("request");
    request.put("uid", "e911857d-c318-11e8-bbad-025000000001");
    request
        .putObject("kind")
        .put("group", "millrace.dev")
        .put("version", "v1")
        .put("kind", given.path("kind").asString("Workflow"));
    request
        .put("name", given.at("/metadata/name").asString(""))
        .put("namespace", "shop")
        .put("operation", operation);
    request.set("object", object == null ? JsonNodeFactory.instance.nullNode() : object);
    request.set("oldObject", oldObject == null ? JsonNodeFactory.instance.nullNode() : oldObject);
    return review;
  }

  Answer create(String yaml) {
    return send(review("CREATE", object(yaml), null));
  }

  Answer update(String before, String after) {
    return send(review("UPDATE", object(after), object(before)));
  }

  Answer delete(String yaml) {
    return send(review("DELETE", null, object(yaml)));
  }

  Answer send(JsonNode review) {
    Buffer answer = reviews.answer(Json.toBuffer(review));
    return answer == null ? null : read(answer);
  }

  Answer sendText(String text) {
    Buffer answer = reviews.answer(Buffer.buffer(text));
    return answer == null ? null : read(answer);
  }

  private static Answer read(Buffer answer) {
    try {
      JsonNode review = Json.read(answer);
      assertThat(review.get("apiVersion").asString()).isEqualTo("admission.k8s.io/v1");
      assertThat(review.get("kind").asString()).isEqualTo("AdmissionReview");
      JsonNode response = review.get("response");
      assertThat(response.get("uid").asString()).isEqualTo("e911857d-c318-11e8-bbad-025000000001");
      List<String> warnings = new ArrayList<>();
      response.path("warnings").forEach(warning -> warnings.add(warning.asString()));
      return new Answer(
          response.get("allowed").asBoolean(),
          response.at("/status/reason").asString(""),
          response.at("/status/message").asString(""),
          warnings);
    } catch (InvalidJsonException e) {
      throw new AssertionError(e);
    }
  }
}
