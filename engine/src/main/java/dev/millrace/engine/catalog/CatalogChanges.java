package dev.millrace.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;

/** Says in the log what an update of the catalog changed, by names only. */
final class CatalogChanges {
  /** How many names a line shows of each kind of change. */
  private static final int SHOWN = 20;

  private CatalogChanges() {}

  static void log(Logger log, CatalogSnapshot previous, CatalogSnapshot next) {
    Map<String, Served> before = served(previous);
    Map<String, Served> after = served(next);
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, Served> entry : after.entrySet()) {
      Served was = before.remove(entry.getKey());
      Served is = entry.getValue();
      if (was != null && was.equals(is)) {
        continue;
      }
      if (!is.ready()) {
        broken.add(entry.getKey() + (is.older() ? " (an older version is serving)" : ""));
      } else if (was == null) {
        added.add(entry.getKey());
      } else {
        changed.add(entry.getKey());
      }
    }
    if (added.isEmpty() && changed.isEmpty() && broken.isEmpty() && before.isEmpty()) {
      return;
    }
    log.atInfo()
        .addKeyValue("generation", next.generation())
        .addKeyValue("added", shown(added))
        .addKeyValue("changed", shown(changed))
        .addKeyValue("notReady", shown(broken))
        .addKeyValue("removed", shown(new ArrayList<>(before.keySet())))
        .log("Definitions changed");
  }

  private record Served(String versionHash, boolean ready, boolean older) {}

  private static Map<String, Served> served(CatalogSnapshot snapshot) {
    Map<String, Served> served = new TreeMap<>();
    for (TaskEntry entry : snapshot.tasks()) {
      served.put(
          entry.definition().name().toString(),
          new Served(entry.definition().versionHash(), entry.ready(), entry.servingOlder()));
    }
    for (CatalogEntry entry : snapshot.workflows()) {
      served.put(
          entry.workflow().name().toString(),
          new Served(entry.workflow().versionHash(), entry.ready(), entry.servingOlder()));
    }
    return served;
  }

  private static List<String> shown(List<String> names) {
    if (names.size() <= SHOWN) {
      return names;
    }
    List<String> cut = new ArrayList<>(names.subList(0, SHOWN));
    cut.add("and " + (names.size() - SHOWN) + " more");
    return cut;
  }
}
