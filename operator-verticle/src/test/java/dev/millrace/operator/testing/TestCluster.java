package dev.millrace.operator.testing;

import dev.millrace.operator.cluster.ClusterConnection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/**
 * A real Kubernetes API server with the resource definitions of {@code k8s/crds} installed; given
 * to tests by {@link ApiServer}, usable on any thread.
 *
 * <p>There are no controllers: a deployment starts no pods, and a deleted namespace stays.
 */
public interface TestCluster {
  /** The user that may do everything. */
  String ADMIN = "admin";

  /** How to reach the server as somebody, by a token; {@link #ADMIN} may do everything. */
  Config config(String user);

  /** The same as a kubeconfig file, for kubectl and helm. */
  Path kubeconfig(String user);

  /** The address at which the server finds a port of this JVM's loopback, for webhooks. */
  String hostOfTests(int port);

  /** Whether {@link #stopServer()} and {@link #startServer()} work here. */
  boolean restartable();

  /** Ends the API server, and with it every watch; what is stored stays. */
  void stopServer();

  /** Starts the API server anew at the same address; returns when it is ready. */
  void startServer();

  /** Ends all of it. */
  void close();

  /** A client that may do everything; the caller closes it. */
  default KubernetesClient client() {
    return ClusterConnection.open(config(ADMIN));
  }

  /** The real kubectl, as the user that may do everything. */
  default Kubectl kubectl() {
    return new Kubectl(kubeconfig(ADMIN));
  }
}
