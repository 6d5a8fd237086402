package dev.millrace.app.command;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The short life of a demo that {@link RehearseCommand} started: a few requests, then the end. Runs
 * on the main thread.
 */
final class RehearsalLifetime implements Lifetime {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Beyond what the program's own shutdown may take. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private static final int SUCCESS = 200;
  private static final int ATTEMPTS = 5;

  private final String address;
  private final PrintWriter complaints;
  private final Duration stopLimit;

  RehearsalLifetime(int port, PrintWriter complaints) {
    this(port, complaints, STOP_LIMIT);
  }

  RehearsalLifetime(int port, PrintWriter complaints, Duration stopLimit) {
    this.address = "http://127.0.0.1:" + port;
    this.complaints = complaints;
    this.stopLimit = stopLimit;
  }

  @Override
  public int untilStopped(Supplier<Future<Boolean>> stop) {
    boolean ready = answers("/health/ready", null);
    boolean executed =
        answers(
            "/api/v1/workflows/product-page/execute",
            "{\"sku\":\"TX-1042\",\"postcode\":\"10115\"}");
    boolean listed = answers("/api/v1/workflows/product-page/executions", null);
    boolean measured = answers("/metrics", null);
    boolean ended = ends(stop.get());
    return ready && executed && listed && measured && ended ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  /** Waits for the end; says so when it was not a clean one, or did not come. */
  private boolean ends(Future<Boolean> stopped) {
    try {
      boolean clean = stopped.await(stopLimit.toMillis(), TimeUnit.MILLISECONDS);
      if (!clean) {
        complaints.println("millrace: in the rehearsal the demo had to cut something off");
      }
      return clean;
    } catch (TimeoutException tooLate) {
      complaints.println(
          "millrace: in the rehearsal the demo did not end within "
              + stopLimit.toMillis()
              + " ms; the process ends without it");
      return false;
    }
  }

  /**
   * Asks until the answer is a success, a few times: on a busy machine the first calls of a task
   * may take longer than they may. Says so when none was.
   *
   * @param body of a POST; null for a GET
   */
  private boolean answers(String path, String body) {
    String problem = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        int status = ask(path, body);
        if (status == SUCCESS) {
          return true;
        }
        problem = "answered " + status;
      } catch (IOException failure) {
        problem = "failed: " + failure;
      }
    }
    complaints.println("millrace: in the rehearsal " + path + " " + problem);
    return false;
  }

  private int ask(String path, String body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(address + path).toURL().openConnection();
    connection.setConnectTimeout((int) LIMIT.toMillis());
    connection.setReadTimeout((int) LIMIT.toMillis());
    // Kept, it would be waited for in the shutdown.
    connection.setRequestProperty("connection", "close");
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("content-type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    if (status == SUCCESS) {
      try (InputStream answer = connection.getInputStream()) {
        answer.readAllBytes();
      }
    }
    return status;
  }
}
