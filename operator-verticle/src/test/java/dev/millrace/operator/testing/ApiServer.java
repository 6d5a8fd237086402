package dev.millrace.operator.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestCluster}, one for the whole run, and a {@link TestNamespace} of their
 * own; owned by JUnit.
 *
 * <p>The cluster starts when a test first asks and ends with the run. {@code
 * MILLRACE_TEST_CLUSTER=k3s} takes K3s in a container instead of etcd and kube-apiserver.
 */
public final class ApiServer implements ParameterResolver {
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(ApiServer.class);
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  /** What JUnit closes at the end of the run. */
  private record Running(TestCluster cluster) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestCluster.class || type == TestNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestCluster cluster =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent("cluster", key -> new Running(start()), Running.class)
            .cluster();
    return parameter.getParameter().getType() == TestCluster.class ? cluster : namespace(cluster);
  }

  /** A cluster of the caller's own, who closes it. */
  public static TestCluster start() {
    String kind = System.getenv().getOrDefault("MILLRACE_TEST_CLUSTER", "");
    TestCluster cluster =
        switch (kind) {
          case "" -> LocalCluster.start();
          case "k3s" -> K3sCluster.start();
          default ->
              throw new IllegalStateException(
                  "MILLRACE_TEST_CLUSTER cannot be " + kind + "; set it to k3s, or not at all");
        };
    ResourceDefinitionFiles.install(cluster);
    return cluster;
  }

  private static TestNamespace namespace(TestCluster cluster) {
    String name = "test-" + ProcessHandle.current().pid() + "-" + NAMESPACES.incrementAndGet();
    try (KubernetesClient client = cluster.client()) {
      client
          .namespaces()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    return new TestNamespace(name);
  }
}
