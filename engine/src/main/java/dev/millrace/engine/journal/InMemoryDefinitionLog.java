package dev.millrace.engine.journal;

import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The history of definitions without a database: lost with the process, and only the newest changes
 * of each definition are kept. One for the process, used on any thread.
 */
public final class InMemoryDefinitionLog implements DefinitionLog {
  private final int maxChanges;
  private final Map<ResourceName, Deque<Entry>> entries = new HashMap<>();

  private record Entry(
      DefinitionChange change, DefinitionAction action, String previousHash, JsonNode previous) {}

  /**
   * Makes an empty log.
   *
   * @param maxChanges how many changes of one definition are kept
   */
  public InMemoryDefinitionLog(int maxChanges) {
    if (maxChanges < 1) {
      throw new IllegalArgumentException("a log needs room for at least one change");
    }
    this.maxChanges = maxChanges;
  }

  @Override
  public synchronized Future<Boolean> record(DefinitionChange change) {
    Deque<Entry> ofName = entries.computeIfAbsent(change.name(), name -> new ArrayDeque<>());
    DefinitionChange current = ofName.isEmpty() ? null : ofName.getFirst().change();
    String currentHash = current == null ? null : current.versionHash();
    if (change.versionHash() == null
        ? currentHash == null
        : change.versionHash().equals(currentHash)) {
      return Future.succeededFuture(false);
    }
    DefinitionAction action =
        change.versionHash() == null
            ? DefinitionAction.Deleted
            : currentHash == null ? DefinitionAction.Created : DefinitionAction.Updated;
    ofName.addFirst(
        new Entry(change, action, currentHash, current == null ? null : current.document()));
    if (ofName.size() > maxChanges) {
      ofName.removeLast();
    }
    return Future.succeededFuture(true);
  }

  @Override
  public synchronized Future<List<DefinitionVersion>> versions(
      ResourceName name, int skip, int take) {
    DefinitionLog.checkPage(skip, take);
    List<DefinitionVersion> versions = new ArrayList<>();
    for (Entry entry : of(name)) {
      if (entry.action() != DefinitionAction.Deleted) {
        versions.add(version(entry.change()));
      }
    }
    return Future.succeededFuture(page(versions, skip, take));
  }

  @Override
  public synchronized Future<Optional<DefinitionVersion>> version(
      ResourceName name, String versionHash) {
    for (Entry entry : of(name)) {
      if (versionHash.equals(entry.change().versionHash())) {
        return Future.succeededFuture(Optional.of(version(entry.change())));
      }
    }
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public synchronized Future<List<AuditEntry>> audit(ResourceName name, int skip, int take) {
    DefinitionLog.checkPage(skip, take);
    List<AuditEntry> audit = new ArrayList<>();
    for (Entry entry : page(new ArrayList<>(of(name)), skip, take)) {
      audit.add(
          AuditEntry.of(entry.change(), entry.action(), entry.previousHash(), entry.previous()));
    }
    return Future.succeededFuture(audit);
  }

  @Override
  public synchronized Future<Counts> counts(ResourceName name) {
    long versions = 0;
    for (Entry entry : of(name)) {
      versions += entry.action() == DefinitionAction.Deleted ? 0 : 1;
    }
    return Future.succeededFuture(new Counts(versions, of(name).size()));
  }

  @Override
  public synchronized Future<Map<ResourceName, String>> current() {
    Map<ResourceName, String> current = new HashMap<>();
    entries.forEach(
        (name, changes) -> {
          String hash = changes.getFirst().change().versionHash();
          if (hash != null) {
            current.put(name, hash);
          }
        });
    return Future.succeededFuture(current);
  }

  private Deque<Entry> of(ResourceName name) {
    return entries.getOrDefault(name, new ArrayDeque<>());
  }

  private static DefinitionVersion version(DefinitionChange change) {
    return new DefinitionVersion(
        change.name(),
        change.versionHash(),
        change.document(),
        change.actor(),
        change.source(),
        change.at());
  }

  private static <T> List<T> page(List<T> all, int skip, int take) {
    int from = Math.min(skip, all.size());
    return List.copyOf(all.subList(from, Math.min(all.size(), from + take)));
  }
}
