package dev.millrace.app.program;

import dev.millrace.app.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Makes the one Vert.x of the process; called once at start, by the thread of the command. */
public final class VertxFactory {

  private static final int WORKERS = 4;

  private VertxFactory() {}

  /** A Vert.x with the native transport where there is one. */
  public static Vertx create(Settings.Run settings) {
    // Nothing is served from the class path through Vert.x' file cache but Swagger UI, which is
    // read once; without the cache no directory is left behind when the process is killed.
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(settings.eventLoops())
            .setWorkerPoolSize(WORKERS)
            .setPreferNativeTransport(true);
    return Vertx.vertx(options);
  }
}
