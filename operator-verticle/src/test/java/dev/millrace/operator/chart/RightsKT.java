package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the chart's accounts may do, as the API server itself sees it: this and nothing more. */
@ExtendWith(ApiServer.class)
class RightsKT {
  private TestCluster cluster;
  private Kubectl kubectl;
  private String namespace;
  private final List<HasMetadata> applied = new ArrayList<>();

  @BeforeEach
  void take(TestCluster given, TestNamespace own) {
    cluster = given;
    kubectl = cluster.kubectl();
    namespace = own.name();
  }

  @AfterEach
  void takeAway() {
    try (KubernetesClient client = cluster.client()) {
      applied.forEach(object -> client.resource(object).delete());
    }
  }

  private void grant(Chart chart) {
    for (HasMetadata object : chart.objects()) {
      boolean right =
          object instanceof Role
              || object instanceof RoleBinding
              || object instanceof ClusterRole
              || object instanceof ClusterRoleBinding;
      if (right) {
        applied.add(object);
      }
    }
    String all =
        applied.stream()
            .map((HasMetadata object) -> new KubernetesSerialization().asYaml(object))
            .collect(Collectors.joining("---\n"));
    kubectl.succeedWithInput(all, "apply", "-f", "-");
  }

  private String account(String component) {
    return "system:serviceaccount:" + namespace + ":millrace-" + component;
  }

  /** Every right in a namespace, as {@code resource [names] [verbs]}. */
  private Set<String> rights(String component, String where) {
    String list =
        kubectl.succeed(
            "auth",
            "can-i",
            "--list",
            "--no-headers",
            "--as=" + account(component),
            "--as-group=system:serviceaccounts",
            "--as-group=system:authenticated",
            "-n",
            where);
    return list.lines()
        .map(line -> line.trim().replaceAll("\\s{2,}", " "))
        // What everybody may: ask who they are and what they may, and discover the API.
        .filter(line -> !line.matches("self.*|\\[/.*"))
        .map(line -> line.replace(" []", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void theGatewayReadsBothKindsAndNothingElse() {
    grant(Chart.inNamespace(namespace));

    assertThat(rights("gateway", "default"))
        .containsExactlyInAnyOrder(
            "workflows.millrace.dev [list watch]", "workflowtasks.millrace.dev [list watch]");
  }

  @Test
  void withEditingTheGatewayWritesBothKindsToo() {
    grant(Chart.inNamespace(namespace).with("gateway.editing", true));

    assertThat(rights("gateway", "default"))
        .containsExactlyInAnyOrder(
            "workflows.millrace.dev [list watch get create update patch delete]",
            "workflowtasks.millrace.dev [list watch get create update patch delete]");
  }

  @Test
  void theOperatorReadsBothKindsAndWritesStatusAndEvents() {
    grant(Chart.inNamespace(namespace));

    assertThat(rights("operator", "default"))
        .containsExactlyInAnyOrder(
            "workflows.millrace.dev [list watch get]",
            "workflowtasks.millrace.dev [list watch get]",
            "workflows.millrace.dev/status [patch]",
            "workflowtasks.millrace.dev/status [patch]",
            "events [create]",
            "validatingwebhookconfigurations.admissionregistration.k8s.io [%s-millrace] [get patch]"
                .formatted(namespace));
  }

  @Test
  void inItsOwnNamespaceTheOperatorHasItsLeaseAndItsCertificate() {
    grant(Chart.inNamespace(namespace));

    Set<String> own = rights("operator", namespace);
    own.removeAll(rights("operator", "default"));

    assertThat(own)
        .containsExactlyInAnyOrder(
            "leases.coordination.k8s.io [create]",
            "leases.coordination.k8s.io [millrace-operator] [get patch]",
            "secrets [create]",
            "secrets [millrace-webhook-certificate] [get update]");
  }

  @Test
  void givenCertificatesTakeTheRightsToMakeThemAway() {
    grant(
        Chart.inNamespace(namespace)
            .with("webhook.certificates", "secret")
            .with("webhook.existingSecret", "mine")
            .with("webhook.caBundle", "QQ=="));

    assertThat(rights("operator", namespace))
        .noneMatch(right -> right.contains("secrets") || right.contains("webhook"));
  }

  @Test
  void withNamespacesThereAreNoRightsElsewhere(TestNamespace shop) {
    grant(Chart.inNamespace(namespace).with("namespaces[0]", shop.name()));

    assertThat(rights("gateway", "default")).isEmpty();
    assertThat(rights("gateway", shop.name())).hasSize(2);
    assertThat(rights("operator", "default"))
        .allMatch(right -> right.startsWith("validatingwebhookconfigurations"));
    assertThat(rights("operator", shop.name())).hasSize(6);
  }

  @Test
  void theServerRefusesTheGatewayTheRest() {
    grant(Chart.inNamespace(namespace));

    assertThat(
            List.of(
                "get secrets",
                "get pods",
                "get leases",
                "create configmap x",
                "delete workflow x",
                "delete workflowtask x"))
        .allSatisfy(command -> isRefused("gateway", command));
  }

  @Test
  void theServerRefusesTheOperatorTheRest() {
    grant(Chart.inNamespace(namespace));

    assertThat(
            List.of(
                "get secrets",
                "get secret database",
                "delete secret millrace-webhook-certificate",
                "delete workflow x",
                "delete workflowtask x",
                "create serviceaccount x",
                "delete validatingwebhookconfiguration other",
                "get clusterroles",
                "get nodes"))
        .allSatisfy(command -> isRefused("operator", command));
  }

  private void isRefused(String component, String command) {
    List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ")));
    arguments.addAll(List.of("-n", namespace, "--as=" + account(component)));

    Kubectl.Result result = kubectl.run(arguments.toArray(String[]::new));

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains(account(component)).containsIgnoringCase("forbidden");
  }

  @Test
  void peopleGetTheirRightsByTheRolesOfTheCluster() {
    grant(Chart.inNamespace(namespace));

    // Without controllers nobody aggregates: the labels are what Kubernetes looks at.
    assertThat(
            kubectl.succeed(
                "get",
                "clusterroles",
                "-l",
                "rbac.authorization.k8s.io/aggregate-to-edit=true,app.kubernetes.io/part-of=millrace",
                "-o",
                "name"))
        .contains(namespace + "-millrace-edit");
  }
}
