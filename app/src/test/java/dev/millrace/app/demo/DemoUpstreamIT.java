package dev.millrace.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class DemoUpstreamIT {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Vertx vertx;
  private static DemoUpstream upstream;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    upstream = new DemoUpstream("127.0.0.1", 0, Clock.systemUTC());
    vertx
        .deployVerticle(upstream)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @BeforeEach
  void healthy() throws Exception {
    assertThat(call("DELETE", "/faults", "").statusCode()).isEqualTo(204);
    assertThat(call("DELETE", "/calls", "").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/catalog/products/TX-1042",
        "/prices/TX-1042?currency=USD",
        "/stock/TX-1042",
        "/reviews?product=TX-1042&limit=3",
        "/carts/cart-7",
        "/customers/c-1",
        "/users/42",
      })
  void theSameIdGivesTheSameData(String path) throws Exception {
    HttpResponse<String> first = call("GET", path, "");
    HttpResponse<String> second = call("GET", path, "");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(withoutTimes(first)).isEqualTo(withoutTimes(second));
  }

  @Test
  void listsAreCutToTheLimit() throws Exception {
    assertThat(json(call("GET", "/reviews?product=TX-1042&limit=2", "")).get("items")).hasSize(2);
    assertThat(json(call("GET", "/orders?customer=42&limit=1", "")).get("items")).hasSize(1);
    assertThat(json(call("GET", "/delivery/lyon/estimate?grams=80&postcode=10115", "")).get("cost"))
        .isNotNull();
  }

  @Test
  void anIdThatBeginsWithMissingIsNotFound() throws Exception {
    assertThat(call("GET", "/users/missing-1", "").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/nothing/here", "").statusCode()).isEqualTo(404);
  }

  @Test
  void anEffectIsRememberedByItsIdempotencyKey() throws Exception {
    String first = call("POST", "/inventory/reservations", "{}", "Idempotency-Key", "e1/a").body();
    String again = call("POST", "/inventory/reservations", "{}", "Idempotency-Key", "e1/a").body();
    String other = call("POST", "/inventory/reservations", "{}", "Idempotency-Key", "e1/b").body();
    String order = call("POST", "/orders", "{}", "Idempotency-Key", "e1/a").body();

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(order).contains("orderId");
  }

  @Test
  void aDeclinedCardIsRefused() throws Exception {
    HttpResponse<String> declined =
        call("POST", "/payments/charges", "{\"source\":\"card_declined\"}");
    HttpResponse<String> taken = call("POST", "/payments/charges", "{\"source\":\"card_1234\"}");

    assertThat(declined.statusCode()).isEqualTo(402);
    assertThat(taken.statusCode()).isEqualTo(201);
  }

  @Test
  void oldpostFailsEveryOtherTimeWithHalfAShare() throws Exception {
    fault("oldpost", "{\"mode\":\"error\",\"status\":503,\"share\":0.5}");

    List<Integer> statuses = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      statuses.add(
          call("POST", "/carriers/oldpost/quotes", "{\"from\":\"DE\",\"to\":\"DE\"}").statusCode());
    }

    assertThat(statuses).containsExactly(200, 503, 200, 503);
  }

  @Test
  void htmlComesInsteadOfJson() throws Exception {
    fault("users", "{\"mode\":\"html\"}");

    assertThat(call("GET", "/users/1", "").body()).startsWith("<!doctype html>");
  }

  @Test
  void aTruncatedAnswerBreaksOff() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> {
                  fault("users", "{\"mode\":\"truncate\"}");
                  call("GET", "/users/1", "");
                }))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void aHangingCallNeverAnswersAndShowsInTheLog() throws Exception {
    fault("users", "{\"mode\":\"hang\"}");

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> CLIENT.send(request("/users/1", 200).build(), BodyHandlers.ofString())))
        .isInstanceOf(java.net.http.HttpTimeoutException.class);
    JsonNode newest = json(call("GET", "/calls?limit=1", "")).get("items").get(0);
    assertThat(newest.get("outcome").asString()).isEqualTo("hang");
    assertThat(newest.get("uri").asString()).isEqualTo("/users/1");
  }

  @Test
  void latencyIsAdded() throws Exception {
    fault("stock", "{\"latencyMs\":150}");

    long before = System.nanoTime();
    assertThat(call("GET", "/stock/TX-1", "").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(140));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\":\"explode\"}|mode must be one of",
        "{\"latency\":1}|latency is not known",
        "{\"latencyMs\":-1}|latencyMs must be",
        "{\"status\":99}|status must be",
        "{\"share\":2}|share must be",
        "[]|must be a JSON object",
        "{|is not JSON",
      })
  void aFaultThatMakesNoSenseIsRefused(String body, String message) throws Exception {
    HttpResponse<String> refused = call("PUT", "/faults/users", body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains(message);
  }

  @Test
  void anUnknownEndpointHasNoFaults() throws Exception {
    assertThat(call("PUT", "/faults/nobody", "{}").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/faults/nobody", "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/faults/users", "").statusCode()).isEqualTo(204);
    assertThat(json(call("GET", "/faults", "")).has("users")).isTrue();
    assertThat(call("GET", "/", "").body()).contains("/catalog/products/:id");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> refused = call("POST", "/orders", "\"" + "x".repeat(300_000) + "\"");

    assertThat(refused.statusCode()).isEqualTo(400);
  }

  private static void fault(String endpoint, String fault) throws Exception {
    assertThat(call("PUT", "/faults/" + endpoint, fault).statusCode()).isEqualTo(200);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static String withoutTimes(HttpResponse<String> response) {
    return response.body().replaceAll("\"[0-9T:-]+Z\"", "\"\"");
  }

  private static HttpRequest.Builder request(String path, int timeoutMillis) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + upstream.port() + path))
        .timeout(Duration.ofMillis(timeoutMillis));
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        request(path, 5_000).method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
