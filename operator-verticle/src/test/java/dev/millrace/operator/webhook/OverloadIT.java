package dev.millrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.certificate.SelfSignedCertificates;
import dev.millrace.operator.certificate.ServingCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the webhook does with more reviews than its one thread can judge. */
@Timeout(60)
class OverloadIT {
  private final CountDownLatch released = new CountDownLatch(1);
  private Vertx vertx;
  private HttpClient client;
  private int port;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    result(vertx.close());
  }

  private void start(int waiting, Duration within) throws Exception {
    ServingCertificate certificate = SelfSignedCertificates.throwaway(List.of("127.0.0.1"));
    OperatorMetrics metrics = new OperatorMetrics();
    WebhookOptions options =
        new WebhookOptions("127.0.0.1", 0, 100_000, waiting, 1_000_000, 10, within, within, 1);
    Reviews reviews = new Reviews(new DefinitionIndex(), this::readSlowly, metrics);
    port =
        result(
            new WebhookServer(vertx, options, certificate, reviews, () -> true, metrics).listen());
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(new PemTrustOptions().addCertValue(certificate.authorities())),
            new PoolOptions().setHttp2MaxSize(1));
  }

  /** What a refusal rests on is read anew: this is where a judgement hangs. */
  private Map<ResourceName, ReadDefinition> readSlowly(List<ResourceName> names) {
    try {
      released.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Map.of();
  }

  private Future<Integer> send(String yaml) {
    return send(Json.toBuffer(TestReviews.review("CREATE", TestReviews.object(yaml), null)));
  }

  private Future<Integer> send(Buffer review) {
    return client
        .request(
            new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.POST)
                .setURI(WebhookServer.PATH))
        .compose(request -> request.send(review))
        .compose(response -> response.body().map(body -> response.statusCode()));
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  @Test
  void beginsNoReviewThatHasWaitedForHalfOfItsTime() throws Exception {
    start(10, Duration.ofSeconds(6));
    assertThat(result(send(TestReviews.TASK))).as("the connection is open").isEqualTo(200);
    Future<Integer> hanging = send(TestReviews.WORKFLOW);
    Future<Integer> behind = send(TestReviews.TASK);

    vertx.setTimer(4_500, elapsed -> released.countDown());

    assertThat(result(hanging)).isEqualTo(200);
    assertThat(result(behind)).isEqualTo(503);
    assertThat(result(send(TestReviews.TASK))).isEqualTo(200);
  }

  @Test
  void manyRefusalsLeaveTheConnectionToTheOthers() throws Exception {
    start(1, Duration.ofSeconds(20));
    Future<Integer> hanging = send(TestReviews.WORKFLOW);

    List<Future<Integer>> refused = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      refused.add(send(TestReviews.TASK));
    }

    result(Future.join(refused));
    assertThat(refused).extracting(Future::result).containsOnly(503);
    released.countDown();
    assertThat(result(hanging)).isEqualTo(200);
  }

  @Test
  void longReviewsThatAreRefusedGiveTheirRoomOnTheConnectionBack() throws Exception {
    start(1, Duration.ofSeconds(20));
    Future<Integer> hanging = send(TestReviews.WORKFLOW);

    List<Future<Integer>> refused = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      refused.add(send(Buffer.buffer("x".repeat(60_000))));
    }

    result(Future.join(refused));
    assertThat(refused).extracting(Future::result).containsOnly(503);
    released.countDown();
    assertThat(result(hanging)).isEqualTo(200);
    assertThat(result(send(TestReviews.TASK))).isEqualTo(200);
  }
}
