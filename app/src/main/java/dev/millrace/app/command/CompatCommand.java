package dev.millrace.app.command;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.CompiledSchema;
import dev.millrace.engine.schema.InvalidSchemaException;
import dev.millrace.engine.schema.SchemaProblem;
import dev.millrace.engine.schema.SchemaView;
import dev.millrace.engine.schema.proof.Proof;
import dev.millrace.engine.schema.proof.SubschemaProver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code millrace compat}: is one schema within the other? Runs on the main thread. */
@Command(
    name = "compat",
    description = "Proves that every value of one JSON Schema is valid under another one.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.UNUSABLE,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:proved: every value of SUB is valid under SUPER",
      "1:refuted: the witness is valid under SUB and not under SUPER",
      "2:unproved: neither could be shown",
      "64:the command line is wrong, or a file is not a JSON Schema"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace compat new-answer.json old-answer.json   may the service deploy its new answer?",
      "  millrace compat old-request.json new-request.json may it ask for more than before?"
    })
final class CompatCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "SUB.json",
      description = "The schema of the values that there are.")
  private Path sub;

  @Parameters(
      index = "1",
      paramLabel = "SUPER.json",
      description = "The schema that has to take them.")
  private Path sup;

  CompatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Proof proof = SubschemaProver.prove(SchemaView.of(schema(sub)), SchemaView.of(schema(sup)));
    if (proof instanceof Proof.Proved) {
      console.out().println("proved: every value of " + sub + " is valid under " + sup);
      return ExitCode.OK;
    }
    if (proof instanceof Proof.Refuted refuted) {
      console.out().println("refuted: " + refuted.reason());
      console
          .out()
          .println(
              "witness: " + new String(Json.toBytes(refuted.witness()), StandardCharsets.UTF_8));
      return ExitCode.PROBLEMS;
    }
    if (proof instanceof Proof.Unproved unproved) {
      console.out().println("unproved: " + unproved.reason());
      return ExitCode.UNPROVED;
    }
    throw new IllegalStateException("unknown verdict " + proof);
  }

  private static JsonNode schema(Path path) {
    JsonNode schema;
    try {
      schema = Json.read(DefinitionFiles.text(path));
    } catch (InvalidJsonException broken) {
      throw CommandFailure.unusable(path + " is not JSON: " + broken.describe());
    } catch (CommandFailure unreadable) {
      throw CommandFailure.unusable(unreadable.getMessage());
    }
    try {
      return CompiledSchema.compile(schema).source();
    } catch (InvalidSchemaException refused) {
      StringBuilder message = new StringBuilder(path + " is not a JSON Schema that can be used:");
      for (SchemaProblem problem : refused.problems()) {
        message.append("\n  ").append(problem.path()).append(": ").append(problem.message());
        if (problem.suggestion() != null) {
          message.append("; ").append(problem.suggestion());
        }
      }
      throw CommandFailure.unusable(message.toString());
    }
  }
}
