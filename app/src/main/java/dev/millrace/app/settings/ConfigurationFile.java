package dev.millrace.app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the {@code --config} file into texts by setting name; used once at start, by the thread of
 * the command.
 */
final class ConfigurationFile {

  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_DEPTH = 8;

  private ConfigurationFile() {}

  /** The file's values by dotted name; what is wrong with the file itself goes to the problems. */
  static Map<String, String> read(Path file, List<String> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      Object document = load(file);
      if (document instanceof Map<?, ?> members) {
        flatten("", members, values, file, problems);
      } else if (document != null) {
        problems.add("--config: " + file + " must hold an object of settings");
      }
    } catch (YamlEngineException broken) {
      problems.add("--config: " + file + " is not valid YAML: " + broken.getMessage().strip());
    } catch (IOException unreadable) {
      problems.add("--config: " + file + " cannot be read; expected a YAML file with settings");
    }
    return values;
  }

  private static Object load(Path file) throws IOException {
    LoadSettings settings =
        LoadSettings.builder().setMaxAliasesForCollections(0).setLabel(file.toString()).build();
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new YamlEngineException("it is larger than " + MAX_BYTES + " bytes");
      }
      return new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void flatten(
      String prefix,
      Map<?, ?> members,
      Map<String, String> values,
      Path file,
      List<String> problems) {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      String name = prefix + member.getKey();
      Object value = member.getValue();
      if (value instanceof Map<?, ?> nested
          && name.chars().filter(c -> c == '.').count() < MAX_DEPTH) {
        flatten(name + ".", nested, values, file, problems);
      } else if (value instanceof List<?> elements) {
        values.put(name, String.join(",", elements.stream().map(String::valueOf).toList()));
      } else if (value == null) {
        problems.add(
            file + ": " + name + ": there is no value; leave the line out for the default");
      } else {
        values.put(name, value.toString());
      }
    }
  }
}
