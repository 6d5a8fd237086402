package dev.millrace.perf.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The open loop as a program: reads an {@link Order} a line from its input, as JSON, makes that run
 * and prints its {@link LoadReport}; ends with its input. Owned by {@code perf/compare}, which
 * keeps one for all runs so that it is compiled when the measured ones begin; the main thread waits
 * for the event loop.
 */
public final class LoadGenerator {
  /** Before the JSON of each report. */
  public static final String REPORT = "load-report ";

  private static final long REQUEST_TIMEOUT_MILLIS = 10_000;

  /**
   * One run.
   *
   * @param bodyFile holds the request's body, JSON
   * @param rate requests a second
   */
  public record Order(
      int port, String path, String bodyFile, int rate, int seconds, int mostInFlight) {

    /** When the report must have come, whatever the server does. */
    public long patienceSeconds() {
      return 4L * seconds + 60;
    }
  }

  private LoadGenerator() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException, TimeoutException {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      String line;
      while ((line = orders.readLine()) != null) {
        Order order = JsonMapper.shared().readValue(line, Order.class);
        System.out.println(REPORT + JsonMapper.shared().writeValueAsString(run(vertx, order)));
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** Makes one run over connections of its own. */
  static LoadReport run(Vertx vertx, Order order) throws IOException, TimeoutException {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions(),
            new PoolOptions()
                .setHttp1MaxSize(order.mostInFlight())
                .setMaxWaitQueueSize(order.mostInFlight()));
    RequestOptions request =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(order.port())
            .setURI(order.path())
            .putHeader("content-type", "application/json")
            .setTimeout(REQUEST_TIMEOUT_MILLIS);
    Buffer body = Buffer.buffer(Files.readAllBytes(Path.of(order.bodyFile())));
    try {
      return new OpenLoop(
              vertx,
              client,
              request,
              List.of(body),
              answer -> answer.length() > 0,
              order.rate(),
              Duration.ofSeconds(order.seconds()),
              order.mostInFlight())
          .run()
          .await(order.patienceSeconds(), TimeUnit.SECONDS);
    } finally {
      client.close().await(10, TimeUnit.SECONDS);
    }
  }
}
