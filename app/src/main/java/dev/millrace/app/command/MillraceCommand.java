package dev.millrace.app.command;

import dev.millrace.app.settings.SettingsFlags;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code millrace}, which holds all others; runs on the main thread. */
@Command(
    name = "millrace",
    description = "Runs typed workflows of HTTP calls, proved before they are served.",
    versionProvider = MillraceCommand.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace demo                            try it, with the examples",
      "  millrace validate definitions/           find every problem",
      "  millrace serve --definitions definitions serve a directory",
      "  millrace serve --kubernetes true         serve a cluster's resources",
      "",
      "Each command has its own --help. Documentation: https://millrace.dev/docs"
    })
public final class MillraceCommand implements Runnable {

  @Spec private CommandSpec spec;

  private MillraceCommand() {}

  /** The whole command line. */
  public static CommandLine commandLine(Console console) {
    CommandLine line =
        new CommandLine(new MillraceCommand())
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new OperatorCommand(console))
            .addSubcommand(new ValidateCommand(console))
            .addSubcommand(new CompatCommand(console))
            .addSubcommand(new RehearseCommand(console));
    SettingsFlags.addTo(line.getSubcommands().get("serve").getCommandSpec());
    SettingsFlags.addTo(line.getSubcommands().get("demo").getCommandSpec());
    SettingsFlags.addToOperator(line.getSubcommands().get("operator").getCommandSpec());
    return line.setOut(console.out())
        .setErr(console.err())
        .setColorScheme(Help.defaultColorScheme(console.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setExecutionExceptionHandler(
            (fault, command, parsed) -> {
              if (fault instanceof CommandFailure failure) {
                console.err().println("millrace: " + failure.getMessage());
                return failure.exitCode();
              }
              console.err().println("millrace: this should not have happened: " + fault);
              fault.printStackTrace(console.err());
              return ExitCode.PROBLEMS;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MillraceCommand.class.getPackage().getImplementationVersion();
      return new String[] {"millrace " + (version == null ? "(not packaged)" : version)};
    }
  }
}
