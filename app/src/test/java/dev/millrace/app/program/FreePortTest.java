package dev.millrace.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {

  @Test
  void zeroBecomesARealPort() {
    assertThat(FreePort.of("127.0.0.1", 0).result()).isPositive();
  }

  @Test
  void aTakenPortIsToldWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.isFree("127.0.0.1", taken.getLocalPort())).isFalse();
      assertThat(FreePort.of("127.0.0.1", taken.getLocalPort()).cause())
          .hasMessageContaining("cannot listen at 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("--http-port");
    }
  }
}
