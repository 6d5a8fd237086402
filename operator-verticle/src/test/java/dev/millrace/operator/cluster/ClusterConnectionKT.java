package dev.millrace.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.TestAccount;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.testing.TestOperator;
import dev.millrace.operator.testing.TestProxy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Gateways and operator while their connection to a real API server that goes on is disturbed. */
@ExtendWith(ApiServer.class)
@Timeout(180)
class ClusterConnectionKT {
  private static final Duration SECONDS = Duration.ofSeconds(30);
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: %s }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object }
        http: { method: GET, url: "https://svc.internal/" }
      """;

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private TestCluster cluster;
  private TestNamespace namespace;
  private TestProxy proxy;

  @BeforeEach
  void open(TestCluster given, TestNamespace own) {
    cluster = given;
    namespace = own;
    proxy = TestProxy.before(cluster.config(TestCluster.ADMIN));
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
    vertx.close().await(60, TimeUnit.SECONDS);
  }

  private void apply(String task) {
    cluster
        .kubectl()
        .succeedWithInput(TASK.formatted(task), "-n", namespace.name(), "apply", "-f", "-");
  }

  /** A gateway's source, which has seen the task {@code before}. */
  private final class Following implements AutoCloseable {
    final KubernetesClient client;
    final Catalog catalog = new Catalog(namespace.name());
    final ClusterDefinitionSource source;

    Following(KubernetesClient client) throws Exception {
      this.client = client;
      ClusterDefinitions definitions = new ClusterDefinitions(client, List.of(namespace.name()));
      source = new ClusterDefinitionSource(vertx, definitions, catalog);
      apply("before");
      source.start().await(60, TimeUnit.SECONDS);
      await().atMost(SECONDS).until(definitions::isWatching);
      assertThat(serves("before")).isTrue();
    }

    boolean serves(String task) {
      return catalog.snapshot().task(namespace.name(), task) != null;
    }

    @Override
    public void close() throws TimeoutException {
      source.stop().await(60, TimeUnit.SECONDS);
      client.close();
    }
  }

  private KubernetesClient throughTheProxy() {
    return ClusterConnection.open(
        new ConfigBuilder(cluster.config(TestCluster.ADMIN))
            .withMasterUrl(proxy.address())
            .build());
  }

  @Test
  void aConnectionThatIsCutIsMadeAnewAndNothingIsMissed() throws Exception {
    try (Following gateway = new Following(throughTheProxy())) {
      proxy.cut();
      apply("after");

      await().atMost(SECONDS).until(() -> gateway.serves("after"));
    }
  }

  @Test
  void aConnectionThatDiesUnnoticedIsFoundOut() throws Exception {
    try (Following gateway = new Following(throughTheProxy())) {
      proxy.silence();
      apply("after");
      assertThat(gateway.serves("after")).as("seen in spite of the silence").isFalse();

      await().atMost(ClusterConnection.SILENCE.plus(SECONDS)).until(() -> gateway.serves("after"));
    }
  }

  @Test
  void aTokenThatWasReplacedAndRefusedIsReadAnew() throws Exception {
    try (TestAccount account = TestAccount.open(cluster, namespace, proxy.address(), directory);
        Following gateway = new Following(ClusterConnection.open())) {
      String first = account.token();
      account.rotate();
      awaitRefusal(first);

      proxy.cut();
      apply("after");

      await().atMost(SECONDS).until(() -> gateway.serves("after"));
    }
  }

  @Test
  void theOperatorGoesOnWithAReplacedTokenToo() throws Exception {
    try (TestAccount account = TestAccount.open(cluster, namespace, proxy.address(), directory);
        TestOperator operator = TestOperator.start(cluster, namespace, ClusterConnection.open())) {
      String first = account.token();
      account.rotate();
      awaitRefusal(first);

      proxy.cut();
      apply("after");

      await()
          .atMost(SECONDS)
          .until(
              () ->
                  operator
                      .succeed(
                          "", "get", "mwt", "after", "-o=jsonpath={.status.conditions[0].reason}")
                      .equals("Valid"));
      operator.awaitRefusals();
    }
  }

  /** The server believes in a token for some seconds after it was revoked. */
  private void awaitRefusal(String token) {
    Config config =
        new ConfigBuilder(cluster.config(TestCluster.ADMIN)).withOauthToken(token).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> isRefused(client));
    }
  }

  private boolean isRefused(KubernetesClient client) {
    try {
      client.secrets().inNamespace(namespace.name()).list();
      return false;
    } catch (KubernetesClientException answer) {
      return answer.getCode() == 401;
    }
  }
}
