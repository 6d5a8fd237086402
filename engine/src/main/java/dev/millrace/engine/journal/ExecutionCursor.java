package dev.millrace.engine.journal;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * A place in a list of executions, behind the execution it names. Its text is opaque to callers.
 *
 * @param startedAt epoch microseconds
 */
public record ExecutionCursor(long startedAt, String executionId) {
  private static final int BYTES = 24;

  public ExecutionCursor {
    Objects.requireNonNull(executionId);
  }

  /** Behind this execution. */
  public static ExecutionCursor after(ExecutionSummary execution) {
    return new ExecutionCursor(execution.startedAt(), execution.executionId());
  }

  /**
   * Reads the text of a cursor.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ExecutionCursor decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
    if (bytes.length != BYTES) {
      throw invalid();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long startedAt = buffer.getLong();
    return new ExecutionCursor(startedAt, new UUID(buffer.getLong(), buffer.getLong()).toString());
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "this is not a cursor; take the value of next from the page before, unchanged");
  }

  /** The text, safe in a URL. */
  public String encode() {
    UUID id = UUID.fromString(executionId);
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(startedAt)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
