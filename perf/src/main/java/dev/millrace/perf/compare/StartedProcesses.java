package dev.millrace.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The ids of all processes that a comparison started, in a file of the work directory, by which the
 * script {@code perf/compare} ends what is left should this program be killed. Stateless, used on
 * the main thread of {@link Compare}.
 */
final class StartedProcesses {

  private StartedProcesses() {}

  static void record(Path work, Process process) throws IOException {
    record(work, process.pid());
  }

  static void record(Path work, long pid) throws IOException {
    Files.writeString(
        work.resolve("pids"), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
