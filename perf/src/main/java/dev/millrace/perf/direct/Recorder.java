package dev.millrace.perf.direct;

import dev.millrace.persistence.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Keeps a record of executions, as the baseline does it; one an event loop, used there only. */
interface Recorder {
  /** Keeps nothing, and costs nothing. */
  Recorder NONE = (workflow, input) -> Recording.NONE;

  /** How the record is kept. */
  enum Mode {
    /** Not at all. */
    NONE,
    /** Whole, after the end, in batches that nobody waits for. */
    BUFFERED,
    /** Committed around each effect, and at the end. */
    DURABLE
  }

  /** An execution begins. */
  Recording begin(String workflow, JsonObject input);

  /** The recorder of a mode, for one event loop. */
  static Recorder of(Mode mode, Vertx vertx, DatabaseUrl database) {
    return switch (mode) {
      case NONE -> NONE;
      case BUFFERED -> new BufferedRecorder(vertx, database);
      case DURABLE -> new CommittingRecorder(vertx, database);
    };
  }
}
