package dev.millrace.perf.flame;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * async-profiler inside of a JVM that runs already: it samples each thread by the CPU time that the
 * thread used, also between safepoints. Used on the main thread.
 *
 * @param library the native library, unpacked
 * @param pid of the JVM
 */
record Profiler(Path library, long pid) {

  static Profiler of(long pid, Path work) throws IOException {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name =
        (architecture.equals("aarch64") ? "linux-arm64" : "linux-x64") + "/libasyncProfiler.so";
    Path library = work.resolve("libasyncProfiler.so");
    try (InputStream packed = Profiler.class.getResourceAsStream("/" + name)) {
      if (packed == null) {
        throw new IllegalStateException(name + " is not on the class path; build perf again");
      }
      Files.copy(packed, library, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Profiler(library, pid);
  }

  void start() throws IOException {
    command("start,event=ctimer,interval=1ms");
  }

  /** Ends sampling; the collapsed stacks, a line each. */
  String stop() throws IOException {
    Path stacks = library.resolveSibling("stacks.txt");
    command("stop,collapsed,simple,file=" + stacks);
    return Files.readString(stacks);
  }

  private void command(String options) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgentPath(library.toString(), options);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IllegalStateException("the profiler refused: " + options, e);
    }
  }
}
