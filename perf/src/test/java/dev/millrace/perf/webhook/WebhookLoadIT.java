package dev.millrace.perf.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class WebhookLoadIT {
  @TempDir Path directory;

  @Test
  void everyReviewIsAnsweredAndAllowed() throws Exception {
    Path json = directory.resolve("webhook.json");

    int exit =
        new CommandLine(new WebhookLoad())
            .execute(
                "--rate=20",
                "--seconds=2",
                "--warm-up=0",
                "--overload=0",
                "--json=" + json,
                "--work=" + directory);

    assertThat(exit).isZero();
    JsonNode report = JsonMapper.shared().readTree(Files.readString(json)).get("measured");
    assertThat(report.at("/answered/count").asInt() + report.at("/refused/count").asInt())
        .isEqualTo(40);
    assertThat(report.get("cpuSeconds").asDouble()).isPositive();
  }
}
