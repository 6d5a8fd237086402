package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive of classes that {@code ./millrace} makes and uses, in a clone that is built already;
 * Java is a script that notes its arguments.
 */
@Timeout(60)
class LauncherTest {
  private static final String NAME = "millrace-17.0.1+2-test.jsa";
  private static final String MAKES = "-XX:ArchiveClassesAtExit=";
  private static final String USES = "-XX:SharedArchiveFile=";
  private static final String ARCHIVING = "printf archived >\"$made\"";
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$*" >>"%s"
      for argument; do
        case $argument in -XX:ArchiveClassesAtExit=*) made=${argument#*=} ;; esac
      done
      [ -z "${made:-}" ] || { %s; }
      """;

  @TempDir Path clone;

  private Path target;
  private Path calls;

  @BeforeEach
  void build() throws Exception {
    Path launcher = clone.resolve("millrace");
    Files.copy(Path.of("..", "millrace"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    target = Files.createDirectories(clone.resolve("app/target"));
    calls = clone.resolve("calls");
    Files.createDirectories(clone.resolve("examples"));
    Files.createDirectories(clone.resolve("app/src/main"));
    Files.createDirectories(target.resolve("lib"));
    Files.createFile(clone.resolve("pom.xml"));
    Files.createFile(clone.resolve("app/pom.xml"));
    Files.createFile(target.resolve("lib/library.jar"));
    Files.createFile(target.resolve("millrace.jar"));
    Files.createFile(target.resolve("millrace.stamp"));
    java(ARCHIVING);
    Files.writeString(
        clone.resolve("jdk/release"),
        "JAVA_RUNTIME_VERSION=\"17.0.1+2-test\"\nJAVA_VERSION=\"17.0.1\"\n");
  }

  @Test
  void theFirstStartThatServesMakesTheArchiveAndAllUseIt() throws Exception {
    assertThat(millrace("serve")).contains("preparing quick starts");
    assertThat(millrace("serve")).isEmpty();
    assertThat(millrace("demo")).isEmpty();
    assertThat(millrace("validate", "x")).isEmpty();

    List<String> starts = calls();
    assertThat(starts).hasSize(5);
    assertThat(starts.get(0)).contains(MAKES + target, "rehearse", "-XX:+UseSerialGC");
    assertThat(starts.subList(1, 5))
        .allMatch(start -> start.contains(USES + target.resolve(NAME) + " -Xlog:cds*=off"));
    assertThat(target.resolve(NAME)).hasContent("archived");
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void whatEndsSoonDoesNotMakeIt() throws Exception {
    assertThat(millrace("validate", "x")).isEmpty();

    assertThat(calls()).hasSize(1).noneMatch(start -> start.contains(USES));
  }

  @Test
  void anArchiveOlderThanTheJarsIsReplaced() throws Exception {
    millrace("serve");
    touchLater(target.resolve("lib/library.jar"), 60);
    java("printf again >\"$made\"");

    millrace("serve");

    assertThat(target.resolve(NAME)).hasContent("again");
  }

  @Test
  void anotherJavaGetsItsOwn() throws Exception {
    millrace("serve");
    Files.writeString(clone.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");

    millrace("serve");

    assertThat(target.resolve("millrace-25.0.1.jsa")).hasContent("archived");
    assertThat(calls().get(3))
        .contains(USES + target.resolve("millrace-25.0.1.jsa"))
        .contains("--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void aFailureDoesNoHarmAndIsNotRepeated() throws Exception {
    java("exit 1");

    millrace("serve");
    assertThat(millrace("serve")).isEmpty();

    assertThat(calls()).hasSize(3);
    assertThat(calls().subList(1, 3)).noneMatch(start -> start.contains(USES));
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void anInterruptionLeavesNoHalfArchiveAndStartsNothing() throws Exception {
    java("printf half >\"$made\"; kill -TERM $PPID; exit 1");

    Process launcher = start("serve");

    assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.exitValue()).isEqualTo(143);
    assertThat(calls()).hasSize(1);
    assertThat(target.resolve(NAME)).doesNotExist();
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void itCanBeSwitchedOff() throws Exception {
    ProcessBuilder command = command("serve");
    command.environment().put("MILLRACE_JAVA_OPTIONS", "-Xmx1g -Xshare:off");

    assertThat(output(command.start())).isEmpty();

    assertThat(calls()).hasSize(1).allMatch(start -> start.contains("-Xmx1g -Xshare:off"));
  }

  @Test
  void ofTwoStartsAtOnceOneMakesIt() throws Exception {
    Path both = clone.resolve("both");
    java("while [ ! -e " + both + " ]; do :; done; " + ARCHIVING);

    Process one = start("serve");
    Process other = start("serve");
    Files.createFile(both);
    output(one);
    output(other);

    assertThat(calls()).hasSize(3).filteredOn(start -> start.contains(MAKES)).hasSize(1);
  }

  /** What Java does when it is to archive its classes. */
  private void java(String archiving) throws IOException {
    Path java = clone.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA.formatted(calls, archiving));
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private static void touchLater(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private String millrace(String... arguments) throws Exception {
    return output(start(arguments));
  }

  private Process start(String... arguments) throws IOException {
    return command(arguments).start();
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(clone.resolve("millrace").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", clone.resolve("jdk").toString());
    builder.environment().remove("MILLRACE_JAVA_OPTIONS");
    return builder;
  }

  /** Waits for its end, which must be a good one. */
  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }

  /** Archives half made and directories of databases. */
  private List<Path> leftOver() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*\\.jsa\\..*|rehearsal.*"))
          .toList();
    }
  }
}
