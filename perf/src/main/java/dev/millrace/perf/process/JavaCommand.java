package dev.millrace.perf.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of this program's own JDK; stateless, usable on any thread. */
public final class JavaCommand {

  /** For programs of this module: warnings only. The product has its own logging. */
  public static final List<String> OWN_LOGGING =
      List.of("-Dlogback.configurationFile=perf-logback.xml");

  private JavaCommand() {}

  /**
   * A program of this program's class path.
   *
   * @param program its main class and its arguments
   */
  public static List<String> of(List<String> flags, List<String> program) {
    return of(System.getProperty("java.class.path"), flags, program);
  }

  /**
   * A program of another class path.
   *
   * @param program its main class and its arguments
   */
  public static List<String> of(String classPath, List<String> flags, List<String> program) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program);
    return command;
  }

  /**
   * A server that is measured, with what newer Java wants besides, as {@code ./millrace} does.
   *
   * @param program its main class and its arguments
   */
  public static List<String> ofServer(List<String> flags, List<String> program) {
    List<String> all = new ArrayList<>(flags);
    if (Runtime.version().feature() >= 23) {
      // Netty uses memory that newer Java warns about.
      all.add("--sun-misc-unsafe-memory-access=allow");
    }
    return of(all, program);
  }

  /** The path of a tool of the JDK, such as {@code jcmd}. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
