package dev.millrace.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class NearestNameProperties {
  @Property
  void one_missing_letter_is_forgiven(
      @ForAll @AlphaChars @StringLength(min = 3, max = 30) String name,
      @ForAll @IntRange(max = 29) int at) {
    int index = at % name.length();
    String written = name.substring(0, index) + name.substring(index + 1);

    assertThat(NearestName.of(written, List.of("0123456789", name))).isEqualTo(name);
  }

  @Property
  void distance_is_symmetric_and_bounded(
      @ForAll @AlphaChars @StringLength(max = 20) String left,
      @ForAll @AlphaChars @StringLength(max = 20) String right) {
    int distance = NearestName.distance(left, right);

    assertThat(distance).isEqualTo(NearestName.distance(right, left));
    assertThat(distance).isLessThanOrEqualTo(Math.max(left.length(), right.length()));
    assertThat(distance == 0).isEqualTo(left.equalsIgnoreCase(right));
  }
}
