package dev.millrace.gateway.assets;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files below one place of the class path, read once and then kept; shared by all event loops.
 *
 * <p>Only plain names are looked up, segment by segment, so that no path leads out of the place;
 * what is not there is not remembered, so that callers cannot fill the memory.
 */
final class ClasspathAssets {
  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final String root;
  private final Map<String, Asset> known = new ConcurrentHashMap<>();

  /**
   * Looks below a place.
   *
   * @param root with a slash at its end
   */
  ClasspathAssets(String root) {
    this.root = root;
  }

  /** A file in memory. */
  record Asset(String mediaType, String entityTag, Buffer content) {}

  /** The file if it was read before; null where it was not, or does not exist. */
  Asset known(String path) {
    return known.get(path);
  }

  /** Reads a file; blocks. */
  Optional<Asset> read(String path) {
    if (!isPlain(path)) {
      return Optional.empty();
    }
    Asset before = known.get(path);
    if (before != null) {
      return Optional.of(before);
    }
    try (InputStream stream =
        ClasspathAssets.class.getClassLoader().getResourceAsStream(root + path)) {
      if (stream == null) {
        return Optional.empty();
      }
      Asset asset = asset(path, stream.readAllBytes());
      known.put(path, asset);
      return Optional.of(asset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asset asset(String path, byte[] content) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    String mediaType = MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String tag = "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
      return new Asset(mediaType, tag, Buffer.buffer(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPlain(String path) {
    boolean atStart = true;
    for (int index = 0; index < path.length(); index++) {
      char character = path.charAt(index);
      boolean letter =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || character == '_';
      if (character == '/') {
        if (atStart) {
          return false;
        }
        atStart = true;
      } else if (letter || (!atStart && (character == '.' || character == '-'))) {
        atStart = false;
      } else {
        return false;
      }
    }
    // A name without a dot would be a directory, which some class loaders list.
    return !atStart && path.indexOf('.', path.lastIndexOf('/') + 1) > 0;
  }
}
