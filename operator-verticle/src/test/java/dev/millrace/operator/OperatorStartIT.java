package dev.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.operator.certificate.CertificateException;
import dev.millrace.operator.certificate.Certificates;
import dev.millrace.operator.certificate.SelfSignedCertificates;
import dev.millrace.operator.certificate.ServingCertificate;
import dev.millrace.operator.cluster.ClusterConnection;
import dev.millrace.operator.cluster.ClusterDefinitions;
import dev.millrace.operator.webhook.WebhookOptions;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The start of an operator whose API server does not answer. */
@Timeout(60)
class OperatorStartIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Vertx vertx = Vertx.vertx();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl("https://127.0.0.1:1").build());
  private final AtomicInteger asked = new AtomicInteger();
  private OperatorVerticle operator;

  @AfterEach
  void close() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
    client.close();
  }

  private Future<String> start(Certificates certificates, Duration patience) {
    operator =
        new OperatorVerticle(
            new OperatorOptions(
                "127.0.0.1",
                0,
                WebhookOptions.at("127.0.0.1", 0),
                "millrace",
                "test",
                Duration.ofSeconds(1),
                patience),
            client,
            new ClusterDefinitions(client, List.of()),
            certificates);
    return vertx.deployVerticle(operator);
  }

  private static CertificateException unreachable() {
    return new CertificateException("not now", new KubernetesClientException("no answer"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.httpPort() + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void itWaitsForItsCertificateAliveAndNotReady() throws Exception {
    ServingCertificate certificate = SelfSignedCertificates.throwaway(List.of("127.0.0.1"));
    Future<String> deployed =
        start(
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw unreachable();
              }
              return certificate;
            },
            LONG);
    await().until(() -> asked.get() > 0);

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).contains("the webhook does not listen yet");
    deployed.await(30, TimeUnit.SECONDS);
    assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    assertThat(operator.webhookPort()).isPositive();
  }

  @Test
  void afterItsPatienceItEndsAndSaysWhatItWaitedFor() {
    Certificates certificates =
        Cluster.of(client).selfSigned("millrace", "webhook", null, "millrace");

    assertThatThrownBy(
            () -> start(certificates, Duration.ofMillis(600)).await(50, TimeUnit.SECONDS))
        .hasMessageContaining("Secret millrace/webhook-certificate");
  }

  @Test
  void whatDoesNotPassByItselfEndsTheStartAtOnce() {
    Future<String> deployed =
        start(
            () -> {
              asked.incrementAndGet();
              throw new CertificateException(
                  "forbidden", new KubernetesClientException("forbidden", 403, null));
            },
            LONG);

    assertThatThrownBy(() -> deployed.await(30, TimeUnit.SECONDS)).hasMessage("forbidden");
    assertThat(asked).hasValue(1);
  }
}
