package dev.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PathTableTest {
  private final PathTable<String> table =
      new PathTable.Builder<String>()
          .put(PathPattern.parse("/"), "root")
          .put(PathPattern.parse("/a/{x}"), "one")
          .put(PathPattern.parse("/a/me"), "me")
          .put(PathPattern.parse("/a/{x}/c/{y}"), "two")
          .put(PathPattern.parse("/a/me/d"), "literal")
          .put(PathPattern.parse("/files/*"), "files")
          .put(PathPattern.parse("/files/special"), "special")
          .build();

  private String target(String path) {
    PathTable.Match<String> match = table.match(RequestPath.parse(path), 0);
    return match == null ? null : match.target();
  }

  @Test
  void literalsWinOverParameters() {
    assertThat(target("/a/me")).isEqualTo("me");
    assertThat(target("/a/you")).isEqualTo("one");
    assertThat(target("/files/special")).isEqualTo("special");
  }

  @Test
  void stepsBackFromADeadEnd() {
    PathTable.Match<String> match = table.match(RequestPath.parse("/a/me/c/7"), 0);
    assertThat(match.target()).isEqualTo("two");
    assertThat(match.value("x")).isEqualTo("me");
    assertThat(match.value("y")).isEqualTo("7");
    assertThat(match.value("z")).isNull();
  }

  @Test
  void openPatternsTakeTheRest() {
    assertThat(target("/files")).isEqualTo("files");
    assertThat(target("/files/")).isEqualTo("files");
    assertThat(target("/files/a/b")).isEqualTo("files");
    assertThat(target("/files/special/more")).isEqualTo("files");
  }

  @Test
  void parametersAreNeverEmpty() {
    assertThat(target("/")).isEqualTo("root");
    assertThat(target("/a/")).isNull();
    assertThat(target("/a")).isNull();
    assertThat(target("/b")).isNull();
    assertThat(target("//")).isNull();
  }

  @Test
  void matchesFromAnOffset() {
    PathTable.Match<String> match = table.match(RequestPath.parse("/run/a/42"), 1);
    assertThat(match.target()).isEqualTo("one");
    assertThat(match.value("x")).isEqualTo("42");
  }

  @Test
  void anEncodedSlashStaysInsideItsSegment() {
    PathTable.Match<String> match = table.match(RequestPath.parse("/a/b%2Fc"), 0);
    assertThat(match.value("x")).isEqualTo("b/c");
  }

  @Test
  void aPathMustBeginWithASlash() {
    assertThatThrownBy(() -> RequestPath.parse("a")).hasMessageContaining("slash");
    assertThatThrownBy(() -> RequestPath.parse("")).hasMessageContaining("slash");
    assertThatThrownBy(() -> RequestPath.parse(null)).hasMessageContaining("slash");
  }
}
