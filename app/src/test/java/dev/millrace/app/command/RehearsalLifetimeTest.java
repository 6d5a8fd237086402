package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a rehearsal says of a demo that does not behave. */
@Timeout(60)
class RehearsalLifetimeTest {

  private final StringWriter complaints = new StringWriter();

  @Test
  void aDemoThatDoesNotEndIsNotWaitedForAnyLonger() throws IOException {
    assertThat(codeOf(Promise.<Boolean>promise().future())).isEqualTo(ExitCode.PROBLEMS);

    assertThat(complaints.toString()).contains("the demo did not end within 20 ms");
  }

  @Test
  void aDemoThatCutsSomethingOffIsAProblem() throws IOException {
    assertThat(codeOf(Future.succeededFuture(false))).isEqualTo(ExitCode.PROBLEMS);

    assertThat(complaints.toString()).contains("had to cut something off");
  }

  @Test
  void aDemoThatDoesNotAnswerIsAProblem() throws IOException {
    assertThat(codeOf(Future.succeededFuture(true))).isEqualTo(ExitCode.PROBLEMS);

    assertThat(complaints.toString())
        .contains("in the rehearsal /health/ready failed: ", "in the rehearsal /metrics failed: ");
  }

  private int codeOf(Future<Boolean> stopped) throws IOException {
    RehearsalLifetime lifetime =
        new RehearsalLifetime(
            closedPort(), new PrintWriter(complaints, true), Duration.ofMillis(20));
    return lifetime.untilStopped(() -> stopped);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
