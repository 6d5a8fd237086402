package dev.millrace.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads every file under {@code definition/}: a {@code valid-*} file has no problems and names its
 * resources in its first line, an {@code invalid-*} file ends with its problems as comments.
 */
class ResourceFilesTest {
  private static final Path FILES = Path.of("src/test/resources/definition");
  private static final String EXPECTED = "# problem: ";
  private static final String RESOURCES = "# resources: ";

  static Stream<Path> valid() throws IOException {
    return files("valid-");
  }

  static Stream<Path> invalid() throws IOException {
    return files("invalid-");
  }

  private static Stream<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      List<Path> found = files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList();
      assertThat(found).isNotEmpty();
      return found.stream().sorted();
    }
  }

  private static ReadResult read(Path file, String text) {
    return ResourceReader.read(file.getFileName().toString(), text, "shop");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void valid_files_have_no_problems(Path file) throws IOException {
    String text = Files.readString(file);

    ReadResult result = read(file, text);

    assertThat(result.problems()).isEmpty();
    assertThat(result.resources()).isNotEmpty();
    String first = text.lines().findFirst().orElseThrow();
    if (first.startsWith(RESOURCES)) {
      assertThat(result.resources())
          .extracting(resource -> resource.name().toString())
          .containsExactly(first.substring(RESOURCES.length()).split(" "));
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalid_files_have_the_problems_that_they_say(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> expected = new ArrayList<>();
    text.lines()
        .filter(line -> line.startsWith(EXPECTED))
        .forEach(line -> expected.add(line.substring(EXPECTED.length())));

    List<Problem> problems = read(file, text).problems();

    assertThat(problems).extracting(ResourceFilesTest::line).containsExactlyElementsOf(expected);
  }

  private static String line(Problem problem) {
    return problem.position().line()
        + ":"
        + problem.position().column()
        + " "
        + problem.code()
        + " "
        + problem.resource()
        + " "
        + problem.path()
        + " | "
        + problem.message()
        + " | "
        + problem.suggestion();
  }
}
