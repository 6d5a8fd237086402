package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asks a JVM that allocates a known amount. */
@Timeout(60)
class AllocatedBytesIT {
  private static final int MEGABYTES = 64;

  /** Allocates at each line it reads, on a thread that ends, and says so. */
  public static final class Allocating {
    private static byte[] sink;

    public static void main(String[] arguments) throws Exception {
      System.out.println("ready");
      while (System.in.read() == '\n') {
        Thread thread =
            new Thread(
                () -> {
                  for (int count = 0; count < MEGABYTES; count++) {
                    sink = new byte[1 << 20];
                  }
                });
        thread.start();
        thread.join();
        System.out.println("allocated " + sink.length);
      }
    }
  }

  @Test
  void countsWhatThreadsAllocatedThatHaveEnded() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                Path.of("target", "test-classes").toString(),
                Allocating.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        AllocatedBytes allocated = AllocatedBytes.of(process.pid())) {
      assertThat(output.readLine()).isEqualTo("ready");
      long before = allocated.read();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertThat(output.readLine()).startsWith("allocated");

      long bytes = allocated.read() - before;

      assertThat(bytes).isBetween((long) MEGABYTES << 20, (MEGABYTES + 4L) << 20);
      assertThat(allocated.ofLivingThreads()).isPositive();
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
