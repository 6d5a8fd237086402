package dev.millrace.app.command;

import dev.millrace.app.demo.DemoExamples;
import dev.millrace.app.demo.DemoGuide;
import dev.millrace.app.demo.DemoUpstream;
import dev.millrace.app.program.FreePort;
import dev.millrace.app.program.GatewayProgram;
import dev.millrace.app.program.VertxFactory;
import dev.millrace.app.settings.EffectiveSettings;
import dev.millrace.app.settings.LogLevel;
import dev.millrace.app.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code millrace demo}: the gateway with the examples and the upstream that they call; runs on the
 * main thread.
 */
@Command(
    name = "demo",
    description = {
      "Serves the examples, together with the small upstream that they call, and prints what to try.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by SIGTERM or SIGINT",
      "1:could not start, or something in flight was cut off at the end",
      "2:the command line or a setting is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace demo",
      "  millrace demo --port 0 --upstream-port 0    with whatever ports are free",
      "  millrace demo my-workflows/                 with workflows of your own"
    })
final class DemoCommand extends ServingCommand {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int ANY = 0;

  @Parameters(
      paramLabel = "DIRECTORY",
      arity = "0..1",
      description = "Definitions to serve instead of the examples.")
  private Path directory;

  @Option(
      names = "--upstream-port",
      paramLabel = "PORT",
      description =
          "The port of the upstream; 0 takes any free one. Default: 9091, or a free one where that"
              + " is taken. The examples are changed to fit.")
  private Integer upstreamPort;

  DemoCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() throws InterruptedException {
    EffectiveSettings effective = readSettings();
    Settings settings = withFreePort(effective);
    Vertx vertx = VertxFactory.create(settings.run());
    try {
      DemoUpstream upstream = new DemoUpstream(LOOPBACK, upstreamPort(), Clock.systemUTC());
      await(vertx.deployVerticle(upstream));
      DemoExamples examples =
          DemoExamples.find(
              directory(settings),
              Optional.ofNullable(System.getProperty("millrace.home")),
              upstream.port());
      GatewayProgram program = await(GatewayProgram.start(settings, vertx, examples.directory()));
      DemoGuide.print(program, examples, upstream.port(), console.out());
      return console.lifetime().untilStopped(() -> stop(program, examples));
    } catch (IOException unreadable) {
      vertx.close();
      throw CommandFailure.failed("the examples cannot be read: " + unreadable.getMessage());
    } catch (CommandFailure failed) {
      vertx.close();
      throw failed;
    }
  }

  /** Warnings only, unless more is wanted: what is printed to try would scroll away. */
  @Override
  Settings.Log logging(EffectiveSettings effective) {
    Settings.Log log = effective.settings().log();
    return effective.isChosen("log.level") ? log : new Settings.Log(log.format(), LogLevel.WARN);
  }

  private static Future<Boolean> stop(GatewayProgram program, DemoExamples examples) {
    return program.stop().onComplete((clean, fault) -> examples.delete());
  }

  private Optional<Path> directory(Settings settings) {
    Optional<Path> given =
        directory == null ? settings.definitions().directory() : Optional.of(directory);
    given
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw CommandFailure.usage(path + " is not a directory");
            });
    return given;
  }

  private int upstreamPort() {
    if (upstreamPort != null) {
      return upstreamPort;
    }
    return FreePort.isFree(LOOPBACK, DemoExamples.UPSTREAM_PORT) ? DemoExamples.UPSTREAM_PORT : ANY;
  }

  /** Whoever only wants to try should not have to look for a port: that is for named ones. */
  private static Settings withFreePort(EffectiveSettings effective) {
    Settings settings = effective.settings();
    Settings.Http http = settings.http();
    boolean chosen = effective.isChosen("http.port");
    return chosen || FreePort.isFree(http.host(), http.port()) ? settings : settings.withPort(ANY);
  }
}
