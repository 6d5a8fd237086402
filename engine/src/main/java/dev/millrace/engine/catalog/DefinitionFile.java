package dev.millrace.engine.catalog;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads one definition file, whatever stands in it; stateless, blocks its thread. */
final class DefinitionFile {
  static final int MAX_BYTES = ResourceReader.MAX_TEXT_CHARACTERS;

  private DefinitionFile() {}

  static ReadResult read(DirectoryScan.Found found, String defaultNamespace) {
    String name = found.name();
    if (!found.stamp().regular()) {
      return unreadable(name, "This is not a regular file", "Remove it or rename it.");
    }
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(found.path())) {
      bytes = stream.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException gone) {
      return unreadable(name, "The file is not there", "Check where the link points to.");
    } catch (AccessDeniedException denied) {
      return unreadable(name, "The file may not be read", "Grant the right to read it.");
    } catch (IOException failed) {
      return unreadable(name, "The file cannot be read", "Check the disk.");
    }
    if (bytes.length > MAX_BYTES) {
      return unreadable(name, "The file is larger than " + MAX_BYTES + " bytes", "Split it.");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException wrong) {
      return unreadable(name, "The file is not UTF-8 text", "Save it as UTF-8.");
    }
    return ResourceReader.read(name, text, defaultNamespace);
  }

  private static ReadResult unreadable(String name, String message, String suggestion) {
    return new ReadResult(List.of(), List.of(problem(name, message, suggestion)));
  }

  static Problem problem(String name, String message, String suggestion) {
    return new Problem(
        ProblemCode.InvalidResource,
        Severity.ERROR,
        name,
        "",
        new SourcePosition(name, 1, 1),
        message,
        suggestion);
  }
}
