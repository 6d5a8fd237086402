package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import dev.millrace.engine.validation.ResourceSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A directory of definitions as it was read last: reads again only what changed, and remembers what
 * stood in a file that cannot be read any more. Owned by one {@link DirectoryDefinitionSource}, or
 * by a command that reads once; used on that thread only.
 */
public final class DefinitionDirectory {
  private final Path root;
  private final String defaultNamespace;
  private Map<String, KnownFile> known = new TreeMap<>();
  private List<Problem> scanProblems = List.of();
  private boolean readBefore;

  /**
   * One file as it was read last.
   *
   * @param lastGood the resources of its last version that could be read to its end
   */
  private record KnownFile(
      DirectoryScan.Stamp stamp, ReadResult result, boolean readable, List<Resource> lastGood) {
    /** The same file in a directory that cannot be listed any more. */
    KnownFile unreachable() {
      return new KnownFile(
          DirectoryScan.Stamp.UNREADABLE, new ReadResult(List.of(), List.of()), false, lastGood);
    }
  }

  /** Makes a directory of which nothing is read yet. */
  public DefinitionDirectory(Path root, String defaultNamespace) {
    this.root = root;
    this.defaultNamespace = defaultNamespace;
  }

  /**
   * Reads what changed.
   *
   * @return everything that stands in the directory now, files sorted by path; null when nothing
   *     changed since the last time
   * @throws IOException when the directory itself cannot be listed
   */
  public ResourceSet read() throws IOException {
    return read(DirectoryScan.of(root));
  }

  ResourceSet read(DirectoryScan scan) {
    Map<String, KnownFile> next = new TreeMap<>();
    boolean changed = !readBefore || !scanProblems.equals(scan.problems());
    for (DirectoryScan.Found found : scan.files()) {
      KnownFile before = known.get(found.name());
      if (before != null && before.stamp().equals(found.stamp())) {
        next.put(found.name(), before);
      } else {
        next.put(found.name(), readFile(found, before));
        changed = true;
      }
    }
    for (Map.Entry<String, KnownFile> before : known.entrySet()) {
      if (isBelow(scan.unlistable(), before.getKey())) {
        KnownFile file = before.getValue();
        next.putIfAbsent(before.getKey(), file.unreachable());
      }
    }
    changed |= !next.keySet().equals(known.keySet());
    known = next;
    scanProblems = scan.problems();
    readBefore = true;
    return changed ? resources() : null;
  }

  private static boolean isBelow(List<String> directories, String file) {
    for (String directory : directories) {
      if (file.startsWith(directory)) {
        return true;
      }
    }
    return false;
  }

  private KnownFile readFile(DirectoryScan.Found found, KnownFile before) {
    ReadResult result = DefinitionFile.read(found, defaultNamespace);
    boolean readable = isReadable(result);
    List<Resource> lastGood =
        readable ? result.resources() : before == null ? List.of() : before.lastGood();
    return new KnownFile(found.stamp(), result, readable, lastGood);
  }

  /** Whether every document of a file is there: no problem is one of the file as a whole. */
  private static boolean isReadable(ReadResult result) {
    Set<String> names = new HashSet<>();
    for (Resource resource : result.resources()) {
      names.add(resource.name().toString());
    }
    for (Problem problem : result.problems()) {
      if (problem.isError() && !names.contains(problem.resource())) {
        return false;
      }
    }
    return true;
  }

  private ResourceSet resources() {
    List<Resource> resources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>(scanProblems);
    Set<ResourceName> present = new HashSet<>();
    for (KnownFile file : known.values()) {
      for (Resource resource : file.result().resources()) {
        present.add(resource.name());
      }
    }
    for (Map.Entry<String, KnownFile> entry : known.entrySet()) {
      KnownFile file = entry.getValue();
      resources.addAll(file.result().resources());
      problems.addAll(file.result().problems());
      if (!file.readable()) {
        for (Resource lost : file.lastGood()) {
          if (present.add(lost.name())) {
            resources.add(lost);
            problems.add(lost(entry.getKey(), lost));
          }
        }
      }
    }
    return new ResourceSet(resources, problems);
  }

  private static Problem lost(String file, Resource resource) {
    return new Problem(
        ProblemCode.InvalidResource,
        Severity.ERROR,
        resource.name().toString(),
        "",
        new SourcePosition(file, 1, 1),
        "The file " + file + " cannot be read to its end any more",
        "Mend the file; until then the version from before keeps serving.");
  }
}
