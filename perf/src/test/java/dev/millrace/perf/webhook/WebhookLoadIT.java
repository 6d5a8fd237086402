package dev.millrace.perf.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebhookLoadIT {
  @Test
  void reportsEveryReviewAsAnswered() {
    StringWriter out = new StringWriter();

    int code =
        WebhookLoad.commandLine()
            .setOut(new PrintWriter(out))
            .execute("--rate=10", "--seconds=1", "--warm-up=1", "--tasks=3", "--workflows=2");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("10 reviews a second", "not answered well: 0 of 10");
  }
}
