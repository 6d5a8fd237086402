package dev.millrace.operator.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/**
 * etcd and kube-apiserver as processes of this machine, on loopback, below a temporary directory;
 * owned by whoever started it, usable on any thread.
 */
final class LocalCluster implements TestCluster {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final String LOOPBACK = "127.0.0.1";

  private final Path directory;
  private final int port;
  private final ServerProcess etcd;
  private final Thread atExit = new Thread(this::end);
  private final int etcdPort;
  private ServerProcess server;

  private LocalCluster(Path directory, int port, ServerProcess etcd, int etcdPort) {
    this.directory = directory;
    this.port = port;
    this.etcd = etcd;
    this.etcdPort = etcdPort;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static LocalCluster start() {
    Path binary = Path.of(System.getProperty("user.home"), ".cache", "millrace", "kube-apiserver");
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          "There is no "
              + binary
              + ": build it with k8s/test-cluster/build-apiserver.sh, or set"
              + " MILLRACE_TEST_CLUSTER=k3s where Docker runs");
    }
    try {
      Path directory = Files.createTempDirectory("millrace-cluster");
      int etcdPort = freePort();
      ServerProcess etcd = startEtcd(directory, etcdPort);
      LocalCluster cluster = new LocalCluster(directory, freePort(), etcd, etcdPort);
      try {
        cluster.prepare();
        cluster.startServer();
        return cluster;
      } catch (RuntimeException | Error e) {
        cluster.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerProcess startEtcd(Path directory, int port) {
    String clients = "http://" + LOOPBACK + ":" + port;
    String peers = "http://" + LOOPBACK + ":" + freePort();
    return ServerProcess.start(
        directory.resolve("etcd.log"),
        List.of(
            "etcd",
            "--data-dir=" + directory.resolve("etcd"),
            "--listen-client-urls=" + clients,
            "--advertise-client-urls=" + clients,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers));
  }

  /** Writes the keys, the users and their kubeconfig files. */
  private void prepare() throws IOException {
    KeyPair keys;
    try {
      keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
    pem("service-accounts.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
    pem("service-accounts.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
    Files.writeString(directory.resolve("users.csv"), TestUsers.csv());
  }

  private void pem(String file, String type, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  @Override
  public void startServer() {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(System.getProperty("user.home"), ".cache", "millrace", "kube-apiserver")
            .toString());
    command.addAll(
        List.of(
            "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
            "--bind-address=" + LOOPBACK,
            "--secure-port=" + port,
            "--cert-dir=" + directory.resolve("certificates"),
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + directory.resolve("service-accounts.pub"),
            "--service-account-signing-key-file=" + directory.resolve("service-accounts.key"),
            "--token-auth-file=" + directory.resolve("users.csv"),
            "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount",
            "--profiling=false"));
    server = ServerProcess.start(directory.resolve("kube-apiserver.log"), command);
    try {
      await()
          .atMost(READY)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !etcd.isAlive() || !server.isAlive() || isReady());
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "kube-apiserver was not ready within " + READY + ":\n" + server.logTail(), e);
    }
    if (!etcd.isAlive()) {
      throw new IllegalStateException("etcd ended:\n" + etcd.logTail());
    }
    if (!server.isAlive()) {
      throw new IllegalStateException("kube-apiserver ended:\n" + server.logTail());
    }
    if (kubectl().run("get", "crd", "workflows.millrace.dev").exit() == 0) {
      ResourceDefinitionFiles.awaitServed(kubectl());
    }
  }

  private boolean isReady() {
    // Until the port is open there is no certificate to read either.
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (!socket.isConnected()) {
        return false;
      }
    } catch (IOException notYet) {
      return false;
    }
    Config once = new ConfigBuilder(config(ADMIN)).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(once).build()) {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  @Override
  public void stopServer() {
    server.stop();
  }

  @Override
  public boolean restartable() {
    return true;
  }

  @Override
  public String hostOfTests(int portOfTests) {
    return LOOPBACK;
  }

  @Override
  public Config config(String user) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(address())
        .withCaCertFile(authority().toString())
        .withOauthToken(TestUsers.token(user))
        .build();
  }

  @Override
  public Path kubeconfig(String user) {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
          - name: test
            cluster: { server: "%s", certificate-authority: "%s" }
        users:
          - name: test
            user: { token: "%s" }
        contexts:
          - name: test
            context: { cluster: test, user: test }
        """
            .formatted(address(), authority(), TestUsers.token(user));
    try {
      return Files.writeString(directory.resolve("kubeconfig-" + user), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String address() {
    return "https://" + LOOPBACK + ":" + port;
  }

  /** The server signs its certificate itself. */
  private Path authority() {
    return directory.resolve("certificates").resolve("apiserver.crt");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    if (server != null) {
      server.stop();
    }
    etcd.stop();
    Directories.delete(directory);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
