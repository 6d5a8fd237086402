package dev.millrace.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace validate}: every problem of definitions; runs on the main thread. */
@Command(
    name = "validate",
    description = "Finds every problem of a directory or of files, judged together.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no errors (there may be warnings)",
      "1:at least one error",
      "2:the command line is wrong, or a path cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace validate definitions/",
      "  millrace validate tasks.yaml workflow.yaml",
      "  millrace validate --format junit definitions/ > report.xml"
    })
final class ValidateCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Directories (*.yaml, *.yml, *.json at any depth, hidden files left out) or files.")
  private List<Path> paths;

  @Option(
      names = "--format",
      paramLabel = "text|json|junit",
      defaultValue = "text",
      description = "How to print: for people (the default), for programs, or for CI servers.")
  private ReportFormat format;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The namespace of resources that name none. Default: default.")
  private String namespace;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Findings findings = Findings.of(DefinitionFiles.read(paths), namespace);
    switch (format) {
      case text -> TextReport.print(findings, console.out(), console.colour());
      case json -> JsonReport.print(findings, console.out());
      case junit -> JunitReport.print(findings, console.out());
    }
    return findings.errors() == 0 ? ExitCode.OK : ExitCode.PROBLEMS;
  }
}
