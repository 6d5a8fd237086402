package dev.millrace.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskGraphTest {
  @Test
  void ordersByLevelAndInDocumentOrderWithinIt() {
    TaskGraph graph = TaskGraph.of(new int[][] {{2}, {}, {}, {0, 1}});

    assertThat(graph.order()).containsExactly(1, 2, 0, 3);
    assertThat(graph.levelCount()).isEqualTo(3);
    assertThat(new int[] {graph.level(0), graph.level(1), graph.level(2), graph.level(3)})
        .containsExactly(1, 0, 0, 2);
    assertThat(graph.dependents(2)).containsExactly(0);
    assertThat(graph.isAcyclic()).isTrue();
  }

  @Test
  void findsEveryAncestorOnce() {
    TaskGraph graph = TaskGraph.of(new int[][] {{}, {0}, {0}, {1, 2}, {}});

    assertThat(graph.ancestors(3)).containsExactly(0, 1, 2);
    assertThat(graph.ancestors(0)).isEmpty();
  }

  @Test
  void leavesTasksInAndBehindACycleWithoutAPlace() {
    TaskGraph graph = TaskGraph.of(new int[][] {{}, {2}, {1}, {2}});

    assertThat(graph.isAcyclic()).isFalse();
    assertThat(graph.order()).containsExactly(0);
    assertThat(graph.level(3)).isEqualTo(-1);
    assertThat(graph.levelCount()).isEqualTo(1);
  }

  @Test
  void anEmptyGraphHasNoLevels() {
    assertThat(TaskGraph.of(new int[0][]).levelCount()).isZero();
  }
}
