package dev.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.json.Json;
import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.RawConnection;
import dev.millrace.gateway.testing.TestClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a caller may do to a connection, over real sockets, with endpoints made for the test. */
class BorderIT {
  private static final int MAX_BODY = 1_000;
  private static final HttpLimits LIMITS = new HttpLimits(MAX_BODY, 400, 600, 1_200, 20);

  private static Vertx vertx;
  private static HttpServer server;
  private static TestClient client;
  private static final ConcurrentLinkedQueue<String> ANSWERED = new ConcurrentLinkedQueue<>();
  private static final CompletableFuture<Void> CANCELLED = new CompletableFuture<>();
  private static final CompletableFuture<Void> WAITING = new CompletableFuture<>();

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    vertx.deployVerticle(new Server()).toCompletionStage().toCompletableFuture().get();
    client = new TestClient(server.actualPort());
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static final class Server extends VerticleBase {
    @Override
    public Future<?> start() {
      RequestListener listener = (route, status) -> ANSWERED.add(route.label() + " " + status);
      ConnectionWatch connections = new ConnectionWatch(vertx, LIMITS);
      connections.start();
      Routes routes =
          new Routes()
              .post(
                  "/echo",
                  RouteClass.EXECUTE,
                  exchange -> JsonBody.read(exchange).map(json -> Answer.json(Json.toBuffer(json))))
              .get(
                  "/hello/{name}",
                  RouteClass.TASKS,
                  exchange ->
                      Answer.of("text/plain", Buffer.buffer("hello " + exchange.pathValue("name")))
                          .future())
              .get("/broken", RouteClass.DOCS, exchange -> fail())
              .get(
                  "/broken-later",
                  RouteClass.DOCS,
                  exchange -> Future.failedFuture(new IllegalStateException("secret detail")))
              .get("/hangs", RouteClass.UI, BorderIT::hang);
      server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost("127.0.0.1")
                      .setPort(0)
                      .setHttp2ClearTextEnabled(false)
                      .setMaxInitialLineLength(500)
                      .setMaxHeaderSize(2_000))
              .connectionHandler(connections::opened)
              .invalidRequestHandler(new InvalidRequestHandler(500, 2_000, listener))
              .requestHandler(
                  new RequestHandler(
                      vertx,
                      LIMITS,
                      routes,
                      exchange -> Answer.of("text/plain", Buffer.buffer("run")).future(),
                      listener,
                      connections));
      return server.listen();
    }
  }

  private static Future<Answer> fail() {
    throw new IllegalStateException("secret detail");
  }

  private static Future<Answer> hang(Exchange exchange) {
    exchange.cancelledByDisconnect().onCancel(() -> CANCELLED.complete(null));
    WAITING.complete(null);
    return Promise.<Answer>promise().future();
  }

  private static RawConnection connect() throws IOException {
    return RawConnection.to(server.actualPort());
  }

  @Test
  void answersWhatAnEndpointAnswers() {
    HttpAnswer answer = client.get("/hello/a%2Fb%20%C3%A9");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello a/b é");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(ANSWERED).contains("tasks 200");
  }

  @Test
  void answersHeadWithTheLengthAndNoBody() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("HEAD /hello/bob HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      HttpAnswer head = connection.answer();
      assertThat(head.body()).isEmpty();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-length")).isEqualTo("9");
    }
  }

  @Test
  void saysWhichMethodsAPathTakes() {
    HttpAnswer answer = client.send("DELETE", "/echo", null);
    answer.problem(405, "MethodNotAllowed");
    assertThat(answer.header("allow")).isEqualTo("OPTIONS, POST");
    assertThat(client.send("PUT", "/hello/a", null).header("allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
    HttpAnswer options = client.send("OPTIONS", "/hello/a", null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void answersOptionsForTheWholeServer() throws IOException {
    try (RawConnection connection = connect()) {
      HttpAnswer answer = connection.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      assertThat(answer.status()).isEqualTo(204);
    }
  }

  @Test
  void knowsNothingElse() {
    client.get("/nothing").problem(404, "NotFound");
    client.get("/hello/").problem(404, "NotFound");
    client.get("/hello/a/../b").problem(404, "NotFound");
    client.get("/" + "a/".repeat(80)).problem(404, "NotFound");
    assertThat(client.get("/run/anything").body()).isEqualTo("run");
  }

  @Test
  void hidesWhatNobodyExpected() {
    client.get("/broken").problem(500, "InternalError");
    HttpAnswer later = client.get("/broken-later");
    assertThat(later.problem(500, "InternalError").path("detail").asString())
        .contains("reference")
        .doesNotContain("secret");
  }

  @Test
  void refusesBrokenEncodings() throws IOException {
    for (String path : new String[] {"/hello/%", "/hello/%4", "/hello/%zz", "/hello/%ff"}) {
      try (RawConnection connection = connect()) {
        connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        connection.answer().problem(400, "InvalidRequest");
      }
    }
  }

  @Test
  void readsABodyInAnyNumberOfPieces() throws IOException {
    assertThat(client.post("/echo", "{\"a\":[1,2]}").body()).isEqualTo("{\"a\":[1,2]}");
    assertThat(client.post("/echo", "").body()).isEqualTo("{}");
    try (RawConnection connection = connect()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      connection.send("3\r\n[1,\r\n2\r\n2,\r\n2\r\n3]\r\n0\r\n\r\n");
      assertThat(connection.answer().body()).isEqualTo("[1,2,3]");
      connection.post("/echo", "true".getBytes(StandardCharsets.UTF_8));
      assertThat(connection.answer().body()).as("the connection goes on").isEqualTo("true");
    }
  }

  @Test
  void answersPipelinedRequestsInTurn() throws IOException {
    try (RawConnection connection = connect()) {
      String request = "GET /hello/%d HTTP/1.1\r\nHost: a\r\n\r\n";
      connection.send(String.format(request, 1) + String.format(request, 2));
      assertThat(connection.answer().body()).isEqualTo("hello 1");
      assertThat(connection.answer().body()).isEqualTo("hello 2");
    }
  }

  @Test
  void refusesAnAnnouncedBodyOverTheLimitBeforeItIsSent() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
      HttpAnswer answer = connection.answer();
      answer.problem(413, "BodyTooLarge");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(connection.isClosedByOther()).isTrue();
    }
  }

  @Test
  void refusesAChunkedBodyOnceItPassesTheLimit() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "258\r\n" + "x".repeat(600) + "\r\n";
      connection.send(chunk).send(chunk);
      connection.answer().problem(413, "BodyTooLarge");
      connection.send(chunk).send("0\r\n\r\n");
      assertThat(connection.isClosedByOther()).isTrue();
    }
    assertThat(client.get("/hello/next").status()).isEqualTo(200);
  }

  @Test
  void letsACallerThatSendsTooMuchReadItsAnswerFirst() throws IOException {
    try (RawConnection connection = connect()) {
      byte[] body = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
      connection.post("/echo", body);
      connection.answer().problem(413, "BodyTooLarge");
    }
  }

  @Test
  void closesOnACallerThatNeverStopsSending() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n");
      byte[] block = new byte[1 << 20];
      int sent = 0;
      try {
        while (sent < 80) {
          connection.send(block);
          sent++;
        }
      } catch (IOException e) {
        assertThat(sent).isLessThan(80);
        return;
      }
      throw new AssertionError("everything was taken");
    }
  }

  @Test
  void asksForTheBodyOfACallerThatWaits() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(connection.answer().status()).isEqualTo(100);
      assertThat(connection.send("{}").answer().body()).isEqualTo("{}");
    }
    try (RawConnection connection = connect()) {
      connection.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n");
      connection.answer().problem(413, "BodyTooLarge");
    }
  }

  @Test
  void refusesABodyThatDripsIn() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
      connection.answer().problem(408, "RequestTimedOut");
    }
  }

  @Test
  void closesConnectionsThatBringNoWholeHead() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /hello/a HTTP/1.1\r\nHo");
      assertThat(connection.isClosedByOther()).isTrue();
    }
  }

  @Test
  void closesConnectionsThatIdleAfterAnAnswer() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /hello/a HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      assertThat(connection.isClosedByOther()).isTrue();
    }
  }

  @Test
  void refusesWhatIsNotHttp() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("nonsense\r\n\r\n");
      connection.answer().problem(400, "InvalidRequest");
    }
    try (RawConnection connection = connect()) {
      connection.send("GET /" + "a".repeat(600) + " HTTP/1.1\r\n\r\n");
      connection.answer().problem(414, "UriTooLong");
    }
    try (RawConnection connection = connect()) {
      connection.send("GET / HTTP/1.1\r\nX-Long: " + "a".repeat(3_000) + "\r\n\r\n");
      connection.answer().problem(431, "HeadersTooLarge");
    }
    assertThat(client.get("/hello/next").status()).isEqualTo(200);
  }

  @Test
  void dropsAShortBodyThatNobodyWantsAndGoesOn() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /hello/a HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nxx");
      HttpAnswer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("connection")).isNull();
      connection.send("x".repeat(498) + "GET /hello/b HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.answer().body()).isEqualTo("hello b");
    }
  }

  @Test
  void waitsForARestThatNeverComesNoLongerThanForTheNextRequest() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /hello/a HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nxx");
      assertThat(connection.answer().status()).isEqualTo(200);
      assertThat(connection.isClosedByOther()).isTrue();
    }
  }

  @Test
  void closesAfterAnAnswerToALongBodyThatNobodyWants() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /hello/a HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\nxx");
      HttpAnswer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void saysWhereJsonIsBroken() {
    assertThat(client.post("/echo", "{\n \"a\": }").problem(400, "InvalidJson").toString())
        .contains("line 2");
    client.post("/echo", "{}", "Content-Type", "text/html").problem(415, "UnsupportedMediaType");
    client
        .post("/echo", "{}", "Content-Type", "application/json; charset=latin1")
        .problem(415, "UnsupportedMediaType");
    assertThat(
            client.post("/echo", "{}", "Content-Type", "application/vnd.a+json; charset=\"utf-8\""))
        .extracting(HttpAnswer::status)
        .isEqualTo(200);
  }

  @Test
  void tellsTheEndpointWhenItsCallerIsGone() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send("GET /hangs HTTP/1.1\r\nHost: a\r\n\r\n");
      WAITING.get(10, TimeUnit.SECONDS);
    }
    CANCELLED.get(10, TimeUnit.SECONDS);
    assertThat(client.get("/hello/next").status()).isEqualTo(200);
  }

  @Test
  void closesConnectionsBeyondItsNumber() throws IOException {
    List<RawConnection> held = new ArrayList<>();
    for (int index = 0; index < 25; index++) {
      held.add(connect());
    }
    int closed = 0;
    for (RawConnection connection : held) {
      try {
        connection.send("GET /hello/a HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      } catch (IOException e) {
        closed++;
      }
    }
    for (RawConnection connection : held) {
      connection.close();
    }
    assertThat(closed).isBetween(5, 24);
  }
}
