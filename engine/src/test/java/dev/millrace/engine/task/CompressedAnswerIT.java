package dev.millrace.engine.task;

import static dev.millrace.engine.task.Definitions.get;
import static dev.millrace.engine.task.Definitions.json;
import static dev.millrace.engine.task.Definitions.task;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of answers that a service has compressed, and how it is told that it may. */
class CompressedAnswerIT {
  private static final String TEXT = "{\"id\":7,\"name\":\"" + "Zürich ".repeat(500) + "\"}";
  private static final int LIMIT = 256 * 1024;

  private final RunnerFixture fixture =
      new RunnerFixture(HttpTaskOptions.DEFAULT.withMaxResponseBytes(LIMIT));
  private final Set<String> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<MultiMap> requested = new AtomicReference<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String serves(Consumer<HttpServerRequest> handler) {
    return fixture.serve(
        request -> {
          connections.add(request.remoteAddress().toString());
          requested.set(request.headers());
          handler.accept(request);
        });
  }

  private String answers(String coding, byte[] body) {
    return serves(
        request ->
            request.response().putHeader("content-encoding", coding).end(Buffer.buffer(body)));
  }

  private JsonNode output(String base) {
    TaskOutcome outcome = fixture.run(get(base + "/"));
    assertThat(outcome.failure()).isNull();
    return outcome.output();
  }

  private Failure failure(String base, ErrorCode code) {
    TaskOutcome outcome = fixture.run(get(base + "/"));
    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.failure().code()).isEqualTo(code);
    assertThat(outcome.failure().upstreamStatus()).isEqualTo(200);
    assertThat(outcome.attempts())
        .singleElement()
        .extracting(Attempt::outcome)
        .isEqualTo(AttemptOutcome.INVALID_ANSWER);
    return outcome.failure();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "X-GZip"})
  void readsGzip(String coding) {
    assertThat(output(answers(coding, Compression.gzip(TEXT)))).isEqualTo(json(TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "x-deflate", "DEFLATE", "X-Deflate"})
  void readsDeflateWithAndWithoutZlibFormat(String coding) {
    assertThat(output(answers(coding, Compression.deflate(TEXT)))).isEqualTo(json(TEXT));
    assertThat(output(answers(coding, Compression.rawDeflate(TEXT)))).isEqualTo(json(TEXT));
  }

  @Test
  void readsAllOfWhatWasCompressedMuch() {
    String spaces = "[" + " ".repeat(200_000) + "1]";
    assertThat(output(answers("deflate", Compression.rawDeflate(spaces)))).isEqualTo(json("[1]"));
    assertThat(output(answers("deflate", Compression.deflate(spaces)))).isEqualTo(json("[1]"));
    assertThat(output(answers("gzip", Compression.gzip(spaces)))).isEqualTo(json("[1]"));
  }

  @Test
  void readsWhatComesByteByByte() {
    String small = "{\"a\":[1,2,3]}";
    assertThat(output(trickles("gzip", Compression.gzip(small)))).isEqualTo(json(small));
    assertThat(output(trickles("gzip", Compression.gzipOfManyFields(small))))
        .isEqualTo(json(small));
    assertThat(output(trickles("deflate", Compression.deflate(small)))).isEqualTo(json(small));
    assertThat(output(trickles("deflate", Compression.rawDeflate(small)))).isEqualTo(json(small));
  }

  private String trickles(String coding, byte[] body) {
    return serves(
        request ->
            trickle(
                request.response().putHeader("content-encoding", coding).setChunked(true),
                body,
                0));
  }

  private static void trickle(HttpServerResponse response, byte[] body, int from) {
    if (from == body.length) {
      response.end();
      return;
    }
    Future<Void> written = response.write(Buffer.buffer().appendByte(body[from]));
    written.onSuccess(v -> trickle(response, body, from + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "", "none", "aws-chunked", "utf-8", "br", "gzip, gzip"})
  void readsWhatIsJsonThoughItIsSaidToBeCodedAsNothingThatWasAskedFor(String coding) {
    assertThat(output(answers(coding, "[1]".getBytes(UTF_8)))).isEqualTo(json("[1]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip", "identity, gzip"})
  void refusesWhatIsCodedAsNothingThatWasAskedFor(String coding) {
    assertThat(failure(answers(coding, Compression.gzip(TEXT)), ErrorCode.UpstreamNotJson).detail())
        .contains("its Content-Encoding is none of gzip and deflate");
  }

  @Test
  void takesWhatIsEmptyForNull() {
    // Given
    String base =
        serves(
            request -> {
              int status = Integer.parseInt(request.path().substring(1));
              request.response().putHeader("content-encoding", "gzip").setStatusCode(status).end();
            });

    // When
    TaskOutcome ok = fixture.run(get(base + "/200"));
    TaskOutcome noContent = fixture.run(get(base + "/204"));
    TaskOutcome notModified =
        fixture.run(task("method: GET\nurl: " + base + "/304\nsuccessStatus: ['304']", ""));
    TaskOutcome head = fixture.run(task("method: HEAD\nurl: " + base + "/200", ""));

    // Then
    assertThat(ok.output()).isEqualTo(json("null"));
    assertThat(noContent.output()).isEqualTo(json("null"));
    assertThat(notModified.output()).isEqualTo(json("null"));
    assertThat(head.output()).isEqualTo(json("null"));
    assertThat(connections).hasSize(1);
  }

  @Test
  void stopsWhereTooMuchComesOut() {
    byte[] bomb = Compression.gzip("[" + " ".repeat(20 * 1024 * 1024) + "1]");
    assertThat(bomb.length).isLessThan(LIMIT);
    assertThat(failure(answers("gzip", bomb), ErrorCode.UpstreamTooLarge).detail())
        .contains("262144");
  }

  @Test
  void takesAsMuchAsItMay() {
    String most = "[" + " ".repeat(LIMIT - 3) + "1]";
    assertThat(output(answers("gzip", Compression.gzip(most)))).isEqualTo(json("[1]"));
    failure(answers("gzip", Compression.gzip(most + " ")), ErrorCode.UpstreamTooLarge);
  }

  @Test
  void stopsWhereACompressedBodyAloneIsTooLarge() {
    AtomicBoolean closed = new AtomicBoolean();
    String base =
        serves(
            request -> {
              request.connection().closeHandler(v -> closed.set(true));
              request.response().putHeader("content-encoding", "gzip");
              request.response().putHeader("content-length", "104857600");
              request.response().write(Buffer.buffer(Compression.gzip("1")));
            });
    failure(base, ErrorCode.UpstreamTooLarge);
    await().untilTrue(closed);
  }

  @Test
  void refusesWhatIsBroken() {
    byte[] gzip = Compression.gzip(TEXT);
    byte[] deflate = Compression.deflate(TEXT);
    assertThat(failure(answers("gzip", TEXT.getBytes(UTF_8)), ErrorCode.UpstreamNotJson).detail())
        .contains("cannot be decompressed");
    unreadable("gzip", Compression.changed(gzip, 0));
    unreadable("gzip", Compression.changed(gzip, 2));
    unreadable("gzip", Compression.changed(gzip, 10));
    unreadable("gzip", Compression.changed(gzip, -8));
    unreadable("gzip", Compression.changed(gzip, -4));
    unreadable("deflate", Compression.changed(deflate, 2));
    unreadable("deflate", Compression.changed(deflate, -1));
    unreadable("deflate", "not deflated".getBytes(UTF_8));
  }

  private void unreadable(String coding, byte[] body) {
    assertThat(failure(answers(coding, body), ErrorCode.UpstreamNotJson).detail())
        .contains("200")
        .contains("cannot be decompressed");
  }

  @Test
  void refusesWhatWasCutOffBeforeItWasSent() {
    byte[] gzip = Compression.gzip(TEXT);
    unreadable("gzip", Compression.cut(gzip, 1));
    unreadable("gzip", Compression.cut(gzip, 8));
    unreadable("gzip", Compression.cut(gzip, 20));
    unreadable("gzip", Compression.cut(gzip, gzip.length - 10));
    unreadable("gzip", Compression.cut(gzip, gzip.length - 1));
    unreadable("deflate", Compression.cut(Compression.deflate(TEXT), 1));
    unreadable("deflate", Compression.cut(Compression.rawDeflate(TEXT), 1));
  }

  @Test
  void readsGzipOfSeveralMembersAndNotWhatFollows() {
    byte[] both = Compression.gzipOfTwoMembers("[1,2]");
    assertThat(output(answers("gzip", both))).isEqualTo(json("[1,2]"));
    assertThat(output(trickles("gzip", both))).isEqualTo(json("[1,2]"));
    byte[] more = Buffer.buffer(both).appendString("and so on and on").getBytes();
    assertThat(output(answers("gzip", more))).isEqualTo(json("[1,2]"));
    unreadable("gzip", Compression.cut(both, 3));
  }

  private static Buffer halfAnAnswer() {
    return Buffer.buffer(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5000\r\n\r\n")
        .appendBytes(Compression.cut(Compression.gzip(TEXT), 20));
  }

  @Test
  void tellsABrokenConnectionFromABrokenBody() {
    String base = fixture.serveRaw(socket -> socket.end(halfAnAnswer()));
    failure(base, ErrorCode.UpstreamTruncated);
  }

  @Test
  void stopsWithinABodyWhenTheTimeIsOver() {
    String base = fixture.serveRaw(socket -> socket.write(halfAnAnswer()));
    TaskOutcome outcome = fixture.run(task("method: GET\nurl: " + base + "/", "timeout: 150ms"));
    assertThat(outcome.failure().code()).isEqualTo(ErrorCode.TaskTimedOut);
  }

  @Test
  void keepsTheConnectionAfterWhatItDecompressedAndWhatItDidNotWant() {
    // Given
    String base =
        serves(
            request -> {
              request.response().putHeader("content-encoding", "gzip");
              switch (request.path()) {
                case "/failed" -> request.response().setStatusCode(500).end("not zipped!");
                case "/plain" -> {
                  request.response().headers().remove("content-encoding");
                  request.response().end("[2]");
                }
                default -> request.response().end(Buffer.buffer(Compression.gzip("[1]")));
              }
            });

    // When
    TaskOutcome first = fixture.run(get(base + "/"));
    TaskOutcome failed = fixture.run(get(base + "/failed"));
    TaskOutcome plain = fixture.run(get(base + "/plain"));
    TaskOutcome last = fixture.run(get(base + "/"));

    // Then
    assertThat(first.output()).isEqualTo(json("[1]"));
    assertThat(failed.failure().code()).isEqualTo(ErrorCode.UpstreamStatus);
    assertThat(plain.output()).isEqualTo(json("[2]"));
    assertThat(last.output()).isEqualTo(json("[1]"));
    assertThat(connections).hasSize(1);
  }

  @Test
  void showsHeadersThatFitTheBodyThatItShows() {
    // Given
    String base =
        serves(
            request ->
                request
                    .response()
                    .putHeader("Content-Encoding", "gzip")
                    .putHeader("ETag", "v1")
                    .end(Buffer.buffer(Compression.gzip("[1]"))));

    // When
    TaskOutcome outcome = fixture.run(task("method: GET\nurl: " + base + "/\nresponse: full", ""));

    // Then
    assertThat(outcome.output().get("body")).isEqualTo(json("[1]"));
    assertThat(outcome.output().get("headers")).isEqualTo(json("{'etag': 'v1'}"));
  }

  @Test
  void showsHeadersAsTheyCameWhereThereWasNoBodyToDecompress() {
    // Given
    String base =
        serves(
            request ->
                request
                    .response()
                    .putHeader("content-encoding", "gzip")
                    .putHeader("content-length", "1234")
                    .end());

    // When
    TaskOutcome outcome = fixture.run(task("method: HEAD\nurl: " + base + "/\nresponse: full", ""));

    // Then
    assertThat(outcome.output().get("headers"))
        .isEqualTo(json("{'content-encoding': 'gzip', 'content-length': '1234'}"));
  }

  @Test
  void saysWhatItCanDecompress() {
    fixture.run(get(answers("identity", "1".getBytes(UTF_8)) + "/"));
    assertThat(requested.get().getAll("accept-encoding")).containsExactly("deflate, gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept-Encoding", "accept-encoding", "ACCEPT-ENCODING"})
  void leavesATasksOwnWordOnIt(String name) {
    String base = answers("identity", "1".getBytes(UTF_8));
    fixture.run(task("method: GET\nurl: " + base + "/\nheaders: { " + name + ": identity }", ""));
    assertThat(requested.get().getAll("accept-encoding")).containsExactly("identity");
  }

  @Test
  void saysWhatItCanDecompressWhereATasksOwnWordIsLeftOut() {
    String base = answers("identity", "1".getBytes(UTF_8));
    fixture.run(
        task(
            "method: GET\nurl: " + base + "/\nheaders: { Accept-Encoding: '{{input.none}}' }", ""));
    assertThat(requested.get().getAll("accept-encoding")).containsExactly("deflate, gzip");
  }
}
