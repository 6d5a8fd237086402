package dev.millrace.perf.stress;

import dev.millrace.perf.process.JavaCommand;
import dev.millrace.perf.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks again and again at what a JVM holds: its memory as Linux counts it, and what lives in its
 * heap after a full collection, which it asks for. Owned by {@link Soak}; looks on a thread of its
 * own until it is closed.
 */
final class MemoryWatch implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
  private static final int HEAP_EVERY = 4;

  private final Program program;
  private final long startedAt = System.nanoTime();
  private final List<Trend.Point> resident = new ArrayList<>();
  private final List<Trend.Point> live = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Void> broken = new CompletableFuture<>();
  private final ScheduledFuture<?> looking;
  private int looks;

  MemoryWatch(Program program, long intervalMillis) {
    this.program = program;
    this.looking =
        thread.scheduleAtFixedRate(
            this::look, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (broken.isDone()) {
      return;
    }
    try {
      double second = (System.nanoTime() - startedAt) / 1e9;
      if (looks++ % HEAP_EVERY == 0) {
        live.add(new Trend.Point(second, liveBytes(program.pid())));
      }
      resident.add(new Trend.Point(second, program.residentBytes()));
    } catch (RuntimeException failure) {
      broken.completeExceptionally(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What lives in the heap of a JVM, after a full collection. */
  private static long liveBytes(long pid) throws InterruptedException {
    command(pid, "GC.run");
    return usedBytes(command(pid, "GC.heap_info"));
  }

  static long usedBytes(String heapInfo) {
    long kib =
        heapInfo
            .lines()
            .filter(line -> line.contains("generation") || line.contains("heap"))
            .map(USED::matcher)
            .filter(Matcher::find)
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    if (kib == 0) {
      throw new IllegalStateException("jcmd tells no use of the heap: " + heapInfo);
    }
    return kib * 1024;
  }

  private static String command(long pid, String command) throws InterruptedException {
    try {
      Process jcmd =
          new ProcessBuilder(JavaCommand.tool("jcmd"), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException("jcmd " + command + " failed: " + output);
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException("jcmd cannot be run; a JDK is needed", failure);
    }
  }

  /** Ends looking; to be called before the points are read. */
  void stop() throws InterruptedException, ExecutionException {
    thread.shutdown();
    if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a look at the memory does not end");
    }
    if (broken.isCompletedExceptionally()) {
      broken.get();
    }
  }

  /** What Linux counts, with the second since the start. */
  List<Trend.Point> resident() {
    return List.copyOf(resident);
  }

  /** What lives in the heap, with the second since the start. */
  List<Trend.Point> live() {
    return List.copyOf(live);
  }

  @Override
  public void close() {
    looking.cancel(true);
    thread.shutdownNow();
  }
}
