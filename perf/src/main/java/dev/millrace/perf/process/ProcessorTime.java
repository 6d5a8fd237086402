package dev.millrace.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time as Linux accounts it, read from {@code /proc}. Values in seconds; stateless, usable on
 * any thread.
 */
public final class ProcessorTime {

  /** Clock ticks a second in {@code /proc}: fixed to 100 on every Linux that runs a JVM. */
  private static final double TICKS = 100.0;

  /**
   * Whole machine since it started.
   *
   * @param busy spent by programs and the kernel
   * @param stolen taken by the host of a virtual machine
   */
  public record Machine(double busy, double stolen) {

    public Machine minus(Machine earlier) {
      return new Machine(busy - earlier.busy, stolen - earlier.stolen);
    }
  }

  /**
   * One process since it started.
   *
   * @param own user and system time of all its threads
   * @param children the same of its children that have ended
   */
  public record OfProcess(double own, double children) {}

  private ProcessorTime() {}

  public static OfProcess ofProcess(long pid) throws IOException {
    return parseProcess(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
  }

  public static OfProcess ofSelf() throws IOException {
    return ofProcess(ProcessHandle.current().pid());
  }

  public static Machine ofMachine() throws IOException {
    return parseMachine(Files.readString(Path.of("/proc/stat")));
  }

  static OfProcess parseProcess(String stat) {
    // the second field is the name in parentheses and may itself hold blanks and parentheses
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    return new OfProcess(seconds(fields, 11, 12), seconds(fields, 13, 14));
  }

  static Machine parseMachine(String stat) {
    String[] fields = stat.substring(0, stat.indexOf('\n')).split(" +", -1);
    // cpu user nice system idle iowait irq softirq steal
    return new Machine(seconds(fields, 1, 2, 3, 6, 7), seconds(fields, 8));
  }

  private static double seconds(String[] fields, int... indexes) {
    long ticks = 0;
    for (int index : indexes) {
      ticks += Long.parseLong(fields[index]);
    }
    return ticks / TICKS;
  }
}
