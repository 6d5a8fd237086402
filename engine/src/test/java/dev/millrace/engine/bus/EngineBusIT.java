package dev.millrace.engine.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.catalog.TestCatalogs;
import dev.millrace.engine.execution.Admission;
import dev.millrace.engine.execution.EngineServices;
import dev.millrace.engine.journal.DurationHistory;
import dev.millrace.engine.journal.InMemoryJournal;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.task.TaskOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EngineBusIT {
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final Admission admission = new Admission(10);
  private String deployment;

  @BeforeEach
  void deploy() throws Exception {
    vertx
        .eventBus()
        .<JsonObject>consumer(EngineAddresses.EVENTS, message -> events.add(message.body()));
    var services =
        EngineServices.alone(
            vertx,
            TestCatalogs.of(
                TestDefinitions.workflow()
                    .inputSchema("{'type':'object','required':['n']}")
                    .get("a", "{'n':'{{input.n}}'}")
                    .output("{'n':'{{tasks.a.output.n}}','big':12345678901234567890.25}")
                    .plan()),
            new InMemoryJournal(100, 1_000_000),
            new ExecutionEvents(vertx),
            admission,
            loop -> call -> Future.succeededFuture(new TaskOutcome(call.input(), null, List.of())),
            DurationHistory.NONE);
    deployment = finish(vertx.deployVerticle(new OrchestratorVerticle(services)));
  }

  @AfterEach
  void close() throws Exception {
    finish(vertx.close());
  }

  private static <T> T finish(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Future<JsonObject> request(String address, Object body) {
    return vertx.eventBus().<JsonObject>request(address, body).map(message -> message.body());
  }

  private ReplyException failure(String address, Object body) {
    Future<JsonObject> reply = request(address, body);
    await().until(reply::isComplete);
    return (ReplyException) reply.cause();
  }

  private static JsonObject run(JsonObject input) {
    return new JsonObject().put("workflow", "flow").put("input", input);
  }

  @Test
  void executesAWorkflow() throws Exception {
    JsonObject answer =
        finish(
            request(
                EngineAddresses.EXECUTE,
                run(new JsonObject().put("n", 7))
                    .put("namespace", "default")
                    .put("timeoutMs", 5_000)
                    .put("detail", "full")));

    assertThat(answer.getString("status")).isEqualTo("Succeeded");
    assertThat(answer.getJsonObject("output").getInteger("n")).isEqualTo(7);
    assertThat(answer.getJsonObject("output").getValue("big").toString())
        .isEqualTo("12345678901234567890.25");
    assertThat(answer.getJsonArray("tasks").getJsonObject(0).getJsonObject("input"))
        .isEqualTo(new JsonObject().put("n", 7));
    await().until(() -> events.size() == 3);
    assertThat(events)
        .extracting(event -> event.getString("type"))
        .containsExactly("started", "taskSucceeded", "succeeded");
    assertThat(events.get(1).getString("taskId")).isEqualTo("a");
    assertThat(events.get(1).getString("executionId")).isEqualTo(answer.getString("executionId"));
  }

  @Test
  void plansAWorkflow() throws Exception {
    JsonObject plan = finish(request(EngineAddresses.TEST, run(new JsonObject().put("n", 7))));

    assertThat(plan.getJsonArray("order")).isEqualTo(new JsonArray().add("a"));
    assertThat(failure(EngineAddresses.TEST, "text").failureCode()).isEqualTo(400);
    assertThat(
            failure(
                    EngineAddresses.TEST,
                    new JsonObject().put("workflow", "none").put("input", null))
                .failureCode())
        .isEqualTo(404);
  }

  @Test
  void repliesTheProblemOfAFailure() throws Exception {
    ReplyException failure = failure(EngineAddresses.EXECUTE, run(new JsonObject()));

    assertThat(failure.failureCode()).isEqualTo(422);
    JsonNode problem = Json.read(failure.getMessage());
    assertThat(problem.get("code").stringValue()).isEqualTo("InvalidInput");
    assertThat(problem.get("errors")).hasSize(1);
  }

  @Test
  void refusesWithoutALookAtTheMessageWhereNobodyIsLetIn() throws Exception {
    admission.drain();

    ReplyException failure = failure(EngineAddresses.EXECUTE, "text");

    assertThat(failure.failureCode()).isEqualTo(503);
    assertThat(Json.read(failure.getMessage()).get("code").stringValue()).isEqualTo("Draining");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                | 'workflow' is missing",
        "{\"workflow\":1,\"input\":{}}                     | 'workflow' must be a string",
        "{\"workflow\":\"flow\"}                           | 'input' is missing",
        "{\"workflow\":\"flow\",\"inptu\":{}}              | Did you mean `input`?",
        "{\"workflow\":\"flow\",\"input\":{},\"timeoutMs\":0}   | 'timeoutMs' must be",
        "{\"workflow\":\"flow\",\"input\":{},\"timeoutMs\":1.5} | 'timeoutMs' must be",
        "{\"workflow\":\"flow\",\"input\":{},\"detail\":\"x\"}  | detail must be one of",
      })
  void refusesWhatIsNoRequest(String body, String message) {
    ReplyException failure = failure(EngineAddresses.EXECUTE, new JsonObject(body));

    assertThat(failure.failureCode()).isEqualTo(400);
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void refusesAnInputThatNestsTooDeep() {
    JsonObject input = new JsonObject();
    for (int depth = 0; depth < 100; depth++) {
      input = new JsonObject().put("x", input);
    }

    ReplyException failure = failure(EngineAddresses.EXECUTE, run(input));

    assertThat(failure.failureCode()).isEqualTo(400);
    assertThat(failure.getMessage()).contains("InvalidJson");
  }

  @Test
  void listensNoMoreWhenItIsUndeployed() throws Exception {
    finish(vertx.undeploy(deployment));

    assertThat(failure(EngineAddresses.EXECUTE, run(new JsonObject())).failureCode()).isEqualTo(-1);
  }
}
