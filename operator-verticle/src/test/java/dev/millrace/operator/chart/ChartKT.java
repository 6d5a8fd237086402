package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UninstallCommand;
import dev.millrace.operator.testing.ApiServer;
import dev.millrace.operator.testing.Kubectl;
import dev.millrace.operator.testing.TestCluster;
import dev.millrace.operator.testing.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart against a real API server: what helm installs, upgrades and takes away. */
@ExtendWith(ApiServer.class)
class ChartKT {
  /** Kinds whose definitions belong to others. */
  private static final Set<String> OF_OTHERS =
      Set.of("HTTPRoute", "Gateway", "HealthCheckPolicy", "ServiceMonitor");

  @Test
  void helmInstallsUpgradesAndUninstalls(TestCluster cluster, TestNamespace namespace) {
    Path kubeconfig = cluster.kubeconfig(TestCluster.ADMIN);
    Kubectl kubectl = cluster.kubectl();
    try {
      Release first = install(kubeconfig, namespace);
      assertThat(first.getStatus()).isEqualTo("deployed");
      assertThat(kubectl.succeed("get", "all,pdb,hpa,ingress,netpol", "-n", namespace.name()))
          .contains("deployment.apps/millrace-gateway", "deployment.apps/millrace-operator")
          .contains("service/millrace-webhook", "statefulset.apps/millrace-postgresql")
          .contains("poddisruptionbudget.policy/millrace-gateway")
          .contains("horizontalpodautoscaler.autoscaling/millrace-gateway")
          .contains("ingress.networking.k8s.io/millrace-gateway")
          .contains("networkpolicy.networking.k8s.io/millrace-operator");

      Release second = upgrade(kubeconfig, namespace);
      assertThat(second.getRevision()).isEqualTo("2");
      assertThat(
              kubectl.succeed(
                  "get",
                  "deployment/millrace-operator",
                  "-n",
                  namespace.name(),
                  "-o",
                  "jsonpath={.spec.replicas}"))
          .isEqualTo("3");
    } finally {
      uninstall(kubeconfig, namespace);
    }
    assertThat(kubectl.succeed("get", "deployments", "-n", namespace.name(), "-o", "name"))
        .isEmpty();
    assertThat(kubectl.succeed("get", "validatingwebhookconfigurations", "-o", "name"))
        .doesNotContain(namespace.name());
    assertThat(kubectl.succeed("get", "crds", "-o", "name"))
        .contains("workflows.millrace.dev", "workflowtasks.millrace.dev");
  }

  private static Release install(Path kubeconfig, TestNamespace namespace) {
    InstallCommand command =
        new Helm(Chart.directory())
            .install()
            .withName(Chart.RELEASE)
            .withNamespace(namespace.name())
            .withKubeConfig(kubeconfig)
            // The cluster of the tests has them from kubectl.
            .set("crds.install", false)
            .set("httpRoute.enabled", false)
            .set("serviceMonitor.enabled", false);
    ChartTest.everything(namespace.name()).values().entrySet().stream()
        .filter(value -> !value.getKey().matches("(httpRoute|serviceMonitor).*"))
        .forEach(value -> command.set(value.getKey(), value.getValue()));
    return command.call();
  }

  private static Release upgrade(Path kubeconfig, TestNamespace namespace) {
    return new Helm(Chart.directory())
        .upgrade()
        .reuseValues()
        .withName(Chart.RELEASE)
        .withNamespace(namespace.name())
        .withKubeConfig(kubeconfig)
        .set("operator.replicas", 3)
        .call();
  }

  private static void uninstall(Path kubeconfig, TestNamespace namespace) {
    UninstallCommand command = Helm.uninstall(Chart.RELEASE);
    command.withNamespace(namespace.name()).withKubeConfig(kubeconfig).call();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke", "aks"})
  void theServerTakesWhatTheValuesOfEachCloudRender(
      String cloud, TestCluster cluster, TestNamespace namespace) {
    String version;
    try (KubernetesClient client = cluster.client()) {
      version = client.getKubernetesVersion().getGitVersion();
    }
    Chart chart =
        Chart.inNamespace(namespace.name())
            .on(version.replaceAll("\\+.*", ""))
            .with(Chart.valuesOf(cloud));
    String objects =
        chart.objects().stream()
            .filter(object -> !OF_OTHERS.contains(object.getKind()))
            .map((HasMetadata object) -> new KubernetesSerialization().asYaml(object))
            .collect(Collectors.joining("---\n"));

    String answer =
        cluster.kubectl().succeedWithInput(objects, "apply", "--dry-run=server", "-f", "-");

    assertThat(answer).contains("deployment.apps/millrace-gateway created (server dry run)");
  }
}
