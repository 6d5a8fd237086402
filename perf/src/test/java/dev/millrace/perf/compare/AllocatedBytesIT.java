package dev.millrace.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.perf.process.JavaCommand;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir Path work;

  @Test
  void countsWhatThreadsAllocatedThatHaveEnded() throws Exception {
    Path socket = work.resolve("allocating.tally");
    List<String> program = new ArrayList<>(AllocationTally.before(socket));
    program.add(Allocating.class.getName());
    Process process =
        new ProcessBuilder(JavaCommand.of(List.of("-Xmx128m"), program))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AllocatedBytes allocated = new AllocatedBytes(socket);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo("ready");
      long before = allocated.read();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertThat(output.readLine()).startsWith("allocated");

      long bytes = allocated.read() - before;

      assertThat(bytes).isBetween((long) MEGABYTES << 20, (MEGABYTES + 4L) << 20);
      assertThat(AllocationTally.ofLivingThreads()).isPositive();
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }
}
