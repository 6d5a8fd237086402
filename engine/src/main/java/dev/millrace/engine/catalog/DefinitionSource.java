package dev.millrace.engine.catalog;

import io.vertx.core.Future;

/** The plug for places that definitions come from: a directory, or a cluster. */
public interface DefinitionSource {
  /**
   * Loads everything once and follows changes from then on; completes when the catalog is filled.
   */
  Future<Void> start();

  /** Stops following. */
  Future<Void> stop();
}
