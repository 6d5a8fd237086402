package dev.millrace.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster whose API server listens nowhere; stateless. */
final class UnreachableCluster {

  private UnreachableCluster() {}

  /** Writes the file that leads there into a directory. */
  static Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [ { name: test, cluster: { server: "https://127.0.0.1:1" } } ]
        users: [ { name: test, user: { token: none } } ]
        contexts: [ { name: test, context: { cluster: test, user: test } } ]
        """);
  }
}
