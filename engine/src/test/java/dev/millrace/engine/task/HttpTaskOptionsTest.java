package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpTaskOptionsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everythingIsBounded() {
    HttpTaskOptions options = HttpTaskOptions.DEFAULT;
    assertThat(options.pool().getHttp1MaxSize()).isEqualTo(256);
    assertThat(options.pool().getMaxWaitQueueSize()).isEqualTo(4096);
    assertThat(options.client().getConnectTimeout()).isEqualTo(5_000);
    assertThat(options.client().getKeepAliveTimeout()).isEqualTo(4);
    assertThat(options.client().isVerifyHost()).isTrue();
  }

  @Test
  void noPipelineLooksForWhatNearlyNoAnswerNeeds() {
    assertThat(HttpTaskOptions.DEFAULT.client().isDecompressionSupported()).isFalse();
  }

  @Test
  void namesWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(0, 0, SECOND, SECOND, 1, 256))
        .withMessageContaining("maxConnectionsPerHost must be at least 1, but is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(1, -1, SECOND, SECOND, 1, 256))
        .withMessageContaining("maxWaiting");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(1, 0, Duration.ZERO, SECOND, 1, 256))
        .withMessageContaining("idleTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(1, 0, SECOND, Duration.ZERO, 1, 256))
        .withMessageContaining("connectTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(1, 0, SECOND, SECOND, 0, 256))
        .withMessageContaining("maxResponseBytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpTaskOptions(1, 0, SECOND, SECOND, 1, 255))
        .withMessageContaining("maxHeaderBytes");
  }
}
