package dev.millrace.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds and reads the files that {@code validate} is given; used by the thread of the command. */
final class DefinitionFiles {

  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_DEPTH = 32;

  private DefinitionFiles() {}

  /**
   * One file's text.
   *
   * @param name as it is shown: the path as the user would write it
   */
  record DefinitionFile(String name, String text) {}

  /** All definitions at or below the paths, sorted by name within each. */
  static List<DefinitionFile> read(List<Path> paths) {
    List<DefinitionFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> found = below(path);
        if (found.isEmpty()) {
          throw CommandFailure.usage(
              path + " holds no definitions; expected *.yaml, *.yml or *.json, at any depth");
        }
        found.forEach(file -> files.add(file(file)));
      } else if (Files.isReadable(path)) {
        files.add(file(path));
      } else {
        throw CommandFailure.usage(path + " cannot be read; expected a file or a directory");
      }
    }
    return files;
  }

  /** A small text file; the failure names it. */
  static String text(Path path) {
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CommandFailure.usage(path + " is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw CommandFailure.usage(path + " is not UTF-8 text");
    } catch (IOException unreadable) {
      throw CommandFailure.usage(path + " cannot be read");
    }
  }

  private static DefinitionFile file(Path path) {
    return new DefinitionFile(path.normalize().toString(), text(path));
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> walk = Files.walk(directory, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> !isHidden(directory.relativize(path)))
          .filter(path -> isDefinition(path.getFileName().toString()))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw CommandFailure.usage(directory + " cannot be read");
    }
  }

  /** The same rule as that of the directory that is served. */
  private static boolean isDefinition(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
