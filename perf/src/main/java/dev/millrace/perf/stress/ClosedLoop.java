package dev.millrace.perf.stress;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A few callers, each asking again as soon as it was answered, going through a list of workflows.
 * Made for one run, lives on one event loop; {@link #run} blocks its caller meanwhile.
 */
public final class ClosedLoop {
  private static final int MOST = 2_000_000;

  /** What a run came to. */
  public record Result(int executions, double p50Millis) {}

  private final HttpClient client;
  private final List<RequestOptions> requests = new ArrayList<>();
  private final Buffer body;
  private final Promise<Void> ended = Promise.promise();
  private long[] nanos = new long[1 << 14];
  private int executions;
  private int next;
  private int callers;
  private long endAt;

  private ClosedLoop(HttpClient client, URI url, List<String> workflows, String body) {
    this.client = client;
    this.body = Buffer.buffer(body);
    for (String workflow : workflows) {
      requests.add(
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setHost(url.getHost())
              .setPort(url.getPort())
              .setURI("/api/v1/workflows/" + workflow + "/execute?detail=output")
              .putHeader("content-type", "application/json")
              .setTimeout(TimeUnit.SECONDS.toMillis(30)));
    }
  }

  /**
   * Runs for so many milliseconds; fails with the first answer that is not 200.
   *
   * @param callers at once
   */
  public static Result run(
      Vertx vertx, URI url, List<String> workflows, String body, int callers, long millis)
      throws Exception {
    HttpClient client =
        vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(callers));
    try {
      ClosedLoop loop = new ClosedLoop(client, url, workflows, body);
      vertx.runOnContext(started -> loop.start(callers, millis));
      loop.ended.future().await(millis + 60_000, TimeUnit.MILLISECONDS);
      return loop.result();
    } finally {
      client.close().await(10, TimeUnit.SECONDS);
    }
  }

  private void start(int count, long millis) {
    callers = count;
    endAt = System.nanoTime() + millis * 1_000_000;
    for (int caller = 0; caller < count; caller++) {
      call();
    }
  }

  private void call() {
    long began = System.nanoTime();
    if (began >= endAt || executions >= MOST || ended.future().isComplete()) {
      if (--callers == 0) {
        ended.tryComplete();
      }
      return;
    }
    RequestOptions request = requests.get(next++ % requests.size());
    client
        .request(request)
        .compose(open -> open.send(body))
        .compose(
            response ->
                response.statusCode() == 200
                    ? response.end()
                    : response
                        .body()
                        .compose(
                            answer ->
                                Future.<Void>failedFuture(
                                    new IllegalStateException(
                                        request.getURI()
                                            + " answered "
                                            + response.statusCode()
                                            + ": "
                                            + answer))))
        .onComplete(
            (answered, failure) -> {
              if (failure != null) {
                ended.tryFail(failure);
              } else {
                note(System.nanoTime() - began);
              }
              call();
            });
  }

  private void note(long took) {
    if (executions == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * nanos.length);
    }
    nanos[executions++] = took;
  }

  private Result result() {
    long[] sorted = Arrays.copyOf(nanos, executions);
    Arrays.sort(sorted);
    if (executions == 0) {
      throw new IllegalStateException("not one execution ended within the run");
    }
    return new Result(executions, sorted[executions / 2] / 1e6);
  }
}
