package dev.millrace.app.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings as flags of a command; used once at start, by the thread of the command. */
public final class SettingsFlags {

  private static final String CONFIG = "--config";

  private SettingsFlags() {}

  /** Adds {@code --config} and one flag for each setting of the gateway that works. */
  public static void addTo(CommandSpec command) {
    add(
        command,
        SettingTable.ALL.stream()
            .filter(setting -> !SettingTable.OF_OPERATOR.contains(setting))
            .toList());
  }

  /** Adds {@code --config} and one flag for each setting of the operator. */
  public static void addToOperator(CommandSpec command) {
    add(
        command,
        SettingTable.ALL.stream()
            .filter(
                setting ->
                    SettingTable.OF_OPERATOR.contains(setting)
                        || SettingTable.OF_BOTH.contains(setting))
            .toList());
  }

  private static void add(CommandSpec command, List<Setting<?>> settings) {
    command.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description("A YAML file with settings; environment and flags override it.")
            .build());
    for (Setting<?> setting : settings) {
      if (!setting.isReserved()) {
        command.addOption(option(setting));
      }
    }
  }

  /**
   * Reads the settings of a command that {@link #addTo} or {@link #addToOperator} prepared; those
   * that are not of this command are read, but not among the entries.
   */
  public static EffectiveSettings read(ParseResult parsed, Map<String, String> environment)
      throws SettingsException {
    Map<String, String> flags = new LinkedHashMap<>();
    for (Setting<?> setting : SettingTable.ALL) {
      if (parsed.hasMatchedOption(setting.flag())) {
        flags.put(setting.flag(), parsed.matchedOptionValue(setting.flag(), ""));
      }
    }
    Path file = parsed.matchedOptionValue(CONFIG, null);
    EffectiveSettings all = SettingsReader.read(file, environment, flags);
    Set<String> ofCommand =
        SettingTable.ALL.stream()
            .filter(setting -> parsed.commandSpec().findOption(setting.flag()) != null)
            .map(Setting::name)
            .collect(Collectors.toSet());
    return new EffectiveSettings(
        all.settings(),
        all.entries().stream().filter(entry -> ofCommand.contains(entry.name())).toList(),
        all.warnings());
  }

  private static OptionSpec option(Setting<?> setting) {
    String[] names =
        setting.equals(SettingTable.HTTP_PORT)
            ? new String[] {setting.flag(), "--port"}
            : new String[] {setting.flag()};
    // picocli would take a percent sign in a description for a format.
    String help = setting.documentation().replace("%", "%%");
    String fallback =
        setting.defaultText() == null ? "" : " Default: " + setting.defaultText() + ".";
    return OptionSpec.builder(names)
        .paramLabel(setting.type().label())
        .type(String.class)
        .description(help + fallback)
        .build();
  }
}
