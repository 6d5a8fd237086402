package dev.millrace.engine.journal;

import io.vertx.core.Future;

/**
 * Whether what runs here is certainly still this gateway's: nobody else can have taken it over. Any
 * thread.
 */
public interface Ownership {
  /** Of a gateway that shares its executions with nobody. */
  Ownership ALWAYS =
      new Ownership() {
        @Override
        public boolean isHeld() {
          return true;
        }

        @Override
        public Future<Void> held() {
          return Future.succeededFuture();
        }
      };

  /** While this is false no new effect may begin, as another gateway may be at it. */
  boolean isHeld();

  /** Completes when it is certain again; fails when it was lost. */
  Future<Void> held();
}
