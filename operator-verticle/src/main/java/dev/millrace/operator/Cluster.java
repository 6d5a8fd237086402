package dev.millrace.operator;

import dev.millrace.engine.catalog.Catalog;
import dev.millrace.operator.certificate.CertificateFiles;
import dev.millrace.operator.certificate.Certificates;
import dev.millrace.operator.certificate.SelfSignedCertificates;
import dev.millrace.operator.certificate.TrustedAuthorities;
import dev.millrace.operator.cluster.ClusterConnection;
import dev.millrace.operator.cluster.ClusterDefinitionSource;
import dev.millrace.operator.cluster.ClusterDefinitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The connection to the cluster that this process runs in, or that its kubeconfig names; made and
 * closed by the program. What it hands out shares the connection.
 */
public final class Cluster implements AutoCloseable {
  private final KubernetesClient client;

  private Cluster(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Connects as the pod's account, or as the kubeconfig says; nothing is called yet. Blocks its
   * thread.
   */
  public static Cluster connect() {
    return new Cluster(ClusterConnection.open());
  }

  /** Connects as a client does, which is closed with this. */
  public static Cluster of(KubernetesClient client) {
    return new Cluster(client);
  }

  /** The address of the API server. */
  public String address() {
    return client.getMasterUrl().toString();
  }

  /** The namespace that this process belongs to, where nothing else is said. */
  public String namespace() {
    String own = client.getNamespace();
    return own == null || own.isEmpty() ? "default" : own;
  }

  /**
   * A source of the gateway's definitions.
   *
   * @param namespaces those that are followed; empty for all
   */
  public ClusterDefinitionSource definitions(
      Vertx vertx, Catalog catalog, List<String> namespaces) {
    return new ClusterDefinitionSource(vertx, new ClusterDefinitions(client, namespaces), catalog);
  }

  /** Certificates that somebody else puts into a directory. */
  public static Certificates given(Path directory) {
    return new CertificateFiles(directory);
  }

  /**
   * Certificates that the operator makes for itself.
   *
   * @param service the name of the webhook's Service; the Secret is named after it
   * @param address the host of the webhook's URL where it is called by one; null otherwise
   * @param configuration the ValidatingWebhookConfiguration that is told whom to trust
   */
  public Certificates selfSigned(
      String namespace, String service, String address, String configuration) {
    List<String> hosts = new ArrayList<>();
    hosts.add(service + "." + namespace + ".svc");
    hosts.add(service + "." + namespace + ".svc.cluster.local");
    if (address != null) {
      hosts.add(address);
    }
    return new SelfSignedCertificates(
        client,
        namespace,
        service + "-certificate",
        hosts,
        new TrustedAuthorities(client, configuration),
        Clock.systemUTC());
  }

  /**
   * The operator, to be deployed once.
   *
   * @param namespaces those that it looks after; empty for all
   */
  public OperatorVerticle operator(
      OperatorOptions options, Certificates certificates, List<String> namespaces) {
    return new OperatorVerticle(
        options, client, new ClusterDefinitions(client, namespaces), certificates);
  }

  @Override
  public void close() {
    client.close();
  }
}
