package dev.millrace.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  private static final Chart CHART = Chart.inNamespace("system");

  /** Everything that can be turned on. */
  static Chart everything(String namespace) {
    return Chart.inNamespace(namespace)
        .with("postgresql.enabled", true)
        .with("postgresql.password", "only for a test")
        .with("gateway.autoscaling.enabled", true)
        .with("ingress.enabled", true)
        .with("ingress.host", "api.example.org")
        .with("resourceQuota.enabled", true)
        .with("httpRoute.enabled", true)
        .with("httpRoute.parentRefs[0].name", "public")
        .with("serviceMonitor.enabled", true);
  }

  private static List<String> kinds(Chart chart) {
    return chart.objects().stream().map(HasMetadata::getKind).toList();
  }

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(Chart.directory()).lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke", "aks"})
  void theValuesOfEachCloudRender(String cloud) {
    assertThat(kinds(CHART.with(Chart.valuesOf(cloud))))
        .contains("Deployment", "ValidatingWebhookConfiguration", "HorizontalPodAutoscaler");
  }

  @Test
  void theDefaultsHaveNothingOptional() {
    assertThat(kinds(CHART))
        .contains("CustomResourceDefinition", "Deployment", "PodDisruptionBudget", "NetworkPolicy")
        .doesNotContain(
            "Ingress", "HTTPRoute", "StatefulSet", "HorizontalPodAutoscaler", "ServiceMonitor");
  }

  @Test
  void everythingCanBeTurnedOn() {
    assertThat(kinds(everything("system")))
        .contains(
            "Ingress",
            "HTTPRoute",
            "StatefulSet",
            "HorizontalPodAutoscaler",
            "ServiceMonitor",
            "ResourceQuota");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.20.0, policy/v1beta1, autoscaling/v2beta2",
    "v1.22.0, policy/v1, autoscaling/v2beta2",
    "v1.33.0, policy/v1, autoscaling/v2"
  })
  void versionsOfObjectsFollowThoseOfKubernetes(String version, String policy, String scaling) {
    List<HasMetadata> objects = everything("system").on(version).objects();

    assertThat(objects)
        .filteredOn(object -> object.getKind().equals("PodDisruptionBudget"))
        .extracting(HasMetadata::getApiVersion)
        .containsOnly(policy);
    assertThat(objects)
        .filteredOn(object -> object.getKind().equals("HorizontalPodAutoscaler"))
        .extracting(HasMetadata::getApiVersion)
        .containsOnly(scaling);
  }

  @Test
  void everyPodIsConfined() {
    List<PodSpec> pods = new ArrayList<>();
    for (HasMetadata object : everything("system").objects()) {
      if (object instanceof Deployment deployment) {
        pods.add(deployment.getSpec().getTemplate().getSpec());
      } else if (object instanceof StatefulSet set) {
        pods.add(set.getSpec().getTemplate().getSpec());
      } else if (object instanceof Pod pod) {
        pods.add(pod.getSpec());
      }
    }

    assertThat(pods).hasSizeGreaterThanOrEqualTo(3);
    assertThat(pods)
        .allSatisfy(
            pod -> {
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.getContainers()).allSatisfy(ChartTest::isConfined);
            });
  }

  private static void isConfined(Container container) {
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
    assertThat(container.getResources().getLimits()).containsKey("memory");
  }

  @ParameterizedTest
  @CsvSource({
    "gateway.replica, 3, replica",
    "webhook.failurePolicy, Maybe, failurePolicy",
    "webhook.certificates, secret, existingSecret",
    "postgresql.enabled, true, password",
    "log.level, loud, level",
    "gateway.settings.HTTP_PORT, 1, HTTP_PORT"
  })
  void aWrongValueIsRefusedByItsName(String name, String value, String named) {
    Chart wrong = CHART.with(name, value);

    assertThatThrownBy(wrong::render).hasMessageContaining(named);
  }

  @Test
  void namespacesTakeTheRightsOfTheClusterAway() {
    List<HasMetadata> objects =
        CHART.with("namespaces[0]", "shop").with("namespaces[1]", "billing").objects();

    assertThat(objects)
        .filteredOn(object -> object.getKind().equals("ClusterRoleBinding"))
        .extracting(object -> object.getMetadata().getName())
        .containsExactly("system-millrace-webhook");
    assertThat(objects)
        .filteredOn(object -> object.getKind().equals("RoleBinding"))
        .extracting(object -> object.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("shop", "billing", "shop", "billing", "system");
  }

  @Test
  void definitionsStayWhenTheChartGoes() {
    assertThat(CHART.objects())
        .filteredOn(object -> object.getKind().equals("CustomResourceDefinition"))
        .hasSize(2)
        .allSatisfy(
            definition ->
                assertThat(definition.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/resource-policy", "keep"));
  }
}
