package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void takes_the_defaults() {
    RetryPolicy policy = RetryPolicy.of(RetrySpec.NONE, RetrySpec.NONE);

    assertThat(policy.maxAttempts()).isEqualTo(1);
    assertThat(policy.initialDelay()).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.multiplier()).isEqualTo(2.0);
    assertThat(policy.maxDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.jitter()).isEqualTo(0.2);
    assertThat(policy.on()).hasSize(6).contains(new RetryTrigger.Connect());
  }

  @Test
  void the_workflow_overrides_field_by_field() {
    RetrySpec task =
        new RetrySpec(
            3, Duration.ofMillis(10), 3.0, null, 0.5, List.of(new RetryTrigger.Timeout()));
    RetrySpec override = new RetrySpec(5, null, null, Duration.ofSeconds(9), null, List.of());

    assertThat(RetryPolicy.of(task, override))
        .isEqualTo(
            new RetryPolicy(5, Duration.ofMillis(10), 3.0, Duration.ofSeconds(9), 0.5, List.of()));
  }

  @Test
  void statuses_match_by_code_and_by_class() {
    assertThat(StatusPattern.SUCCESS.matches(204)).isTrue();
    assertThat(StatusPattern.SUCCESS.matches(301)).isFalse();
    assertThat(new StatusPattern(404, 404).matches(404)).isTrue();
    assertThat(HttpMethodName.HEAD.isSafe()).isTrue();
    assertThat(HttpMethodName.PUT.isSafe()).isFalse();
  }
}
