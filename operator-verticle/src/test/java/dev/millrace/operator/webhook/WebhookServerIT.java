package dev.millrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.json.Json;
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
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The webhook's server against callers that mean no good, over real TLS. */
@Timeout(90)
class WebhookServerIT {
  private final Vertx vertx = Vertx.vertx();
  private final DefinitionIndex index = new DefinitionIndex();
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private ServingCertificate certificate = SelfSignedCertificates.throwaway(List.of("127.0.0.1"));
  private LiveDefinitions live = LiveDefinitions.NONE;
  private WebhookServer server;
  private int port;

  private record Reply(int status, String body) {}

  @AfterEach
  void close() throws Exception {
    result(server.close());
    result(vertx.close());
  }

  private void start(WebhookOptions options) throws Exception {
    OperatorMetrics metrics = new OperatorMetrics();
    server =
        new WebhookServer(
            vertx, options, certificate, new Reviews(index, live, metrics), ready::get, metrics);
    port = result(server.listen());
  }

  private void start() throws Exception {
    start(WebhookOptions.at("127.0.0.1", 0));
  }

  private static WebhookOptions tight(int body, int waiting, int connections, long within) {
    return new WebhookOptions(
        "127.0.0.1",
        0,
        body,
        waiting,
        4L * body,
        connections,
        Duration.ofMillis(within),
        Duration.ofMillis(within),
        2);
  }

  private HttpClient client(ServingCertificate trusted, HttpVersion version) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setProtocolVersion(version)
            .setTrustOptions(new PemTrustOptions().addCertValue(trusted.authorities())),
        new PoolOptions().setHttp1MaxSize(64));
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.await(60, TimeUnit.SECONDS);
  }

  private Future<Reply> send(HttpClient client, HttpMethod method, String path, Buffer body) {
    return client
        .request(
            new RequestOptions().setHost("127.0.0.1").setPort(port).setMethod(method).setURI(path))
        .compose(request -> request.send(body))
        .compose(WebhookServerIT::read);
  }

  private static Future<Reply> read(HttpClientResponse response) {
    return response.body().map(body -> new Reply(response.statusCode(), body.toString()));
  }

  private Reply post(Buffer body) throws Exception {
    HttpClient client = client(certificate, HttpVersion.HTTP_1_1);
    try {
      return result(send(client, HttpMethod.POST, WebhookServer.PATH, body));
    } finally {
      client.close();
    }
  }

  private static Buffer review() {
    return Json.toBuffer(TestReviews.review("CREATE", TestReviews.object(TestReviews.TASK), null));
  }

  @Test
  void answersOverBothVersionsOfHttp() throws Exception {
    start();
    for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
      HttpClient client = client(certificate, version);

      Reply reply = result(send(client, HttpMethod.POST, WebhookServer.PATH, review()));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).contains("\"allowed\":true");
      client.close();
    }
  }

  @Test
  void refusesWhatIsNoReview() throws Exception {
    start();
    HttpClient client = client(certificate, HttpVersion.HTTP_1_1);

    assertThat(result(send(client, HttpMethod.GET, WebhookServer.PATH, Buffer.buffer())).status())
        .isEqualTo(405);
    assertThat(result(send(client, HttpMethod.POST, "/", review())).status()).isEqualTo(404);
    assertThat(post(Buffer.buffer("nonsense")).status()).isEqualTo(400);
    assertThat(post(Buffer.buffer()).status()).isEqualTo(400);
    assertThat(post(Buffer.buffer("[".repeat(1_000_000))).status()).isEqualTo(400);
    client.close();
  }

  @Test
  void refusesReviewsUntilItKnowsTheCluster() throws Exception {
    ready.set(false);
    start();

    assertThat(post(review()).status()).isEqualTo(503);
    ready.set(true);
    assertThat(post(review()).status()).isEqualTo(200);
  }

  @Test
  void refusesBodiesThatAreTooLongWhetherAnnouncedOrNot() throws Exception {
    start(tight(10_000, 10, 10, 5_000));
    Buffer large = Buffer.buffer(new byte[50_000]);
    HttpClient client = client(certificate, HttpVersion.HTTP_2);

    assertThat(post(large).status()).isEqualTo(413);
    Reply unannounced =
        result(
            client
                .request(
                    new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setMethod(HttpMethod.POST)
                        .setURI(WebhookServer.PATH))
                .compose(
                    request -> {
                      request.setChunked(true);
                      request.write(large);
                      return request.response();
                    })
                .compose(WebhookServerIT::read));
    assertThat(unannounced.status()).isEqualTo(413);
    assertThat(post(review()).status()).as("it goes on").isEqualTo(200);
    client.close();
  }

  @Test
  void doesNotWaitForABodyThatDoesNotCome() throws Exception {
    start(tight(10_000, 1, 10, 300));
    HttpClient client = client(certificate, HttpVersion.HTTP_1_1);

    Reply slow =
        result(
            client
                .request(
                    new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setMethod(HttpMethod.POST)
                        .setURI(WebhookServer.PATH)
                        .putHeader("content-length", "100"))
                .compose(
                    request -> {
                      request.write(Buffer.buffer("{"));
                      return request.response();
                    })
                .compose(WebhookServerIT::read));

    assertThat(slow.status()).isEqualTo(408);
    assertThat(post(review()).status()).as("its place is free again").isEqualTo(200);
    client.close();
  }

  @Test
  void answersInTimeThoughAJudgementHangsAndBoundsThoseThatWait() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    live =
        names -> {
          try {
            released.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Map.of();
        };
    start(tight(100_000, 2, 10, 300));
    Buffer denied =
        Json.toBuffer(TestReviews.review("CREATE", TestReviews.object(TestReviews.WORKFLOW), null));

    assertThat(post(denied).status()).isEqualTo(504);
    assertThat(post(denied).status()).isEqualTo(504);
    assertThat(post(denied).status()).as("both places are taken").isEqualTo(503);
    released.countDown();
    await().until(() -> post(review()).status() == 200);
  }

  @Test
  void closesConnectionsBeyondTheLimit() throws Exception {
    start(tight(10_000, 10, 2, 5_000));
    List<NetSocket> open = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      open.add(result(connect()));
    }

    assertThatThrownBy(() -> post(review())).isNotInstanceOf(TimeoutException.class);
    for (NetSocket socket : open) {
      result(socket.close());
    }
    await().ignoreExceptions().until(() -> post(review()).status() == 200);
  }

  private Future<NetSocket> connect() {
    return vertx
        .createNetClient(
            new NetClientOptions()
                .setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertValue(certificate.authorities())))
        .connect(port, "127.0.0.1");
  }

  @Test
  void servesWithANewCertificateWithoutARestart() throws Exception {
    start();
    ServingCertificate before = certificate;
    assertThat(post(review()).status()).isEqualTo(200);

    certificate = SelfSignedCertificates.throwaway(List.of("127.0.0.1"));
    result(server.renew(certificate));

    assertThat(post(review()).status()).isEqualTo(200);
    HttpClient old = client(before, HttpVersion.HTTP_1_1);
    assertThatThrownBy(() -> result(send(old, HttpMethod.POST, WebhookServer.PATH, review())))
        .isNotInstanceOf(TimeoutException.class);
    old.close();
  }

  /** More than it can take: some are refused, all are answered, and it goes on. */
  @Test
  void staysUpUnderAFloodOfReviews() throws Exception {
    start(
        new WebhookOptions(
            "127.0.0.1",
            0,
            8 << 20,
            64,
            4 << 20,
            100,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            2));
    index.put(TestReviews.definition(TestReviews.TASK, 0));
    HttpClient client = client(certificate, HttpVersion.HTTP_1_1);
    Buffer workflow =
        Json.toBuffer(TestReviews.review("CREATE", TestReviews.object(TestReviews.WORKFLOW), null));
    List<Future<Reply>> replies = new ArrayList<>();

    for (int i = 0; i < 3_000; i++) {
      replies.add(
          send(
              client,
              HttpMethod.POST,
              WebhookServer.PATH,
              i % 10 == 0 ? Buffer.buffer("{") : workflow));
    }
    result(Future.join(replies).otherwiseEmpty());

    int allowed = 0;
    for (Future<Reply> reply : replies) {
      assertThat(reply.succeeded()).isTrue();
      assertThat(reply.result().status()).isIn(200, 400, 503);
      allowed += reply.result().status() == 200 ? 1 : 0;
    }
    assertThat(allowed).isPositive();
    assertThat(post(review()).status()).isEqualTo(200);
    ReadDefinition task = index.find(TestReviews.definition(TestReviews.TASK, 0).name());
    assertThat(task).isNotNull();
    client.close();
  }
}
