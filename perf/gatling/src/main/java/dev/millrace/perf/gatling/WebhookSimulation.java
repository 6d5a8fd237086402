package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Reviews for the operator's webhook, over TLS and HTTP/2: {@code load.users} at once to see what
 * it can do, or {@code load.rate} a second to see what it does with more.
 */
public final class WebhookSimulation extends LoadSimulation {

  /** Describes the load. */
  public WebhookSimulation() {
    List<byte[]> reviews = reviews();
    AtomicInteger next = new AtomicInteger();
    ScenarioBuilder review =
        scenario("review")
            .exec(
                outcomes.noted(
                    "review",
                    http("review")
                        .post("/admission/validate")
                        .header("Content-Type", "application/json")
                        .body(
                            ByteArrayBody(
                                session ->
                                    reviews.get(
                                        Math.floorMod(next.getAndIncrement(), reviews.size())))),
                    200,
                    "\"allowed\":true"));
    int rate = Stage.number("load.rate");
    PopulationBuilder load =
        rate > 0
            ? review.injectOpen(constantUsersPerSec(rate).during(stage.whole()))
            : review.injectClosed(
                constantConcurrentUsers(Stage.number("load.users")).during(stage.whole()));
    setUp(load).protocols(protocol().enableHttp2()).maxDuration(stage.whole().plusSeconds(30));
  }

  private List<byte[]> reviews() {
    List<byte[]> bodies = new ArrayList<>();
    try (Stream<Path> files = Files.list(stage.work().resolve("reviews"))) {
      for (Path file : files.sorted().toList()) {
        bodies.add(Files.readAllBytes(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the reviews cannot be read", failure);
    }
    return bodies;
  }
}
