package dev.millrace.app.command;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** How long a command that serves goes on: until somebody wants the process to end. */
public interface Lifetime {

  /**
   * Waits until the program is to stop, lets it stop, and returns when it has.
   *
   * @param stop begins the shutdown; its future never fails and tells whether everything in flight
   *     could end
   * @return the exit code: 0 when everything in flight could end
   */
  int untilStopped(Supplier<Future<Boolean>> stop) throws InterruptedException;
}
