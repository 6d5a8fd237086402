package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.pace;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * What all simulations share: the server, the requests and the notes of how they ended. Each
 * virtual user sends one request; connections are shared, as those of a proxy in front would be.
 * Made by Gatling, on its main thread.
 */
abstract class LoadSimulation extends Simulation {
  /** The workflows that every simulation of the gateway may call. */
  private static final String USER = "{\"userId\":\"42\"}";

  final Stage stage = Stage.ofProperties();
  final Outcomes outcomes = new Outcomes(stage);

  @Override
  public void before() {
    outcomes.begin();
  }

  @Override
  public void after() {
    outcomes.write();
  }

  HttpProtocolBuilder protocol() {
    return http.baseUrl(stage.url())
        .shareConnections()
        .disableCaching()
        .disableAutoOrigin()
        .disableAutoReferer()
        .userAgentHeader("millrace-perf");
  }

  /** Executes a workflow whose body lies in the work directory. */
  ScenarioBuilder execute(String workflow) {
    return scenario(workflow).exec(execution(workflow));
  }

  /** One execution of {@link #execute}. */
  ChainBuilder execution(String workflow) {
    return outcomes.noted(
        workflow,
        http(workflow)
            .post("/api/v1/workflows/" + workflow + "/execute")
            .header("Content-Type", "application/json")
            .body(ByteArrayBody(body(workflow))),
        200,
        "\"status\":\"Succeeded\"");
  }

  /**
   * {@code load.users} callers, each of which waits for its answer before it sends again: one after
   * the other where {@code load.rate} is 0, else so many a second of all together.
   */
  PopulationBuilder callers(String name, ChainBuilder request) {
    int callers = Stage.number("load.users");
    int rate = Stage.number("load.rate");
    Duration pace = rate == 0 ? Duration.ZERO : Duration.ofMillis(callers * 1_000L / rate);
    return scenario(name)
        .during(stage.whole())
        .on(pace(pace).exec(request))
        .injectOpen(rampUsers(callers).during(stage.warmUp()));
  }

  /** Asks for something that is there. */
  ScenarioBuilder read(String name, String path) {
    return scenario(name).exec(outcomes.noted(name, http(name).get(path), 200, ""));
  }

  /** Posts something that is answered with a status of its own. */
  ScenarioBuilder post(String name, String path, String body, int expected) {
    return scenario(name)
        .exec(
            outcomes.noted(
                name,
                http(name)
                    .post(path)
                    .header("Content-Type", "application/json")
                    .body(StringBody(body)),
                expected,
                ""));
  }

  /** An input that every measured workflow's dry run takes. */
  static String user() {
    return USER;
  }

  private byte[] body(String workflow) {
    try {
      return Files.readAllBytes(stage.work().resolve("bodies").resolve(workflow + ".json"));
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no body for the workflow " + workflow, failure);
    }
  }
}
