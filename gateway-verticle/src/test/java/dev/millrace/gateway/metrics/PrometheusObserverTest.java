package dev.millrace.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.journal.ExecutionStatus;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrometheusObserverTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusObserver observer = new PrometheusObserver(registry);

  private String text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape(), EscapingScheme.DEFAULT);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void countsByStatusAndDuration() throws IOException {
    observer.executionEnded("id", "n", "w", ExecutionStatus.Succeeded, 2_000_000);
    observer.executionEnded("id", "n", "w", ExecutionStatus.Succeeded, 700_000_000);
    observer.executionEnded("id", "n", "w", ExecutionStatus.TimedOut, 40_000_000_000L);
    assertThat(text())
        .contains(
            "millrace_executions_total{namespace=\"n\",status=\"Succeeded\",workflow=\"w\"} 2")
        .contains("millrace_executions_total{namespace=\"n\",status=\"TimedOut\",workflow=\"w\"} 1")
        .contains("{namespace=\"n\",workflow=\"w\",le=\"0.0025\"} 1")
        .contains("{namespace=\"n\",workflow=\"w\",le=\"30.0\"} 2")
        .contains("{namespace=\"n\",workflow=\"w\",le=\"+Inf\"} 3");
  }

  @Test
  void boundsTheNumberOfSeries() throws IOException {
    for (int index = 0; index < PrometheusObserver.MAXIMUM_NAMES + 10; index++) {
      observer.executionEnded("id", "n", "w" + index, ExecutionStatus.Succeeded, 1);
    }
    assertThat(text())
        .contains("workflow=\"w4999\"")
        .doesNotContain("workflow=\"w5000\"")
        .contains("namespace=\"_other_\",status=\"Succeeded\",workflow=\"_other_\"} 10");
  }
}
