package dev.millrace.app.program;

import dev.millrace.persistence.JournalMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Shows how the journal is doing; one, made by the program, any thread. */
final class PrometheusJournal implements JournalMetrics {
  private final Histogram batches;
  private final Histogram flushes;
  private final Gauge facts;
  private final Gauge characters;
  private final Counter refused;
  private final Counter retried;

  PrometheusJournal(PrometheusRegistry registry) {
    batches =
        Histogram.builder()
            .name("millrace_journal_batch_facts")
            .help("Facts that were committed together")
            .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
            .classicOnly()
            .register(registry);
    flushes =
        Histogram.builder()
            .name("millrace_journal_flush_seconds")
            .help("How long a commit took, tries that failed included")
            .classicUpperBounds(.0005, .001, .002, .005, .01, .02, .05, .1, .5, 1, 5)
            .classicOnly()
            .register(registry);
    facts =
        Gauge.builder()
            .name("millrace_journal_pending_facts")
            .help("Facts that wait for their commit; full at 50,000")
            .register(registry);
    characters =
        Gauge.builder()
            .name("millrace_journal_pending_characters")
            .help("About how many characters wait for their commit; full at 128 Mi")
            .register(registry);
    refused =
        Counter.builder()
            .name("millrace_journal_refused_total")
            .help("How often there was no room for a new execution")
            .register(registry);
    retried =
        Counter.builder()
            .name("millrace_journal_retries_total")
            .help("Commits that failed and were tried again")
            .register(registry);
  }

  @Override
  public void committed(int count, long nanos) {
    batches.observe(count);
    flushes.observe(nanos / 1e9);
  }

  @Override
  public void retried(int count) {
    retried.inc();
  }

  @Override
  public void pending(int count, long size) {
    facts.set(count);
    characters.set((double) size);
  }

  @Override
  public void refused() {
    refused.inc();
  }
}
