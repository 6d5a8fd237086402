package dev.millrace.engine.execution;

import dev.millrace.engine.journal.ExecutionLostException;
import dev.millrace.engine.journal.Fact;
import dev.millrace.engine.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A journal whose commits the test stops and lets go; used on the test's event loop only. */
final class StoppableJournal implements Journal {
  final List<Fact> facts = new ArrayList<>();
  private final Map<String, Promise<Void>> open = new LinkedHashMap<>();
  boolean stopped;
  boolean full;

  /** Hears every fact as well. */
  Consumer<Fact> listener = fact -> {};

  /** {@code start}, {@code pause}, {@code end} or the id of a task. */
  static String label(Fact fact) {
    if (fact instanceof Fact.TaskEnded task) {
      return task.taskId();
    }
    if (fact instanceof Fact.ExecutionPaused) {
      return "pause";
    }
    return fact instanceof Fact.ExecutionStarted ? "start" : "end";
  }

  List<String> labels() {
    return facts.stream().map(StoppableJournal::label).toList();
  }

  @Override
  public Future<Void> append(Fact fact) {
    facts.add(fact);
    listener.accept(fact);
    if (!stopped) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    open.put(label(fact), promise);
    return promise.future();
  }

  void commit(String label) {
    open.remove(label).complete();
  }

  void fail(String label) {
    open.remove(label).fail("the disk is gone");
  }

  void lose(String label) {
    open.remove(label).fail(new ExecutionLostException("it"));
  }

  @Override
  public boolean hasRoom() {
    return !full;
  }

  @Override
  public Future<Void> flush() {
    return Future.succeededFuture();
  }
}
