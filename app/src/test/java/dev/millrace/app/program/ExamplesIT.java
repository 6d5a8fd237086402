package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.demo.DemoExamples;
import dev.millrace.app.demo.DemoUpstream;
import dev.millrace.app.settings.Settings;
import dev.millrace.app.settings.SettingsReader;
import dev.millrace.engine.catalog.CatalogEntry;
import dev.millrace.engine.validation.Edge;
import dev.millrace.engine.validation.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example is proved, and runs against the upstream that the demo starts. */
@Timeout(60)
class ExamplesIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path data;

  private static DemoUpstream upstream;
  private static DemoExamples examples;
  private static GatewayProgram program;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        SettingsReader.read(
                null,
                Map.of(),
                Map.of(
                    "--http-port",
                    "0",
                    "--events",
                    "true",
                    "--event-loops",
                    "2",
                    "--data-dir",
                    data.toString()))
            .settings();
    Vertx vertx = VertxFactory.create(settings.run());
    upstream = new DemoUpstream("127.0.0.1", 0, Clock.systemUTC());
    await(vertx.deployVerticle(upstream));
    examples =
        DemoExamples.find(
            Optional.of(Path.of("..", "examples")), Optional.empty(), upstream.port());
    program = await(GatewayProgram.start(settings, vertx, examples.directory()));
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(await(program.stop())).as("nothing was cut off").isTrue();
    examples.delete();
  }

  @BeforeEach
  void healthy() throws Exception {
    upstream("DELETE", "/faults", "");
  }

  @Test
  void everyExampleIsReadyAndEveryEdgeIsProved() {
    List<String> unproved = new ArrayList<>();
    for (CatalogEntry entry : program.snapshot().workflows()) {
      assertThat(entry.ready()).as("%s %s", entry.workflow().name(), entry.problems()).isTrue();
      for (Edge edge : entry.report().edges()) {
        if (edge.verdict() != Verdict.PROVED) {
          unproved.add(edge.toString());
        }
      }
    }

    assertThat(program.snapshot().workflows()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(program.snapshot().problems()).isEmpty();
    assertThat(unproved).isEmpty();
  }

  @Test
  void everyWorkflowSucceedsWithItsSampleInput() throws Exception {
    for (CatalogEntry entry : program.snapshot().workflows()) {
      Path file = examples.directory().resolve(entry.workflow().source().position("").file());
      String input = Files.readString(file.resolveSibling("input.jsonl"));
      String name = entry.workflow().name().name();

      HttpResponse<String> response =
          gateway("POST", "/api/v1/workflows/" + name + "/execute", input);

      assertThat(response.statusCode()).as("%s: %s", name, response.body()).isEqualTo(200);
      assertThat(json(response).get("status").asString()).isEqualTo("Succeeded");
    }
  }

  @Test
  void aPageComesWithoutReviewsWhenTheyAreDown() throws Exception {
    upstream("PUT", "/faults/reviews", "{\"mode\":\"html\"}");

    JsonNode page =
        json(execute("product-page", "{\"sku\":\"TX-1042\",\"postcode\":\"10115\"}")).get("output");

    assertThat(page.get("reviews")).isEmpty();
    assertThat(page.get("rating").isNull()).isTrue();
    assertThat(page.at("/price/currency").asString()).isEqualTo("EUR");
  }

  @Test
  void aDeclinedCardEndsTheCheckoutBeforeTheOrder() throws Exception {
    upstream("DELETE", "/calls", "");

    HttpResponse<String> refused =
        execute("checkout", "{\"cartId\":\"cart-7\",\"cardToken\":\"card_declined\"}");

    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(json(refused).get("taskId").asString()).isEqualTo("charge");
    assertThat(json(refused).get("upstreamStatus").asInt()).isEqualTo(402);
    String calls = upstream("GET", "/calls", "").body();
    assertThat(calls).contains("/inventory/reservations").doesNotContain("\"uri\":\"/orders\"");
  }

  @Test
  void effectsCarryTheirIdempotencyKeys() throws Exception {
    upstream("DELETE", "/calls", "");

    String id =
        json(execute("checkout", "{\"cartId\":\"cart-1\",\"cardToken\":\"card_visa4242\"}"))
            .get("executionId")
            .asString();

    String calls = upstream("GET", "/calls", "").body();
    assertThat(calls).contains(id + "/reserve", id + "/charge", id + "/order", id + "/receipt");
  }

  @Test
  void aFlakyCarrierIsTriedAgainAndOneThatIsDownIsMissing() throws Exception {
    String parcel = "{\"from\":\"DE\",\"to\":\"FR\",\"grams\":1200}";
    upstream("PUT", "/faults/oldpost", "{\"mode\":\"error\",\"status\":503,\"share\":0.5}");
    execute("shipping-quotes", parcel);
    JsonNode flaky = json(execute("shipping-quotes", parcel));

    upstream("PUT", "/faults/swift", "{\"mode\":\"error\",\"status\":503}");
    JsonNode down = json(execute("shipping-quotes", parcel));

    assertThat(flaky.at("/output/quotes/2/priceCents").isNumber()).isTrue();
    assertThat(flaky.at("/tasks/2/attempts").asInt()).isEqualTo(2);
    assertThat(down.at("/output/quotes/0/priceCents").isNull()).isTrue();
    assertThat(down.at("/tasks/0/attempts").asInt()).isEqualTo(2);
    assertThat(down.at("/output/quotes/1/priceCents").isNumber()).isTrue();
  }

  @Test
  void aRouteAnswersTheBareOutput() throws Exception {
    HttpResponse<String> summary = gateway("GET", "/run/order-summaries/42?limit=2", "");
    HttpResponse<String> wrong = gateway("GET", "/run/order-summaries/42?limit=many", "");

    assertThat(summary.statusCode()).isEqualTo(200);
    assertThat(json(summary).get("orders")).hasSize(2);
    assertThat(json(summary).get("audited").asBoolean()).isTrue();
    assertThat(wrong.statusCode()).isEqualTo(422);
  }

  @Test
  void historyAndMetricsAreThere() throws Exception {
    execute("product-page", "{\"sku\":\"TX-1042\",\"postcode\":\"10115\"}");

    JsonNode history = json(gateway("GET", "/api/v1/workflows/product-page/executions", ""));

    assertThat(history.get("total").asInt()).isPositive();
    assertThat(gateway("GET", "/metrics", "").body())
        .containsPattern("millrace_executions_total\\{.*workflow=\"product-page\"}");
  }

  private static HttpResponse<String> execute(String workflow, String input) throws Exception {
    return gateway("POST", "/api/v1/workflows/" + workflow + "/execute", input);
  }

  private static HttpResponse<String> gateway(String method, String path, String body)
      throws Exception {
    return send(method, program.address() + path, body);
  }

  private static HttpResponse<String> upstream(String method, String path, String body)
      throws Exception {
    return send(method, "http://127.0.0.1:" + upstream.port() + path, body);
  }

  private static HttpResponse<String> send(String method, String address, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
    request.method(
        method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
