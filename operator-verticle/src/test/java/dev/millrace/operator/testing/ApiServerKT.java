package dev.millrace.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServer.class)
class ApiServerKT {
  @Test
  void givesEachTestANamespaceThatKubectlSees(TestCluster cluster, TestNamespace namespace) {
    String names = cluster.kubectl().succeed("get", "namespace", namespace.name(), "-o", "name");

    assertThat(names).isEqualTo("namespace/" + namespace + "\n");
  }

  @Test
  void knowsPeopleWhoMayDoNothing(TestCluster cluster, TestNamespace namespace) {
    Kubectl alice = new Kubectl(cluster.kubeconfig("alice"));

    Kubectl.Result result = alice.run("get", "configmaps", "-n", namespace.name());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("User \"alice\" cannot list resource \"configmaps\"");
  }

  @Test
  void keepsWhatIsStoredOverARestart(TestCluster cluster, TestNamespace namespace) {
    assumeTrue(cluster.restartable());
    try (KubernetesClient client = cluster.client()) {
      client
          .configMaps()
          .inNamespace(namespace.name())
          .resource(new ConfigMapBuilder().withNewMetadata().withName("kept").endMetadata().build())
          .create();

      cluster.stopServer();
      assertThat(cluster.kubectl().run("version", "--request-timeout=5s").exit()).isNotZero();
      cluster.startServer();

      assertThat(client.configMaps().inNamespace(namespace.name()).withName("kept").get())
          .isNotNull();
    }
  }
}
