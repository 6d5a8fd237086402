package dev.millrace.operator.testing;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A service account whose token lies in a file, as a pod finds its own, and can be replaced and
 * revoked; owned by the test that made it. It may do everything. While it is open, this JVM looks
 * like a pod of that account.
 */
public final class TestAccount implements AutoCloseable {
  private static final String NAME = "account";

  private final KubernetesClient client;
  private final String namespace;
  private final Path file;
  private final Map<String, String> before = new HashMap<>();
  private int tokens;
  private Secret bound;

  private TestAccount(KubernetesClient client, String namespace, Path file) {
    this.client = client;
    this.namespace = namespace;
    this.file = file;
  }

  /**
   * Makes it in a namespace.
   *
   * @param address of the server, for who reads it from the pod's environment
   */
  public static TestAccount open(
      TestCluster cluster, TestNamespace namespace, String address, Path directory) {
    TestAccount account =
        new TestAccount(cluster.client(), namespace.name(), directory.resolve("token"));
    account.create();
    account.rotate();
    Config server = cluster.config(TestCluster.ADMIN);
    account.set("kubernetes.master", address);
    account.set("kubernetes.certs.ca.file", server.getCaCertFile());
    account.set("kubernetes.certs.ca.data", server.getCaCertData());
    account.set("kubernetes.auth.tryKubeConfig", "false");
    account.set("kubernetes.auth.tryServiceAccount", "true");
    account.set("kubernetes.auth.serviceAccount.token", account.file.toString());
    return account;
  }

  private void set(String property, String value) {
    if (value != null) {
      before.put(property, System.setProperty(property, value));
    }
  }

  private void create() {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName(NAME).endMetadata().build())
        .create();
    client
        .rbac()
        .clusterRoleBindings()
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(namespace + "-" + NAME)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject(null, "ServiceAccount", NAME, namespace)
                .build())
        .create();
  }

  /** Puts a new token into the file, and makes the one before worth nothing. */
  public void rotate() {
    Secret last = bound;
    tokens++;
    bound =
        client
            .secrets()
            .inNamespace(namespace)
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName("token-" + tokens)
                    .endMetadata()
                    .build())
            .create();
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(NAME)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withNewBoundObjectRef()
                    .withApiVersion("v1")
                    .withKind("Secret")
                    .withName(bound.getMetadata().getName())
                    .withUid(bound.getMetadata().getUid())
                    .endBoundObjectRef()
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    try {
      Files.writeString(file, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (last != null) {
      client.resource(last).delete();
    }
  }

  /** The token that the file holds now. */
  public String token() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
    client.close();
  }
}
