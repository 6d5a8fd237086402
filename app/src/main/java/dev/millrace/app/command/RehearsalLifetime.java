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
import java.util.function.Supplier;

/**
 * The short life of a demo that {@link RehearseCommand} started: a few requests, then the end. Runs
 * on the main thread.
 */
final class RehearsalLifetime implements Lifetime {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SUCCESS = 200;
  private static final int ATTEMPTS = 5;

  private final String address;
  private final PrintWriter complaints;

  RehearsalLifetime(int port, PrintWriter complaints) {
    this.address = "http://127.0.0.1:" + port;
    this.complaints = complaints;
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
    boolean clean = stop.get().toCompletionStage().toCompletableFuture().join();
    return ready && executed && listed && measured && clean ? ExitCode.OK : ExitCode.PROBLEMS;
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
