package dev.millrace.app.command;

import dev.millrace.app.program.GatewayProgram;
import dev.millrace.app.program.VertxFactory;
import dev.millrace.app.settings.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code millrace serve}: the gateway; runs on the main thread. */
@Command(
    name = "serve",
    description = {
      "Serves the workflows of a directory, or of a cluster, over HTTP.",
      "",
      "Each setting is a flag here, a variable (--http-port is MILLRACE_HTTP_PORT) and a key of"
          + " the --config file (http.port). docs/configuration.md lists all of them.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by SIGTERM or SIGINT; everything in flight could end",
      "1:could not start, or something in flight was cut off at the end",
      "2:the command line or a setting is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace serve --definitions definitions/",
      "  millrace serve --definitions definitions/ --http-host 0.0.0.0 --port 9000",
      "  MILLRACE_DEFINITIONS=/etc/millrace millrace serve --config settings.yaml --log-format json"
    })
final class ServeCommand extends ServingCommand {

  ServeCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = readSettings().settings();
    Path directory = settings.definitions().kubernetes() ? null : directory(settings);
    if (directory == null && settings.definitions().directory().isPresent()) {
      throw CommandFailure.usage(
          "definitions come from a directory or from the cluster: give --definitions or --kubernetes"
              + " true, not both");
    }
    Vertx vertx = VertxFactory.create(settings.run());
    GatewayProgram program =
        await(GatewayProgram.start(settings, vertx, directory).onFailure(failed -> vertx.close()));
    announce(program, directory);
    return console.lifetime().untilStopped(program::stop);
  }

  private static Path directory(Settings settings) {
    Path directory = settings.definitions().directory().orElseThrow(ServeCommand::noDirectory);
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.usage(
          "definitions: " + directory + " is not a directory; give the one that holds them");
    }
    return directory;
  }

  private static CommandFailure noDirectory() {
    return CommandFailure.usage(
        "there is nothing to serve; give a directory with --definitions or MILLRACE_DEFINITIONS, or"
            + " take the cluster's with --kubernetes true");
  }

  private void announce(GatewayProgram program, Path directory) {
    String address = program.address();
    console
        .out()
        .println(
            "Millrace serves "
                + (directory == null ? "the cluster" : directory)
                + " at "
                + address);
    console.out().println("  workflows  " + address + "/api/v1/workflows");
    console.out().println("  API docs   " + address + "/docs/");
    console.out().println("  metrics    " + address + "/metrics");
    int invalid = program.snapshot().invalidCount();
    if (invalid > 0) {
      console
          .out()
          .println(
              "  "
                  + invalid
                  + " definition(s) are not served; find out why: "
                  + (directory == null
                      ? "kubectl get millrace -A"
                      : "millrace validate " + directory));
    }
    console.out().flush();
  }
}
