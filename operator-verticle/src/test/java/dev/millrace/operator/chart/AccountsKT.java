package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.operator.Cluster;
import dev.millrace.operator.OperatorOptions;
import dev.millrace.operator.OperatorVerticle;
import dev.millrace.operator.cluster.ClusterDefinitionSource;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import dev.millrace.operator.webhook.WebhookOptions;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator and a gateway's source as the chart runs them: with the tokens of its accounts, the
 * names of its variables and its own webhook configuration, which calls the webhook by its Service.
 */
@ExtendWith(ApiServer.class)
@Timeout(180)
class AccountsKT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TASK =
      """
      apiVersion: millrace.dev/v1
      kind: WorkflowTask
      metadata: { name: fetch }
      spec:
        inputSchema: { type: object }
        outputSchema: { type: object, required: [id], properties: { id: { type: integer } } }
        http: { method: GET, url: "https://svc.internal/" }
      """;
  private static final String WORKFLOW =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: flow }
      spec:
        inputSchema: { type: object }
        tasks: [ { id: one, taskRef: fetch, input: {} } ]
        output: { id: "{{tasks.one.output.id}}" }
      """;
  private static final Pattern RIGHT = Pattern.compile("(\\S+) .*\\[([a-z ]+)]");

  private final List<HasMetadata> applied = new ArrayList<>();
  private final List<KubernetesClient> clients = new ArrayList<>();
  private TestCluster cluster;
  private String namespace;
  private KubernetesClient admin;
  private Vertx vertx;

  @BeforeEach
  void take(TestCluster given, TestNamespace own) {
    cluster = given;
    namespace = own.name();
    admin = cluster.client();
    vertx = Vertx.vertx();
  }

  @AfterEach
  void takeAway() {
    result(vertx.close());
    applied.forEach(object -> admin.resource(object).delete());
    kubectl("", "delete", "mwf,mwt", "--all");
    clients.forEach(KubernetesClient::close);
    admin.close();
  }

  @ParameterizedTest(name = "for its own namespace only: {0}")
  @ValueSource(booleans = {false, true})
  void bothProgramsUseExactlyTheRightsThatTheyHave(boolean confined) {
    Chart chart = Chart.inNamespace(namespace);
    Map<String, String> settings = install(confined ? confined(chart) : chart);
    UsedRights ofOperator = new UsedRights();
    UsedRights ofGateway = new UsedRights();
    List<String> served = confined ? List.of(namespace) : List.of();

    String deployment = startOperator(settings, as("operator", ofOperator), served);
    Catalog catalog = new Catalog(namespace);
    ClusterDefinitionSource source =
        Cluster.of(as("gateway", ofGateway)).definitions(vertx, catalog, served);
    result(source.start());
    refusesWhatIsWrong();
    succeed(TASK, "apply", "-f", "-");
    succeed(WORKFLOW, "apply", "-f", "-");
    await()
        .atMost(SOON)
        .until(() -> succeed("", "get", "mwf", "flow", "--no-headers").contains("True"));
    await().atMost(SOON).until(() -> catalog.snapshot().workflow(namespace, "flow") != null);
    await().atMost(SOON).until(() -> succeed("", "get", "events").contains("workflow/flow"));
    assertThat(kubectl(TASK.replace("id", "other"), "apply", "-f", "-").err())
        .contains("BreakingChange");
    renewsADamagedCertificate();
    result(vertx.undeploy(deployment));
    result(source.stop());

    assertThat(ofOperator.refused()).isEmpty();
    assertThat(ofGateway.refused()).isEmpty();
    assertThat(ofOperator.used()).isEqualTo(granted("operator"));
    assertThat(ofGateway.used()).isEqualTo(granted("gateway"));
  }

  private Chart confined(Chart chart) {
    // Kubernetes 1.20 does not set the label that the webhook looks for.
    succeed("", "label", "--overwrite", "namespace", namespace, label());
    return chart.with("namespaces[0]", namespace);
  }

  private String label() {
    return "kubernetes.io/metadata.name=" + namespace;
  }

  /** What a cluster without nodes can hold of the chart; the settings of the operator's pods. */
  private Map<String, String> install(Chart chart) {
    Map<String, String> settings = Map.of();
    for (HasMetadata object : chart.objects()) {
      if (object instanceof Deployment pods && pods.getMetadata().getName().endsWith("-operator")) {
        settings =
            pods.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
      }
      boolean needed =
          object instanceof ServiceAccount
              || object instanceof Role
              || object instanceof RoleBinding
              || object instanceof ClusterRole
              || object instanceof ClusterRoleBinding
              || object instanceof ValidatingWebhookConfiguration;
      if (needed) {
        applied.add(object);
        admin.resource(object).create();
      }
    }
    return settings;
  }

  /** A client with the account's own token, as a pod has it. */
  private KubernetesClient as(String component, UsedRights rights) {
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("millrace-" + component)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3_600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(cluster.config(TestCluster.ADMIN))
                    .withClientCertData(null)
                    .withClientKeyData(null)
                    .withOauthToken(token)
                    .build())
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("rights", rights))
            .build();
    clients.add(client);
    return client;
  }

  private String startOperator(
      Map<String, String> settings, KubernetesClient client, List<String> served) {
    String configuration = settings.get("MILLRACE_WEBHOOK_CONFIGURATION");
    String service = settings.get("MILLRACE_WEBHOOK_SERVICE");
    String home = settings.get("MILLRACE_OPERATOR_NAMESPACE");
    Cluster own = Cluster.of(client);
    OperatorVerticle operator =
        own.operator(
            new OperatorOptions(
                "127.0.0.1",
                0,
                WebhookOptions.at("127.0.0.1", 0),
                home,
                "pod",
                Duration.ofSeconds(1),
                OperatorOptions.CERTIFICATE_WITHIN),
            own.selfSigned(home, service, null, configuration),
            served);
    String deployment = result(vertx.deployVerticle(operator));
    lead(service, configuration, operator.webhookPort());
    return deployment;
  }

  /** Without nodes nobody routes to pods: the webhook's Service becomes a name for this JVM. */
  private void lead(String service, String configuration, int port) {
    HasMetadata name =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(service)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withType("ExternalName")
            .withExternalName(cluster.hostOfTests(port))
            .endSpec()
            .build();
    applied.add(name);
    admin.resource(name).create();
    admin
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(configuration)
        .edit(
            found -> {
              found.getWebhooks().get(0).getClientConfig().getService().setPort(port);
              return found;
            });
  }

  /** Shows that the API server trusts the webhook: nobody else knows that there is no such task. */
  private void refusesWhatIsWrong() {
    await()
        .atMost(SOON)
        .until(
            () ->
                kubectl(WORKFLOW.replace("taskRef: fetch", "taskRef: none"), "apply", "-f", "-")
                    .err()
                    .contains("UnknownTaskRef"));
  }

  private void renewsADamagedCertificate() {
    String secret = "millrace-webhook-certificate";
    succeed("", "patch", "secret", secret, "-p", "{\"data\":{\"ca.crt\":\"AAAA\"}}");
    await()
        .atMost(SOON)
        .until(
            () ->
                succeed("", "get", "secret", secret, "-o", "jsonpath={.data.ca\\.crt}").length()
                    > 100);
    refusesWhatIsWrong();
  }

  /** What the API server says that an account may do in its namespace. */
  private Set<String> granted(String component) {
    Set<String> granted = new TreeSet<>();
    String list =
        succeed(
            "",
            "auth",
            "can-i",
            "--list",
            "--no-headers",
            "--as=system:serviceaccount:" + namespace + ":millrace-" + component,
            "--as-group=system:serviceaccounts",
            "--as-group=system:authenticated");
    list.lines()
        .filter(line -> !line.matches("self.*|\\s+\\[/.*|\\[/.*"))
        .map(RIGHT::matcher)
        .filter(Matcher::find)
        .forEach(
            right ->
                Arrays.stream(right.group(2).split(" "))
                    .forEach(verb -> granted.add(verb + " " + right.group(1))));
    return granted;
  }

  private Kubectl.Result kubectl(String input, String... arguments) {
    return cluster.kubectl().runWithInput(input, with(arguments));
  }

  private String succeed(String input, String... arguments) {
    return cluster.kubectl().succeedWithInput(input, with(arguments));
  }

  private String[] with(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", namespace));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
