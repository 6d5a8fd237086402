package dev.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayOptionsTest {
  @Test
  void changesOneThingAtATime() {
    GatewayOptions options =
        GatewayOptions.DEFAULT
            .listeningAt("0.0.0.0", 0)
            .withMaxBodyBytes(5)
            .withShutdownTimeout(Duration.ofMillis(7));
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.limits().maxBodyBytes()).isEqualTo(5);
    assertThat(options.shutdownTimeout()).hasMillis(7);
    assertThat(options.serverOptions().getMaxHeaderSize()).isEqualTo(16_384);
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(() -> GatewayOptions.DEFAULT.listeningAt("a", -1))
        .hasMessage("port must be from 0 to 65535, it is -1");
    assertThatThrownBy(() -> GatewayOptions.DEFAULT.withMaxBodyBytes(0))
        .hasMessage("maxBodyBytes must be positive, it is 0");
    assertThatThrownBy(() -> GatewayOptions.DEFAULT.withShutdownTimeout(Duration.ZERO))
        .hasMessage("shutdownTimeout must be positive, it is PT0S");
  }
}
