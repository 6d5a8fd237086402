package dev.millrace.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart sets in its pods are settings of the program that runs there. */
class ChartSettingsTest {
  private static final Path CHART = Path.of("..", "k8s", "helm", "millrace");
  private static final Pattern VARIABLE =
      Pattern.compile("- name: (MILLRACE_\\w+)\\s+value(From)?:([^\\n]*)");
  private static final Pattern NAME = Pattern.compile("MILLRACE_[A-Z_]*[A-Z]");

  private static Map<String, String> variables(String template) throws IOException {
    Map<String, String> variables = new HashMap<>();
    Matcher matcher =
        VARIABLE.matcher(Files.readString(CHART.resolve("templates").resolve(template)));
    while (matcher.find()) {
      variables.put(matcher.group(1), matcher.group(3).strip().replace("\"", ""));
    }
    return variables;
  }

  private static Setting<?> setting(String variable) {
    return SettingTable.ALL.stream()
        .filter(setting -> setting.environment().equals(variable) && !setting.isReserved())
        .findFirst()
        .orElse(null);
  }

  private static boolean isOf(String program, Setting<?> setting) {
    boolean ofBoth = SettingTable.OF_BOTH.contains(setting);
    boolean ofOperator = SettingTable.OF_OPERATOR.contains(setting);
    return switch (program) {
      case "gateway" -> !ofOperator;
      case "operator" -> ofOperator || ofBoth;
      default -> ofBoth;
    };
  }

  @ParameterizedTest
  @CsvSource({"gateway.yaml, gateway", "operator.yaml, operator", "_helpers.tpl, both"})
  void everyVariableIsASettingOfItsProgram(String template, String program) throws IOException {
    Map<String, String> variables = variables(template);

    assertThat(variables).isNotEmpty();
    assertThat(variables)
        .allSatisfy(
            (variable, value) -> {
              Setting<?> setting = setting(variable);
              assertThat(setting).as(variable).isNotNull();
              assertThat(isOf(program, setting)).as("%s is of %s", variable, program).isTrue();
              if (!value.isEmpty() && !value.contains("{{")) {
                assertThat(setting.type().parser().parse(value)).as(variable).isPresent();
              }
            });
  }

  @Test
  void podsListenToOthers() throws IOException {
    assertThat(variables("gateway.yaml")).containsEntry("MILLRACE_HTTP_HOST", "0.0.0.0");
    assertThat(variables("operator.yaml")).containsEntry("MILLRACE_WEBHOOK_HOST", "0.0.0.0");
  }

  @Test
  void valuesAndTheirFilesNameSettingsOnly() throws IOException {
    List<Path> files =
        List.of(
            CHART.resolve("values.yaml"),
            CHART.resolve("../values/gke.yaml"),
            CHART.resolve("../values/aks.yaml"));

    for (Path file : files) {
      Matcher names = NAME.matcher(Files.readString(file));
      while (names.find()) {
        assertThat(setting(names.group())).as("%s in %s", names.group(), file).isNotNull();
      }
    }
  }
}
