package dev.millrace.app.command;

import dev.millrace.app.program.OperatorProgram;
import dev.millrace.app.program.VertxFactory;
import dev.millrace.app.settings.Settings;
import io.vertx.core.Vertx;
import picocli.CommandLine.Command;

/** {@code millrace operator}: the Kubernetes operator; runs on the main thread. */
@Command(
    name = "operator",
    description = {
      "Runs the Kubernetes operator: judges changes before they are stored, and keeps statuses true.",
      "",
      "It takes the account of its pod, or the one of the kubeconfig. Each setting is a flag here, a"
          + " variable (--webhook-port is MILLRACE_WEBHOOK_PORT) and a key of the --config file"
          + " (webhook.port). docs/kubernetes.md tells how to install it.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by SIGTERM or SIGINT",
      "1:could not start, or did not end in time",
      "2:the command line or a setting is wrong"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace operator",
      "  millrace operator --webhook-host 127.0.0.1 --webhook-url https://127.0.0.1:8443"
    })
final class OperatorCommand extends ServingCommand {

  OperatorCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = readSettings().settings();
    Vertx vertx = VertxFactory.create(settings.run());
    OperatorProgram program =
        await(OperatorProgram.start(settings, vertx).onFailure(failed -> vertx.close()));
    console.out().println("Millrace operator");
    console.out().println("  webhook    " + program.webhookAddress());
    console.out().println("  health     " + program.address() + "/health/ready");
    console.out().println("  metrics    " + program.address() + "/metrics");
    console.out().flush();
    return console.lifetime().untilStopped(program::stop);
  }
}
