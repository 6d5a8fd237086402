package dev.millrace.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LineDiffProperties {
  @Property
  void applyingADiffGivesTheNewText(
      @ForAll("lines") List<String> before, @ForAll("lines") List<String> after) {
    assertThat(apply(before, LineDiff.between(before, after))).isEqualTo(after);
  }

  @Example
  void shedsWhatIsFarFromAChange() {
    List<String> before = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      before.add("line " + i);
    }
    List<String> after = new ArrayList<>(before);
    after.set(4, "new 5");
    after.remove(24);

    assertThat(LineDiff.between(before, after))
        .isEqualTo(
            """
            @@ -2,7 +2,7 @@
             line 2
             line 3
             line 4
            -line 5
            +new 5
             line 6
             line 7
             line 8
            @@ -22,7 +22,6 @@
             line 22
             line 23
             line 24
            -line 25
             line 26
             line 27
             line 28
            """);
    assertThat(LineDiff.between(before, before)).isEmpty();
  }

  @Example
  void replacesWholeWhatIsTooLargeToCompare() {
    List<String> before = Collections.nCopies(3_000, "a");
    List<String> after = Collections.nCopies(3_000, "b");

    String diff = LineDiff.between(before, after);

    assertThat(diff).startsWith("@@ -1,3000 +1,3000 @@\n-a\n");
    assertThat(apply(before, diff)).isEqualTo(after);
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of("a", "b", "c", "d").list().ofMaxSize(40);
  }

  private static List<String> apply(List<String> before, String diff) {
    List<String> result = new ArrayList<>();
    int next = 0;
    for (String line : diff.lines().toList()) {
      if (line.startsWith("@@")) {
        String[] from = line.substring(4, line.indexOf(' ', 4)).split(",", -1);
        int start = Integer.parseInt(from[0]) - (from[1].equals("0") ? 0 : 1);
        while (next < start) {
          result.add(before.get(next++));
        }
      } else if (line.startsWith("+")) {
        result.add(line.substring(1));
      } else {
        assertThat(before.get(next)).isEqualTo(line.substring(1));
        if (line.startsWith(" ")) {
          result.add(before.get(next));
        }
        next++;
      }
    }
    result.addAll(before.subList(next, before.size()));
    return result;
  }
}
