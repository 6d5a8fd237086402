package dev.millrace.perf.flame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlameGraphTest {
  @Test
  void drawsEachFrameByItsShareAndLeavesOutTheSmallest() {
    String svg = FlameGraph.svg("a;b<init> 60\na;/tmp/lib.so 39\na;tiny 1\n", "CPU & more", 2);

    assertThat(svg)
        .contains("CPU &amp; more")
        .contains("<title>a 100.0 %</title>")
        .contains("<title>b&lt;init&gt; 60.0 %</title>")
        .contains("<title>lib.so 39.0 %</title>")
        .doesNotContain("tiny")
        .doesNotContain("/tmp");
  }
}
