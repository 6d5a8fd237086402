package dev.millrace.engine.task;

import static dev.millrace.engine.plan.TestDefinitions.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.ErrorCode;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a service is sent besides the body, and what is never sent. */
@Timeout(60)
class HttpTaskHeadersIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final TaskFixture fixture = new TaskFixture();
  private final List<MultiMap> seen = new CopyOnWriteArrayList<>();
  private int port;

  @BeforeEach
  void listen() {
    port =
        fixture.http(
            request -> {
              seen.add(request.headers());
              request.response().end();
            });
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void continuesTheTraceAndTellsTheBudget() {
    fixture.run(TestTask.get(port).trace(TRACEPARENT, "a=b").timeout(5000));

    MultiMap headers = seen.get(0);
    assertThat(headers.get("traceparent"))
        .startsWith("00-" + TRACE)
        .endsWith("-01")
        .isNotEqualTo(TRACEPARENT);
    assertThat(headers.get("tracestate")).isEqualTo("a=b");
    assertThat(Long.parseLong(headers.get("x-request-timeout-ms"))).isBetween(1L, 5000L);
    assertThat(headers.get("accept")).isEqualTo("application/json");
    assertThat(headers.contains("idempotency-key")).isFalse();
    assertThat(headers.contains("content-length")).isFalse();
  }

  @Test
  void sendsNoTraceThatIsNotValid() {
    fixture.run(TestTask.get(port).trace("00-nonsense", "a=b"));

    assertThat(seen.get(0).contains("traceparent")).isFalse();
    assertThat(seen.get(0).contains("tracestate")).isFalse();
  }

  @Test
  void onlyACallThatMayNotBeRepeatedCarriesAKey() {
    fixture.run(TestTask.post(port));

    assertThat(seen.get(0).get("idempotency-key")).isEqualTo("execution-1/step");
    assertThat(seen.get(0).get("content-type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'tenant':null}"})
  void leavesAHeaderOutThatHasNoValue(String input) {
    fixture.run(TestTask.get(port).header("X-Tenant", "{{input.tenant}}").input(input));

    assertThat(seen.get(0).contains("x-tenant")).isFalse();
  }

  @Test
  void sendsItsOwnHeaders() {
    fixture.run(
        TestTask.get(port)
            .header("X-Tenant", "t-{{input.tenant}}")
            .header("Connection", "close")
            .header("Accept", "text/plain")
            .input("{'tenant':7}"));

    assertThat(seen.get(0).get("x-tenant")).isEqualTo("t-7");
    assertThat(seen.get(0).getAll("accept")).containsExactly("text/plain");
    assertThat(seen.get(0).get("connection")).isNotEqualTo("close");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "nul\0", "é", "\u007f"})
  void refusesAHeaderThatIsMoreThanOneLineOfText(String value) {
    var input = JsonNodeFactory.instance.objectNode().put("v", value);

    TaskOutcome outcome =
        fixture.run(TestTask.get(port).header("X-Value", "{{input.v}}").input(input));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(outcome.failure().detail()).contains("X-Value").doesNotContain(value);
    assertThat(outcome.attempts()).isEmpty();
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'..'", "'.'", "''", "null", "[]", "{}"})
  void refusesAPathThatWouldBeAnother(String value) {
    TaskOutcome outcome =
        fixture.run(
            TestTask.get("http://127.0.0.1:" + port + "/users/{{input.v}}/orders")
                .input("{'v':" + value + "}"));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesABodyWithoutAValue() {
    TaskOutcome outcome =
        fixture.run(TestTask.post(port).body("{'a':'x{{input.gone}}'}").input(json("{}")));

    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.InvalidRequestValue);
    assertThat(seen).isEmpty();
  }
}
