package dev.millrace.perf.gatling;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Reviews for the operator's webhook, over TLS and HTTP/2, by {@code load.users} callers: one after
 * the other to see what it can do, or {@code load.rate} a second of all together to see what it
 * does with more. A caller waits for its answer before it sends again: an API server bounds the
 * changes that it has in flight.
 */
public final class WebhookSimulation extends LoadSimulation {
  /** Describes the load. */
  public WebhookSimulation() {
    List<byte[]> reviews = reviews();
    AtomicInteger next = new AtomicInteger();
    ChainBuilder review =
        outcomes.noted(
            "review",
            http("review")
                .post("/admission/validate")
                .header("Content-Type", "application/json")
                .body(
                    ByteArrayBody(
                        session ->
                            reviews.get(Math.floorMod(next.getAndIncrement(), reviews.size())))),
            200,
            "\"allowed\":true");
    setUp(callers("reviews", review))
        .protocols(apiServer())
        .maxDuration(stage.whole().plusSeconds(30));
  }

  /** Its connections are few and stay; a further one is opened where no stream is left. */
  private HttpProtocolBuilder apiServer() {
    return protocol().enableHttp2();
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
