package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.app.demo.DemoExamples;
import dev.millrace.app.demo.DemoUpstream;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real program as a process of its own, from its start to SIGTERM. */
@Timeout(90)
class ProgramIT {

  private static final String INPUT = "{\"sku\":\"TX-1042\",\"postcode\":\"10115\"}";

  @TempDir Path directory;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Vertx vertx;
  private DemoUpstream upstream;
  private DemoExamples examples;
  private Process child;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    upstream = new DemoUpstream("127.0.0.1", 0, Clock.systemUTC());
    vertx
        .deployVerticle(upstream)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    examples =
        DemoExamples.find(
            Optional.of(Path.of("..", "examples")), Optional.empty(), upstream.port());
  }

  @AfterEach
  void stop() throws Exception {
    if (child != null) {
      child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    examples.delete();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aRequestInFlightIsAnsweredAfterSigterm() throws Exception {
    String address = serve();
    assertThat(execute(address).get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(get(address + "/health/ready").statusCode()).isEqualTo(200);
    fault("{\"latencyMs\":1500}");

    CompletableFuture<HttpResponse<String>> inFlight = execute(address);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(address + "/metrics").body().contains("millrace_executions_in_flight 1"));
    child.destroy();

    HttpResponse<String> answer = inFlight.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(Assertions.catchThrowable(() -> get(address + "/health/live")))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void whatTakesTooLongIsCutOffAndTold() throws Exception {
    String address = serve("--shutdown-timeout", "200ms");
    assertThat(execute(address).get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    fault("{\"mode\":\"hang\"}");

    CompletableFuture<HttpResponse<String>> inFlight = execute(address);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(address + "/metrics").body().contains("millrace_executions_in_flight 1"));
    child.destroy();

    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(1);
    assertThat(
            inFlight
                .handle((answer, fault) -> fault != null || answer.statusCode() >= 500)
                .get(5, TimeUnit.SECONDS))
        .isTrue();
  }

  /** Starts the program and reads its address from what it prints. */
  private String serve(String... more) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.millrace.app.Main",
            "serve",
            "--port",
            "0",
            "--event-loops",
            "2",
            "--data-dir",
            directory.resolve("data").toString(),
            "--definitions",
            examples.directory().toString());
    command.command().addAll(java.util.List.of(more));
    command.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
    child = command.redirectError(directory.resolve("log").toFile()).start();
    BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    assertThat(first).as("what the program said; its log is in %s", directory).contains(" at http");
    return first.substring(first.indexOf("http"));
  }

  private CompletableFuture<HttpResponse<String>> execute(String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/v1/workflows/product-page/execute"))
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(INPUT))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private void fault(String fault) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + upstream.port() + "/faults/products"))
            .PUT(BodyPublishers.ofString(fault))
            .build();
    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }
}
