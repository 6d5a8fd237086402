package dev.millrace.operator.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.Testcontainers;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * K3s in a container, for continuous integration; owned by whoever started it, usable on any
 * thread.
 *
 * <p>Users other than the administrator are impersonated by it, in the file and in the client.
 */
final class K3sCluster implements TestCluster {
  private static final DockerImageName IMAGE =
      DockerImageName.parse(
          System.getenv().getOrDefault("MILLRACE_K3S_IMAGE", "rancher/k3s:v1.33.4-k3s1"));

  private final K3sContainer container;
  private final Path directory;

  private K3sCluster(K3sContainer container, Path directory) {
    this.container = container;
    this.directory = directory;
  }

  @SuppressWarnings("resource") // closed by close()
  static K3sCluster start() {
    K3sContainer container = new K3sContainer(IMAGE).withAccessToHost(true);
    container.start();
    try {
      Path directory = Files.createTempDirectory("millrace-cluster");
      // The binary of K3s is kubectl, too, where it is called by that name.
      Path kubectl = Files.createDirectories(directory.resolve("bin")).resolve("kubectl");
      container.copyFileFromContainer("/bin/k3s", kubectl.toString());
      if (!kubectl.toFile().setExecutable(true)) {
        throw new IllegalStateException(kubectl + " cannot be made executable");
      }
      return new K3sCluster(container, directory);
    } catch (IOException e) {
      container.stop();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Config config(String user) {
    Config administrator = Config.fromKubeconfig(container.getKubeConfigYaml());
    return user.equals(ADMIN)
        ? administrator
        : new ConfigBuilder(administrator)
            .withImpersonateUsername(user)
            .withImpersonateGroups("developers", "system:authenticated")
            .build();
  }

  @Override
  public Path kubeconfig(String user) {
    String text = container.getKubeConfigYaml();
    String impersonated =
        user.equals(ADMIN)
            ? text
            : text.replaceFirst(
                "(?m)^( *)client-certificate-data:",
                "$1as: "
                    + user
                    + "\n$1as-groups: [developers, \"system:authenticated\"]\n$1client-certificate-data:");
    try {
      return Files.writeString(directory.resolve("kubeconfig-" + user), impersonated);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String hostOfTests(int port) {
    Testcontainers.exposeHostPorts(port);
    return "host.testcontainers.internal";
  }

  @Override
  public boolean restartable() {
    return false;
  }

  @Override
  public void stopServer() {
    throw new UnsupportedOperationException(
        "K3s is one process: it cannot lose its API server only");
  }

  @Override
  public void startServer() {
    throw new UnsupportedOperationException("K3s was not stopped");
  }

  @Override
  public void close() {
    container.stop();
    Directories.delete(directory);
  }
}
