package dev.millrace.engine.journal;

import io.vertx.core.Future;
import java.time.Duration;

/** Tells how long executions of a workflow and their tasks took of late. Any thread. */
public interface DurationHistory {
  /** Knows nothing. */
  DurationHistory NONE = (namespace, workflow) -> Future.succeededFuture(DurationSamples.NONE);

  /** How many executions, the newest, are looked at. */
  int MAXIMUM_EXECUTIONS = 200;

  /** What began longer ago is not looked at. */
  Duration WINDOW = Duration.ofDays(7);

  /**
   * The durations of what succeeded in the newest {@value #MAXIMUM_EXECUTIONS} executions of the
   * last seven days, whatever became of these; all versions of the definition together.
   *
   * @return empty samples for a workflow that is not known
   */
  Future<DurationSamples> recent(String namespace, String workflow);
}
