package dev.millrace.operator.testing;

import static org.awaitility.Awaitility.await;

import dev.millrace.operator.OperatorOptions;
import dev.millrace.operator.OperatorVerticle;
import dev.millrace.operator.certificate.SelfSignedCertificates;
import dev.millrace.operator.certificate.TrustedAuthorities;
import dev.millrace.operator.cluster.ClusterDefinitions;
import dev.millrace.operator.webhook.WebhookOptions;
import dev.millrace.operator.webhook.WebhookServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The operator in this JVM, with its webhook registered for one namespace of a test cluster; owned
 * by the test that started it.
 */
public final class TestOperator implements AutoCloseable {
  /** Refused by the resource definitions' rules only, never by their schema. */
  private static final String WRONG =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: probe }
      spec:
        inputSchema: { type: object }
        tasks: [ { id: a, taskRef: there-is-no-such-task, input: {} } ]
        output: {}
      """;

  private final TestCluster cluster;
  private final String namespace;
  private final KubernetesClient client;
  private final int port;
  private Vertx vertx;
  private OperatorVerticle verticle;

  private TestOperator(TestCluster cluster, String namespace, KubernetesClient client) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.client = client;
    this.port = freePort();
  }

  /** Starts it, and waits until the API server asks it. */
  public static TestOperator start(TestCluster cluster, TestNamespace namespace) {
    return start(cluster, namespace, cluster.client());
  }

  /**
   * The same with a connection of its own.
   *
   * @param client closed with the operator
   */
  public static TestOperator start(
      TestCluster cluster, TestNamespace namespace, KubernetesClient client) {
    TestOperator operator = new TestOperator(cluster, namespace.name(), client);
    operator.register();
    operator.run();
    operator.awaitRefusals();
    return operator;
  }

  /** Starts another replica, which the API server does not ask. */
  public static TestOperator second(TestCluster cluster, TestNamespace namespace) {
    TestOperator operator = new TestOperator(cluster, namespace.name(), cluster.client());
    operator.run();
    return operator;
  }

  /** The namespace that it looks after. */
  public String namespace() {
    return namespace;
  }

  /** The port of its webhook. */
  public int webhookPort() {
    return port;
  }

  private void register() {
    client
        .namespaces()
        .withName(namespace)
        .edit(
            found -> {
              found.getMetadata().setLabels(Map.of("millrace-test", namespace));
              return found;
            });
    String url = "https://" + cluster.hostOfTests(port) + ":" + port + WebhookServer.PATH;
    client
        .resource(
            new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .addNewWebhook()
                .withName("validate.millrace.dev")
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withTimeoutSeconds(5)
                .withNewNamespaceSelector()
                .addToMatchLabels("millrace-test", namespace)
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("millrace.dev")
                .withApiVersions("v1")
                .withResources("workflows", "workflowtasks")
                .withOperations("CREATE", "UPDATE", "DELETE")
                .withScope("Namespaced")
                .endRule()
                .withNewClientConfig()
                .withUrl(url)
                .endClientConfig()
                .endWebhook()
                .build())
        .create();
  }

  /** Starts the operator's verticle; once more after {@link #stop()}. */
  public void run() {
    vertx = Vertx.vertx();
    verticle =
        new OperatorVerticle(
            new OperatorOptions(
                "127.0.0.1",
                0,
                WebhookOptions.at("127.0.0.1", port),
                namespace,
                "test-" + port,
                Duration.ofSeconds(1),
                OperatorOptions.CERTIFICATE_WITHIN),
            client,
            new ClusterDefinitions(client, List.of(namespace)),
            new SelfSignedCertificates(
                client,
                namespace,
                "webhook-certificate",
                List.of(cluster.hostOfTests(port)),
                new TrustedAuthorities(client, namespace),
                Clock.systemUTC()));
    result(vertx.deployVerticle(verticle));
    await().atMost(Duration.ofSeconds(60)).until(() -> get("/health/ready").statusCode() == 200);
  }

  /** Ends the operator as its process would end, and frees its ports. */
  public void stop() {
    result(vertx.close());
  }

  /** Waits until a change that must be refused is refused by the webhook itself. */
  public void awaitRefusals() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                kubectl(WRONG, "apply", "--dry-run=server", "-f", "-")
                    .all()
                    .contains("UnknownTaskRef"));
  }

  /** Runs kubectl in the namespace with a text on its input. */
  public Kubectl.Result kubectl(String input, String... arguments) {
    return cluster.kubectl().runWithInput(input, with(arguments));
  }

  /** Runs kubectl in the namespace, and fails unless it succeeds; its output. */
  public String succeed(String input, String... arguments) {
    return cluster.kubectl().succeedWithInput(input, with(arguments));
  }

  private String[] with(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = namespace;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return all;
  }

  /** Asks the operator's own port. */
  public HttpResponse<String> get(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + verticle.httpPort() + path))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Has the API server ask nobody any more. */
  public void unregister() {
    client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(namespace)
        .delete();
  }

  @Override
  public void close() {
    unregister();
    stop();
    client.close();
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
