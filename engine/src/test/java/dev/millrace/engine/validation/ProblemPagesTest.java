package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.ErrorCode;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages under docs/problems say what is true: their wrong examples are wrong in just that way,
 * their right ones are right.
 */
class ProblemPagesTest {
  private static final Path PAGES = Path.of("..", "docs", "problems");
  private static final Pattern BLOCK =
      Pattern.compile("```yaml (wrong|right)\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void aProblemsExampleHasJustThatProblemAndItsMendHasNone(ProblemCode code) throws IOException {
    String page = Files.readString(PAGES.resolve(code.name() + ".md"));
    assertThat(page).startsWith("# " + code.name() + "\n").contains("## How to mend it");
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      List<ProblemCode> found = errorCodes(block.group(2));
      if (block.group(1).equals("wrong")) {
        assertThat(found).as("the wrong example of %s", code).isNotEmpty().containsOnly(code);
      } else {
        assertThat(found).as("the right example of %s", code).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorOfARequestHasAPageThatNamesItsStatus(ErrorCode code) throws IOException {
    String page = Files.readString(PAGES.resolve(code.name() + ".md"));
    assertThat(page)
        .startsWith("# " + code.name() + "\n")
        .contains("HTTP status " + code.status() + ".");
  }

  @Test
  void theIndexLeadsToEveryPage() throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"));
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(index).contains("(" + code.name() + ".md)");
    }
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(index)
          .contains("| " + code.status() + " | [" + code.name() + "](" + code.name() + ".md)");
    }
  }

  private static List<ProblemCode> errorCodes(String yaml) {
    ReadResult read = ResourceReader.read("example.yaml", yaml, "default");
    ValidationReport report =
        DefinitionValidator.validate(new ResourceSet(read.resources(), read.problems()));
    return report.problems().stream().filter(Problem::isError).map(Problem::code).toList();
  }
}
