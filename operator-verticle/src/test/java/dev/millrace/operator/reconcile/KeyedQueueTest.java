package dev.millrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<String> begun = new ArrayList<>();
  private final List<Promise<Void>> ends = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close();
  }

  private static ResourceName name(String name) {
    return new ResourceName(ResourceKind.Workflow, "shop", name);
  }

  private KeyedQueue queue(int concurrency) {
    return new KeyedQueue(vertx, concurrency, this::begin);
  }

  private synchronized Future<Void> begin(ResourceName name) {
    begun.add(name.name());
    Promise<Void> end = Promise.promise();
    ends.add(end);
    return end.future();
  }

  private synchronized List<String> begun() {
    return List.copyOf(begun);
  }

  @Test
  void eachNameWaitsOnlyOnce() {
    KeyedQueue queue = queue(1);
    queue.open(List.of(name("a")));

    queue.add(name("b"));
    queue.add(name("b"));

    assertThat(queue.depth()).isEqualTo(1);
    ends.get(0).complete();
    assertThat(begun()).containsExactly("a", "b");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void aNameThatComesWhileItIsWorkedOnIsWorkedOnOnceMore() {
    KeyedQueue queue = queue(4);
    queue.open(List.of(name("a")));

    queue.add(name("a"));
    assertThat(begun()).as("never twice at a time").containsExactly("a");

    ends.get(0).complete();
    assertThat(begun()).containsExactly("a", "a");
  }

  @Test
  void noMoreAreWorkedOnThanAllowed() {
    KeyedQueue queue = queue(2);
    queue.open(List.of(name("a"), name("b"), name("c")));

    assertThat(begun()).hasSize(2);
    ends.get(1).complete();
    assertThat(begun()).hasSize(3);
  }

  @Test
  void whatFailsComesBackLaterAndLater() {
    KeyedQueue queue = queue(1);
    queue.open(List.of(name("a")));

    ends.get(0).fail("no answer");

    await().until(() -> begun().size() == 2);
    assertThat(KeyedQueue.delayMillis(1)).isEqualTo(250);
    assertThat(KeyedQueue.delayMillis(2)).isEqualTo(500);
    assertThat(KeyedQueue.delayMillis(100)).isEqualTo(60_000);
  }

  @Test
  void aClosedQueueTakesNothing() {
    KeyedQueue queue = queue(1);

    queue.add(name("a"));
    assertThat(begun()).isEmpty();

    queue.open(List.of(name("b"), name("c")));
    queue.close();
    ends.get(0).complete();
    queue.add(name("d"));
    assertThat(begun()).containsExactly("b");
  }
}
