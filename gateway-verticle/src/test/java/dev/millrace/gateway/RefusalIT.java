package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.gateway.testing.HttpAnswer;
import dev.millrace.gateway.testing.RawConnection;
import dev.millrace.gateway.testing.TestGateway;
import dev.millrace.gateway.testing.TestUpstream;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers see of a gateway that has no room, byte by byte over real sockets. */
class RefusalIT {
  private static final String EXECUTE = "/api/v1/workflows/quick/execute";
  private static final int LENGTH = 900_000;

  private static TestUpstream upstream;

  private TestGateway gateway;
  private RawConnection waiting;
  private HttpServerRequest held;

  @BeforeAll
  static void startUpstream() {
    upstream = TestUpstream.start();
  }

  @AfterAll
  static void stopUpstream() {
    upstream.close();
  }

  @BeforeEach
  void fill() throws Exception {
    gateway = TestGateway.withRoomFor(1).serveResource("refusal.yaml", upstream.port());
    take();
  }

  @AfterEach
  void stop() throws IOException {
    waiting.close();
    gateway.close();
  }

  private void take() throws Exception {
    upstream.held().clear();
    waiting = gateway.connect();
    waiting.post("/api/v1/workflows/hold/execute", bytes("{}"));
    held = upstream.held().poll(10, TimeUnit.SECONDS);
    assertThat(held).isNotNull();
  }

  private void release() throws IOException {
    held.response().putHeader("Content-Type", "application/json").end("{}");
    assertThat(waiting.answer().status()).isEqualTo(200);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String head(String path, String... headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  private static void assertRefused(HttpAnswer answer, String code) {
    answer.problem(503, code);
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }

  private static void assertUsable(RawConnection connection) throws IOException {
    connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(connection.answer().status()).isEqualTo(200);
  }

  @Test
  void comesBeforeTheBodyAndTheConnectionGoesOnAfterIt() throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: " + LENGTH));
      HttpAnswer answer = connection.answer();
      assertRefused(answer, "TooManyExecutions");
      assertThat(answer.header("connection")).isNull();
      connection.send(new byte[LENGTH]);
      assertUsable(connection);
    }
  }

  @Test
  void reachesACallerThatSendsItsBodyInPiecesMeanwhile() throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: " + LENGTH));
      for (int piece = 0; piece < 9; piece++) {
        connection.send(new byte[LENGTH / 9]);
      }
      assertRefused(connection.answer(), "TooManyExecutions");
      assertUsable(connection);
    }
  }

  @Test
  void closesWhereTheRestIsTooLongOrOfNoKnownLength() throws IOException {
    for (String length : new String[] {"Content-Length: 3000000", "Transfer-Encoding: chunked"}) {
      try (RawConnection connection = gateway.connect()) {
        connection.send(head(EXECUTE, length));
        connection.send("1000\r\n" + " ".repeat(0x1000) + "\r\n");
        HttpAnswer answer = connection.answer();
        assertRefused(answer, "TooManyExecutions");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(connection.isClosedByOther()).isTrue();
      }
    }
  }

  @Test
  void asksNobodyForABodyThatItDoesNotWant() throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: 100", "Expect: 100-continue"));
      HttpAnswer answer = connection.answer();
      assertRefused(answer, "TooManyExecutions");
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void answersWhatHasNoBodyAndGoesOn() throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /run/quick HTTP/1.1\r\nHost: a\r\n\r\n");
      assertRefused(connection.answer(), "TooManyExecutions");
      connection.send(head(EXECUTE, "Content-Length: 0"));
      assertRefused(connection.answer(), "TooManyExecutions");
      connection.send("HEAD " + EXECUTE + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.headAnswer().status()).isEqualTo(405);
      assertUsable(connection);
    }
  }

  @Test
  void answersRequestsThatFollowWithoutWaiting() throws IOException {
    String refused = head(EXECUTE, "Content-Length: 1000") + "x".repeat(1_000);
    try (RawConnection connection = gateway.connect()) {
      connection.send(refused + refused + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
      assertRefused(connection.answer(), "TooManyExecutions");
      assertRefused(connection.answer(), "TooManyExecutions");
      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void endsTheConnectionOfACallerThatWantsItToEnd() throws IOException {
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: 1000", "Connection: close"));
      assertRefused(connection.answer(), "TooManyExecutions");
      connection.send(new byte[1_000]);
      assertThat(connection.isClosedByOther()).isTrue();
    }
  }

  @Test
  void comesAlsoWhenTheRoomWasTakenWhileTheBodyArrived() throws Exception {
    release();
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: 2", "Expect: 100-continue"));
      assertThat(connection.answer().status()).as("there is room").isEqualTo(100);
      take();
      assertRefused(connection.send("{}").answer(), "TooManyExecutions");
      assertUsable(connection);
    }
  }

  @Test
  void comesFromAGatewayThatShutsDownAsWell() throws IOException {
    gateway.admission().drain();
    try (RawConnection connection = gateway.connect()) {
      connection.send(head(EXECUTE, "Content-Length: " + LENGTH));
      assertRefused(connection.answer(), "Draining");
      connection.send(new byte[LENGTH]);
      assertUsable(connection);
    }
  }

  @Test
  void leavesNoTraceOfCallersThatGoWhileTheirBodyArrives() throws IOException {
    for (int caller = 0; caller < 5; caller++) {
      try (RawConnection connection = gateway.connect()) {
        connection.send(head(EXECUTE, "Content-Length: " + LENGTH));
        connection.send(new byte[LENGTH / 2]);
        assertRefused(connection.answer(), "TooManyExecutions");
      }
    }
    release();
    Awaitility.await().until(() -> gateway.admission().inFlight() == 0);
    for (int caller = 0; caller < 5; caller++) {
      try (RawConnection connection = gateway.connect()) {
        connection.send(head(EXECUTE, "Content-Length: 100") + "{");
      }
    }
    try (RawConnection connection = gateway.connect()) {
      connection.post(EXECUTE, bytes("{}"));
      assertThat(connection.answer().status()).isEqualTo(200);
    }
    assertThat(gateway.admission().inFlight()).isZero();
  }
}
