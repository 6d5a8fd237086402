package dev.millrace.perf.compare;

import dev.millrace.perf.load.LoadGenerator;
import dev.millrace.perf.load.LoadReport;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The open loop: the {@link LoadGenerator} as a process of its own, one for all runs. Owned by
 * {@link Compare}, which closes it, used on its main thread.
 */
final class OpenLoad implements AutoCloseable {

  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final Writer orders;
  private final BufferedReader reports;

  private OpenLoad(Process process) {
    this.process = process;
    this.orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.reports =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OpenLoad start(List<String> command, Path work) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(work.resolve("generator.out").toFile()).start();
    StartedProcesses.record(work, process);
    return new OpenLoad(process);
  }

  LoadResult run(URI url, Path body, Load.Open load, int seconds)
      throws IOException, InterruptedException {
    LoadGenerator.Order order =
        new LoadGenerator.Order(
            url.getPort(),
            url.getPath(),
            body.toString(),
            load.rate(),
            seconds,
            load.mostInFlight());
    orders.write(JsonMapper.shared().writeValueAsString(order) + "\n");
    orders.flush();
    try {
      return LoadResult.of(
          CompletableFuture.supplyAsync(this::report)
              .get(order.patienceSeconds() + STOP_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause().getMessage(), failure);
    } catch (TimeoutException late) {
      throw new IllegalStateException("the load generator gave no report in time", late);
    }
  }

  private LoadReport report() {
    try {
      String line;
      while ((line = reports.readLine()) != null) {
        if (line.startsWith(LoadGenerator.REPORT)) {
          return JsonMapper.shared()
              .readValue(line.substring(LoadGenerator.REPORT.length()), LoadReport.class);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the load generator's report cannot be read", failure);
    }
    throw new IllegalStateException(
        "the load generator ended; see generator.out in the work directory");
  }

  double cpuSeconds() throws IOException {
    return ProcessorTime.ofProcess(process.pid()).own();
  }

  /** The end of its input ends it. */
  @Override
  public void close() throws IOException {
    orders.close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
