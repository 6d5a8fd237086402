package dev.millrace.app.settings;

import dev.millrace.engine.text.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads all settings at once: defaults, then the file, then the environment, then the flags. Used
 * once at start, by the thread of the command.
 */
public final class SettingsReader {

  private static final String PREFIX = "MILLRACE_";

  /** Variables that the launcher script reads. */
  private static final Set<String> LAUNCHER_VARIABLES = Set.of("MILLRACE_JAVA_OPTIONS");

  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<Setting<?>, Given> given = new HashMap<>();

  private SettingsReader() {}

  private record Given(String text, String origin) {}

  /**
   * Reads and checks everything.
   *
   * @param file the {@code --config} file; null when there is none
   * @param environment all of the process' variables; only those of Millrace are looked at
   * @param flags flags to texts, such as {@code --http-port} to {@code 8081}
   * @throws SettingsException with every problem of every layer
   */
  public static EffectiveSettings read(
      Path file, Map<String, String> environment, Map<String, String> flags)
      throws SettingsException {
    SettingsReader reader = new SettingsReader();
    if (file != null) {
      reader.takeFile(file);
    }
    reader.takeEnvironment(environment);
    reader.takeFlags(flags);
    return reader.effective();
  }

  private void takeFile(Path file) {
    Map<String, Setting<?>> byName = new LinkedHashMap<>();
    for (Setting<?> setting : SettingTable.ALL) {
      byName.put(setting.name(), setting);
    }
    Map<String, String> values = ConfigurationFile.read(file, problems);
    for (Map.Entry<String, String> value : values.entrySet()) {
      Setting<?> setting = byName.get(value.getKey());
      if (setting == null) {
        problems.add(file + ": " + unknown(value.getKey(), byName.keySet()));
      } else {
        take(setting, value.getValue(), file + ": " + setting.name());
      }
    }
  }

  private void takeEnvironment(Map<String, String> environment) {
    Map<String, Setting<?>> byVariable = new LinkedHashMap<>();
    for (Setting<?> setting : SettingTable.ALL) {
      byVariable.put(setting.environment(), setting);
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      Setting<?> setting = byVariable.get(name);
      if (setting != null && isServiceLink(setting, variable.getValue())) {
        warnings.add(
            name
                + " is ignored: Kubernetes sets it for the Service millrace-webhook; set"
                + " enableServiceLinks: false in the pod");
      } else if (setting != null) {
        take(setting, variable.getValue(), name);
      } else if (name.startsWith(PREFIX) && !LAUNCHER_VARIABLES.contains(name)) {
        // Only a warning: Kubernetes puts variables such as MILLRACE_SERVICE_HOST into every pod
        // of a namespace that has a Service named millrace.
        warnings.add(unknown(name, byVariable.keySet()));
      }
    }
  }

  /** The chart's own Service must not keep the gateways beside it from starting. */
  private static boolean isServiceLink(Setting<?> setting, String text) {
    return setting.equals(SettingTable.WEBHOOK_PORT) && text.startsWith("tcp://");
  }

  private void takeFlags(Map<String, String> flags) {
    for (Setting<?> setting : SettingTable.ALL) {
      String text = flags.get(setting.flag());
      if (text != null) {
        take(setting, text, setting.flag());
      }
    }
  }

  private static String unknown(String name, Set<String> known) {
    String near = NearestName.of(name, known);
    return name + " is not a setting" + (near == null ? "" : "; did you mean " + near + "?");
  }

  /** A later layer wins, but what an earlier one got wrong is still told. */
  private <T> void take(Setting<T> setting, String text, String origin) {
    if (setting.isReserved() && promisesNothing(text)) {
      warnings.add(origin + " has no effect yet: " + setting.reserved());
    } else if (setting.isReserved()) {
      problems.add(
          origin + ": this setting does not work yet: " + setting.reserved() + "; leave it out");
    } else if (setting.type().parser().parse(text).isEmpty()) {
      problems.add(
          origin
              + ": \""
              + setting.shown(text)
              + "\" does not fit; expected "
              + setting.type().expectation()
              + kubernetesHint(setting, text));
    } else {
      given.put(setting, new Given(text, origin));
    }
  }

  /** Whether the program does without the setting just what it was asked to do. */
  private static boolean promisesNothing(String text) {
    return text.equalsIgnoreCase("false");
  }

  private static String kubernetesHint(Setting<?> setting, String text) {
    return setting.equals(SettingTable.HTTP_PORT) && text.startsWith("tcp://")
        ? " (Kubernetes sets this variable for a Service named millrace-http; set"
            + " enableServiceLinks: false in the pod)"
        : "";
  }

  private EffectiveSettings effective() throws SettingsException {
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    List<EffectiveSettings.Entry> entries = new ArrayList<>();
    for (Setting<?> setting : SettingTable.ALL) {
      Given value = given.get(setting);
      if (value != null) {
        entries.add(
            new EffectiveSettings.Entry(
                setting.name(), setting.shown(value.text()), value.origin()));
      } else if (setting.defaultText() != null) {
        entries.add(
            new EffectiveSettings.Entry(
                setting.name(), setting.defaultText(), EffectiveSettings.DEFAULT));
      }
    }
    return new EffectiveSettings(settings(), entries, warnings);
  }

  private Settings settings() {
    int eventLoops = value(SettingTable.EVENT_LOOPS);
    return new Settings(
        new Settings.Http(
            value(SettingTable.HTTP_HOST),
            value(SettingTable.HTTP_PORT),
            value(SettingTable.MAX_BODY_BYTES)),
        new Settings.Definitions(
            optional(SettingTable.DEFINITIONS),
            value(SettingTable.KUBERNETES),
            optional(SettingTable.NAMESPACES).orElse(List.of())),
        new Settings.Executions(value(SettingTable.MAX_IN_FLIGHT), value(SettingTable.EVENTS)),
        new Settings.Storage(
            optional(SettingTable.DATABASE_URL),
            value(SettingTable.DATA_DIR),
            value(SettingTable.LEASE),
            value(SettingTable.RETENTION),
            value(SettingTable.HISTORY_PAYLOADS)),
        new Settings.Upstream(
            value(SettingTable.UPSTREAM_MAX_CONNECTIONS),
            value(SettingTable.UPSTREAM_MAX_WAITING),
            value(SettingTable.UPSTREAM_CONNECT_TIMEOUT),
            value(SettingTable.UPSTREAM_MAX_RESPONSE_BYTES)),
        new Settings.Operator(
            value(SettingTable.WEBHOOK_HOST),
            value(SettingTable.OPERATOR_HTTP_PORT),
            value(SettingTable.WEBHOOK_PORT),
            value(SettingTable.WEBHOOK_CERTIFICATES),
            value(SettingTable.WEBHOOK_SERVICE),
            optional(SettingTable.WEBHOOK_URL),
            value(SettingTable.WEBHOOK_CONFIGURATION),
            optional(SettingTable.OPERATOR_NAMESPACE)),
        new Settings.Run(
            eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops,
            value(SettingTable.SHUTDOWN_TIMEOUT)),
        new Settings.Log(value(SettingTable.LOG_FORMAT), value(SettingTable.LOG_LEVEL)));
  }

  private <T> T value(Setting<T> setting) {
    return optional(setting).orElseThrow();
  }

  private <T> Optional<T> optional(Setting<T> setting) {
    Given value = given.get(setting);
    String text = value == null ? setting.defaultText() : value.text();
    return text == null ? Optional.empty() : setting.type().parser().parse(text);
  }
}
