package dev.millrace.perf.compare;

import dev.millrace.perf.load.LoadGenerator;
import dev.millrace.perf.load.LoadReport;
import dev.millrace.perf.process.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The open loop: the {@link LoadGenerator} as a process of its own, one for all runs. Owned by
 * {@link Compare}, used on its main thread; the process is the bench's.
 */
final class OpenLoad {

  private static final int GRACE_SECONDS = 10;

  private final Program generator;
  private final Writer orders;
  private final BufferedReader reports;

  /** A generator that was started to be talked to. */
  OpenLoad(Program generator) {
    this.generator = generator;
    this.orders = generator.process().outputWriter(StandardCharsets.UTF_8);
    this.reports = generator.process().inputReader(StandardCharsets.UTF_8);
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
              .get(order.patienceSeconds() + GRACE_SECONDS, TimeUnit.SECONDS));
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

  double cpuSeconds() {
    return generator.cpuSeconds();
  }
}
