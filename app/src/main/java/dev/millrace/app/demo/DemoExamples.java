package dev.millrace.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of definitions that the demo serves: the one of the clone where that fits, so that
 * changes in it are served at once, else a copy. Used by the thread of the command.
 *
 * @param copied whether it is a copy that goes when the demo ends
 */
public record DemoExamples(Path directory, boolean copied) {

  /** The port that the examples name. */
  public static final int UPSTREAM_PORT = 9091;

  private static final String UPSTREAM = "http://127.0.0.1:" + UPSTREAM_PORT;

  public DemoExamples {
    Objects.requireNonNull(directory);
  }

  /**
   * Finds or makes the directory.
   *
   * @param given by the user, if any
   * @param home the root of the clone, if the launcher knows it
   */
  public static DemoExamples find(Optional<Path> given, Optional<String> home, int upstreamPort)
      throws IOException {
    Optional<Path> source =
        given.or(() -> home.map(root -> Path.of(root, "examples")).filter(Files::isDirectory));
    if (source.isEmpty()) {
      return packaged(upstreamPort);
    }
    return upstreamPort == UPSTREAM_PORT
        ? new DemoExamples(source.get(), false)
        : copy(source.get(), upstreamPort);
  }

  private static DemoExamples packaged(int upstreamPort) throws IOException {
    URL readme = DemoExamples.class.getResource("/examples/README.md");
    if (readme == null) {
      throw new IOException("they are not packaged; give a directory");
    }
    try {
      URI address = readme.toURI();
      if (!address.getScheme().equals("jar")) {
        return copy(Path.of(address).resolveSibling(""), upstreamPort);
      }
      try (FileSystem jar = FileSystems.newFileSystem(address, Map.of())) {
        return copy(jar.getPath("/examples"), upstreamPort);
      }
    } catch (URISyntaxException impossible) {
      throw new IOException("their place cannot be read: " + readme, impossible);
    }
  }

  private static DemoExamples copy(Path source, int upstreamPort) throws IOException {
    Path copy = Files.createTempDirectory("millrace-demo-");
    String upstream = "http://127.0.0.1:" + upstreamPort;
    for (Path file : files(source)) {
      Path target = copy.resolve(source.relativize(file).toString());
      Files.createDirectories(target.getParent());
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Files.writeString(target, text.replace(UPSTREAM, upstream));
    }
    return new DemoExamples(copy, true);
  }

  private static List<Path> files(Path source) throws IOException {
    try (Stream<Path> walk = Files.walk(source)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(".*\\.(yaml|yml|json|jsonl|md)"))
          .toList();
    }
  }

  /** Deletes the copy; leaves the user's own directory alone. */
  public void delete() {
    if (!copied) {
      return;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException left) {
      // A few small files in the directory for temporary ones, at the end of a demonstration.
      return;
    }
  }
}
