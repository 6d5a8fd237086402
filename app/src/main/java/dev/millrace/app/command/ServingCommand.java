package dev.millrace.app.command;

import dev.millrace.app.program.Logging;
import dev.millrace.app.settings.EffectiveSettings;
import dev.millrace.app.settings.Settings;
import dev.millrace.app.settings.SettingsException;
import dev.millrace.app.settings.SettingsFlags;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands that serve have in common; runs on the main thread. */
abstract class ServingCommand implements Callable<Integer> {

  protected final Console console;

  private final Logger log = LoggerFactory.getLogger(getClass());

  @Spec private CommandSpec spec;

  ServingCommand(Console console) {
    this.console = console;
  }

  /** Reads the settings, sets logging up and logs what took effect. */
  final EffectiveSettings readSettings() {
    try {
      EffectiveSettings effective =
          SettingsFlags.read(spec.commandLine().getParseResult(), console.environment());
      Logging.configure(logging(effective));
      effective.warnings().forEach(log::warn);
      LoggingEventBuilder line = log.atInfo();
      for (EffectiveSettings.Entry entry : effective.entries()) {
        line = line.addKeyValue(entry.name(), entry.shown() + " (" + entry.origin() + ")");
      }
      line.log("Settings");
      return effective;
    } catch (SettingsException wrong) {
      throw CommandFailure.usage(
          "these settings are wrong:\n  " + String.join("\n  ", wrong.problems()));
    }
  }

  /** How this command logs; the settings where it has no reason of its own. */
  Settings.Log logging(EffectiveSettings effective) {
    return effective.settings().log();
  }

  /** Waits for a step of the start. */
  static <T> T await(Future<T> step) {
    try {
      return step.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      String message = cause.getMessage();
      throw CommandFailure.failed(message == null ? cause.toString() : message);
    }
  }
}
