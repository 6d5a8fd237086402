package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator as it is shipped: a process of its own, with the libraries beside the jar. The other
 * tests have those of the tests too, among which one that is missing there would not be missed.
 */
class PackagedOperatorIT {
  @TempDir Path directory;

  @Test
  void startsWithTheLibrariesThatAreShipped() throws Exception {
    Path libraries = Path.of("target", "lib");
    assertThat(libraries).isDirectory();
    Path output = directory.resolve("output");
    Path kubeconfig = UnreachableCluster.kubeconfig(directory);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                Path.of("target", "classes") + File.pathSeparator + libraries.resolve("*"),
                "dev.millrace.app.Main",
                "operator",
                "--webhook-host=127.0.0.1",
                "--webhook-port=0",
                "--operator-http-port=0",
                "--webhook-certificates=src/test/resources/operator")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = builder.start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> !process.isAlive() || Files.readString(output).contains("Millrace operator\n"));

      assertThat(output).content().contains("/admission/validate").doesNotContain("NoClassDef");
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
