package dev.millrace.engine.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Names the version of a definition by its content; stateless, usable on any thread. */
public final class VersionHash {
  private VersionHash() {}

  /** {@code sha256:} and the hash of the canonical form, in hexadecimal. */
  public static String of(JsonNode spec) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(CanonicalJson.toBytes(spec));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
