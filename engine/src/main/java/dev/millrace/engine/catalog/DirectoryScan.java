package dev.millrace.engine.catalog;

import dev.millrace.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What lies in a directory at one moment, without being read: definition files at any depth, hidden
 * ones left out, links followed. Immutable; making one blocks its thread.
 *
 * @param files sorted by their names
 * @param directories every directory that must be watched, the root included
 * @param unlistable names of the directories that could not be listed, with a slash at the end
 * @param problems what could not be listed, for people
 */
record DirectoryScan(
    List<Found> files, List<Path> directories, List<String> unlistable, List<Problem> problems) {
  static final int MAX_FILES = 10_000;
  private static final int MAX_DEPTH = 32;
  private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");

  /**
   * A definition file.
   *
   * @param name the path below the root, with slashes
   */
  record Found(String name, Path path, Stamp stamp) {}

  /** What tells that a file is another one than before; of a link, that of its target. */
  record Stamp(boolean regular, long size, FileTime modified, Object key) {
    static final Stamp UNREADABLE = new Stamp(false, -1, FileTime.fromMillis(0), null);

    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(
          attributes.isRegularFile(),
          attributes.size(),
          attributes.lastModifiedTime(),
          attributes.fileKey());
    }
  }

  DirectoryScan {
    files = List.copyOf(files);
    directories = List.copyOf(directories);
    unlistable = List.copyOf(unlistable);
    problems = List.copyOf(problems);
  }

  static DirectoryScan of(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root + " is not a directory");
    }
    Walk walk = new Walk(root);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, walk);
    walk.files.sort(Comparator.comparing(Found::name));
    return new DirectoryScan(walk.files, walk.directories, walk.unlistable, walk.problems);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    final List<Found> files = new ArrayList<>();
    final List<Path> directories = new ArrayList<>();
    final List<String> unlistable = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    private final Path root;

    Walk(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!directory.equals(root) && isHidden(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      directories.add(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // At the greatest depth a directory comes here, too.
      return attributes.isDirectory()
          ? FileVisitResult.CONTINUE
          : found(file, Stamp.of(attributes));
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      if (isHidden(file) || failure instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      if (isDefinition(file)) {
        return found(file, Stamp.UNREADABLE);
      }
      if (Files.isDirectory(file)) {
        unlistable.add(name(file) + "/");
        problems.add(
            DefinitionFile.problem(
                name(file), "The directory may not be listed", "Grant the right to read it."));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private FileVisitResult found(Path file, Stamp stamp) {
      if (isHidden(file) || !isDefinition(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (files.size() == MAX_FILES) {
        problems.add(
            DefinitionFile.problem(
                name(file),
                "There are more than " + MAX_FILES + " definition files; the rest is left out",
                "Put several resources into one file."));
        return FileVisitResult.TERMINATE;
      }
      files.add(new Found(name(file), file, stamp));
      return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
      return root.relativize(file).toString().replace('\\', '/');
    }

    private static boolean isHidden(Path file) {
      return file.getFileName().toString().startsWith(".");
    }

    private static boolean isDefinition(Path file) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
  }
}
