package dev.millrace.operator.webhook;

import static dev.millrace.operator.webhook.TestReviews.WORKFLOW;
import static dev.millrace.operator.webhook.TestReviews.object;
import static dev.millrace.operator.webhook.TestReviews.review;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.operator.webhook.TestReviews.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Reviews that no API server sends, or only a misconfigured one: each gets a clean refusal. */
class ReviewReaderTest {
  private final TestReviews reviews = new TestReviews();

  private static ObjectNode good() {
    return review("CREATE", object(WORKFLOW), null);
  }

  private static ObjectNode request(ObjectNode review) {
    return (ObjectNode) review.get("request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"request\": 3}",
        "{\"request\": {\"uid\": 7}}",
        "not json",
        "{\"request\": {\"uid\": \"\"}}",
        "{\"a\": {\"uid\": \"x\"}, \"a\": 1}"
      })
  void aBodyWithoutARequestHasNoAnswer(String body) {
    assertThat(reviews.sendText(body)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "group, apps, judges Workflow and WorkflowTask",
    "version, v2, judges Workflow and WorkflowTask",
    "kind, Pod, judges Workflow and WorkflowTask"
  })
  void anotherKindIsRefused(String field, String value, String message) {
    ObjectNode review = good();
    ((ObjectNode) request(review).get("kind")).put(field, value);

    assertThat(reviews.send(review).message()).contains(message, "rules of the webhook");
  }

  @Test
  void whatIsMissingIsNamed() {
    ObjectNode noObject = good();
    request(noObject).remove("object");
    ObjectNode noOldObject = review("DELETE", null, object(WORKFLOW));
    request(noOldObject).putNull("oldObject");
    ObjectNode connect = good();
    request(connect).put("operation", "CONNECT");
    ObjectNode noNamespace = good();
    request(noNamespace).put("namespace", "");
    ObjectNode older = good();
    older.put("apiVersion", "admission.k8s.io/v1beta1");

    for (ObjectNode review : List.of(noObject, noOldObject, connect, noNamespace, older)) {
      assertThat(reviews.send(review).allowed()).isFalse();
    }
    assertThat(reviews.send(noObject).message()).isEqualTo("The request has no object");
    assertThat(reviews.send(connect).message()).contains("CREATE, UPDATE and DELETE only");
    assertThat(reviews.send(older).message()).contains("admission.k8s.io/v1 AdmissionReview");
  }

  @Test
  void aNameMayStandInTheObjectOnly() {
    ObjectNode review = good();
    request(review).put("name", "");

    assertThat(reviews.send(review).message()).contains("Workflow/shop/greet");
  }

  @Test
  void tooDeepNestingIsAnsweredAllTheSame() {
    String deep = "[".repeat(300) + "]".repeat(300);
    String text = Json.toText(good()).replace("\"oldObject\":null", "\"oldObject\":" + deep);

    Answer answer = reviews.sendText(text);

    assertThat(answer.allowed()).isFalse();
    assertThat(answer.message()).contains("deeper than 64 levels");
  }
}
