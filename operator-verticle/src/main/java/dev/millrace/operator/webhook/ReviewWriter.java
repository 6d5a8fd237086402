package dev.millrace.operator.webhook;

import dev.millrace.engine.json.Json;
import io.vertx.core.buffer.Buffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes an AdmissionReview with its answer; stateless, usable on any thread. */
final class ReviewWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int UNPROCESSABLE = 422;

  private ReviewWriter() {}

  static Buffer write(AdmissionResponse response) {
    ObjectNode answer = JSON.objectNode();
    answer.put("uid", response.uid());
    answer.put("allowed", response.allowed());
    if (!response.allowed()) {
      answer.set(
          "status",
          JSON.objectNode()
              .put("code", UNPROCESSABLE)
              .put("reason", response.reason())
              .put("message", response.message()));
    }
    if (!response.warnings().isEmpty()) {
      ArrayNode warnings = JSON.arrayNode();
      response.warnings().forEach(warnings::add);
      answer.set("warnings", warnings);
    }
    ObjectNode review = JSON.objectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    review.set("response", answer);
    return Json.toBuffer(review);
  }
}
