package dev.millrace.perf.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.perf.upstream.PerfUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The baseline against its upstream over real HTTP. */
@Timeout(30)
class DirectCompositionIT {

  private final HttpClient client = HttpClient.newHttpClient();
  // apart, as in a comparison: within one Vert.x two servers on "any port" would share it
  private Vertx upstreamVertx;
  private Vertx vertx;
  private int upstreamPort;
  private int port;

  @BeforeEach
  void start() throws Exception {
    upstreamVertx = Vertx.vertx();
    vertx = Vertx.vertx();
    upstreamPort = await(PerfUpstream.start(upstreamVertx, 0, Duration.ZERO, 2));
    port = await(DirectComposition.start(vertx, 0, upstreamPort, 2, loop -> Recorder.NONE));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    await(upstreamVertx.close());
  }

  @Test
  void singleMakesOneCall() throws Exception {
    assertThat(output("single", "{\"userId\":\"42\"}"))
        .isEqualTo(
            new JsonObject()
                .put("id", "42")
                .put("name", "User 42")
                .put("email", "user-42@example.com"));
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void chain3HandsEachAnswerToTheNextCall() throws Exception {
    assertThat(output("chain3", "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}"))
        .isEqualTo(
            new JsonObject()
                .put("email", "user-42@example.com")
                .put("orderId", "order-42")
                .put("totalCents", 2498)
                .put("carrier", "PostNL")
                .put("estimatedDelivery", "2026-11-26"));
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void fan10JoinsEightCalls() throws Exception {
    JsonArray names = new JsonArray();
    for (int number = 1; number <= 8; number++) {
      names.add("Bearing " + number);
    }
    assertThat(output("fan10", "{\"cartId\":\"7\"}"))
        .isEqualTo(
            new JsonObject()
                .put("customer", "customer-7")
                .put("currency", "EUR")
                .put("totalCents", 11592)
                .put("lineCount", 8)
                .put("names", names));
    assertThat(calls()).isEqualTo(10);
  }

  @Test
  void reads3ReadsWhatTheReadBeforeNamed() throws Exception {
    assertThat(output("reads3", "{\"userId\":\"42\"}"))
        .isEqualTo(
            new JsonObject()
                .put("email", "user-42@example.com")
                .put("currency", "EUR")
                .put("carrier", "PostNL")
                .put("estimatedDelivery", "2026-11-26"));
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void theSlowChainAnswersTheSameAndWaitsThreeTimes() throws Exception {
    String input = "{\"userId\":\"42\",\"sku\":\"item-7\",\"quantity\":2}";
    JsonObject expected = output("chain3", input);
    long startedAt = System.nanoTime();

    JsonObject slow = output("chain3-20ms", input);

    assertThat(System.nanoTime() - startedAt).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(57));
    assertThat(slow).isEqualTo(expected);
    assertThat(calls()).isEqualTo(6);
  }

  @Test
  void theDiamondJoinsAQuickAndASlowCall() throws Exception {
    long startedAt = System.nanoTime();

    JsonObject joined = output("diamond", "{\"cartId\":\"7\"}");

    assertThat(System.nanoTime() - startedAt).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(19));
    assertThat(joined)
        .isEqualTo(
            new JsonObject()
                .put("customer", "customer-7")
                .put("currency", "EUR")
                .put("totalCents", 2298)
                .put("lineCount", 2)
                .put("names", new JsonArray().add("Bearing 1").add("Bearing 2")));
    assertThat(calls()).isEqualTo(4);
  }

  @Test
  void largeAnswersTheDocumentAsItWasFiled() throws Exception {
    String document =
        "{\"title\":\"Order 7\",\"lines\":[{\"sku\":\"" + "x".repeat(100_000) + "\"}]}";

    assertThat(output("large", document))
        .isEqualTo(
            new JsonObject().put("status", "filed").put("document", new JsonObject(document)));
    assertThat(calls()).isEqualTo(1);
    assertThat(execute("large", "{\"title\":\"Order 7\",\"lines\":7}").statusCode()).isEqualTo(422);
  }

  @Test
  void aBadRequestIsTheCallersAndAFailedCallTheUpstreams() throws Exception {
    assertThat(execute("single", "{").statusCode()).isEqualTo(400);
    assertThat(execute("single", "[1]").statusCode()).isEqualTo(400);
    assertThat(execute("single", "{\"userId\":42}").statusCode()).isEqualTo(422);
    assertThat(execute("single", "{\"userId\":\"../x\"}").statusCode()).isEqualTo(502);
    assertThat(execute("unknown", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void theUpstreamWaitsWhenAskedAndForgetsItsCountsOnReset() throws Exception {
    long startedAt = System.nanoTime();
    HttpResponse<String> answer = send(HttpRequest.newBuilder(upstream("/users/1?delayMs=200")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - startedAt).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(190));
    assertThat(calls()).isEqualTo(1);

    send(HttpRequest.newBuilder(upstream("/reset")).POST(BodyPublishers.noBody()));

    assertThat(calls()).isZero();
  }

  private JsonObject output(String shape, String input) throws Exception {
    HttpResponse<String> answer = execute(shape, input);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getJsonObject("output");
  }

  private HttpResponse<String> execute(String shape, String input) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + port + "/api/v1/workflows/" + shape + "/execute");
    return send(HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(input)));
  }

  private long calls() throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(upstream("/stats")));
    return new JsonObject(answer.body()).getLong("total");
  }

  private URI upstream(String path) {
    return URI.create("http://127.0.0.1:" + upstreamPort + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
