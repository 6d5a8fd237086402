package dev.millrace.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  @TempDir Path directory;

  @Test
  void everySettingHasItsDefault() throws Exception {
    Settings settings = SettingsReader.read(null, Map.of(), Map.of()).settings();

    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080, 1 << 20));
    assertThat(settings.definitions().directory()).isEmpty();
    assertThat(settings.definitions().defaultNamespace()).isEqualTo("default");
    assertThat(settings.definitions().serves("anything")).isTrue();
    assertThat(settings.executions()).isEqualTo(new Settings.Executions(1_000, false));
    assertThat(settings.run().eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.run().shutdownTimeout()).isEqualTo(Duration.ofSeconds(25));
    assertThat(settings.log()).isEqualTo(new Settings.Log(LogFormat.TEXT, LogLevel.INFO));
  }

  @Test
  void eachLayerOverridesTheOneBefore() throws Exception {
    Path file = file("http: {host: file, port: 1}\nmaxInFlight: 5\nnamespaces: [shop, billing]\n");

    EffectiveSettings effective =
        SettingsReader.read(
            file,
            Map.of("MILLRACE_HTTP_PORT", "2", "MILLRACE_MAX_BODY_BYTES", "2MiB"),
            Map.of("--max-body-bytes", "4096"));

    Settings settings = effective.settings();
    assertThat(settings.http()).isEqualTo(new Settings.Http("file", 2, 4096));
    assertThat(settings.executions().maxInFlight()).isEqualTo(5);
    assertThat(settings.definitions().namespaces()).containsExactly("shop", "billing");
    assertThat(settings.definitions().defaultNamespace()).isEqualTo("shop");
    assertThat(settings.definitions().serves("billing")).isTrue();
    assertThat(settings.definitions().serves("default")).isFalse();
    assertThat(effective.entries())
        .contains(
            new EffectiveSettings.Entry("http.host", "file", file + ": http.host"),
            new EffectiveSettings.Entry("http.port", "2", "MILLRACE_HTTP_PORT"),
            new EffectiveSettings.Entry("maxBodyBytes", "4096", "--max-body-bytes"),
            new EffectiveSettings.Entry("events", "false", "default"));
  }

  @Test
  void everythingWrongIsToldAtOnceByItsName() throws Exception {
    Path file = file("http: {prot: 1}\nlog: {level: loud}\nevents:\n");

    List<String> problems =
        problems(
            file,
            Map.of("MILLRACE_HTTP_PORT", "eighty", "MILLRACE_SHUTDOWN_TIMEOUT", "3 days"),
            Map.of("--max-in-flight", "0"));

    assertThat(problems)
        .containsExactly(
            file + ": events: there is no value; leave the line out for the default",
            file + ": http.prot is not a setting; did you mean http.port?",
            file
                + ": log.level: \"loud\" does not fit; expected one of error, warn, info, debug,"
                + " trace",
            "MILLRACE_HTTP_PORT: \"eighty\" does not fit; expected a port: 0 (any free one) to"
                + " 65535",
            "MILLRACE_SHUTDOWN_TIMEOUT: \"3 days\" does not fit; expected a duration from 100ms to 1h,"
                + " such as 500ms, 30s, 5m",
            "--max-in-flight: \"0\" does not fit; expected a whole number from 1 to 1000000");
  }

  @Test
  void aSettingThatDoesNotWorkYetIsRefused() {
    List<String> problems = problems(null, Map.of("MILLRACE_CLUSTERED", "true"), Map.of());

    assertThat(problems).hasSize(1).allMatch(problem -> problem.contains("does not work yet"));
  }

  @Test
  void aSettingThatDoesNotWorkYetButAsksForNothingIsAWarning() throws Exception {
    Map<String, String> environment = Map.of("MILLRACE_CLUSTERED", "false");

    assertThat(SettingsReader.read(null, environment, Map.of()).warnings())
        .hasSize(1)
        .allMatch(warning -> warning.contains("has no effect yet"));
  }

  @Test
  void whatKubernetesSetsForTheWebhooksServiceIsNoSetting() throws Exception {
    Map<String, String> environment = Map.of("MILLRACE_WEBHOOK_PORT", "tcp://10.0.0.7:443");

    EffectiveSettings effective = SettingsReader.read(null, environment, Map.of());

    assertThat(effective.settings().operator().webhookPort()).isEqualTo(8443);
    assertThat(effective.warnings()).hasSize(1);
    assertThat(effective.warnings().get(0)).contains("enableServiceLinks: false");
  }

  @Test
  void theOperatorsSettingsAreRead() throws Exception {
    Map<String, String> environment =
        Map.of(
            "MILLRACE_WEBHOOK_CERTIFICATES", "/etc/millrace/webhook",
            "MILLRACE_WEBHOOK_URL", "https://127.0.0.1:8443",
            "MILLRACE_OPERATOR_NAMESPACE", "millrace",
            "MILLRACE_KUBERNETES", "true");

    Settings settings = SettingsReader.read(null, environment, Map.of()).settings();

    assertThat(settings.definitions().kubernetes()).isTrue();
    assertThat(settings.operator().certificates().directory())
        .contains(Path.of("/etc/millrace/webhook"));
    assertThat(settings.operator().url()).contains(URI.create("https://127.0.0.1:8443"));
    assertThat(settings.operator().namespace()).contains("millrace");
    assertThat(problems(null, Map.of("MILLRACE_WEBHOOK_URL", "http://x"), Map.of())).hasSize(1);
    assertThat(problems(null, Map.of("MILLRACE_WEBHOOK_URL", "::"), Map.of())).hasSize(1);
  }

  @Test
  void aDatabaseIsReadAndItsPasswordIsNotShown() throws Exception {
    Map<String, String> environment =
        Map.of("MILLRACE_DATABASE_URL", "postgresql://me:secret@db/x", "MILLRACE_LEASE", "5s");

    EffectiveSettings effective = SettingsReader.read(null, environment, Map.of());

    Settings.Storage storage = effective.settings().storage();
    assertThat(storage.databaseUrl())
        .hasValueSatisfying(url -> assertThat(url.host()).isEqualTo("db"));
    assertThat(storage.lease()).isEqualTo(Duration.ofSeconds(5));
    assertThat(storage.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(effective.toString()).doesNotContain("secret");
  }

  @Test
  void anUnknownVariableIsAWarningWithTheNearestName() throws Exception {
    EffectiveSettings effective =
        SettingsReader.read(
            null,
            Map.of(
                "MILLRACE_HTTP_PROT", "1", "MILLRACE_JAVA_OPTIONS", "-Xmx1g", "OTHER", "ignored"),
            Map.of());

    assertThat(effective.warnings())
        .containsExactly("MILLRACE_HTTP_PROT is not a setting; did you mean MILLRACE_HTTP_PORT?");
  }

  @Test
  void aPortThatKubernetesPutThereIsExplained() {
    List<String> problems =
        problems(null, Map.of("MILLRACE_HTTP_PORT", "tcp://10.0.0.1:80"), Map.of());

    assertThat(problems).singleElement().asString().contains("enableServiceLinks: false");
  }

  @Test
  void aFileThatIsNotThereOrNotYamlIsToldAsSuch() throws IOException {
    assertThat(problems(directory.resolve("none.yaml"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("cannot be read");
    assertThat(problems(file("a: [1"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("is not valid YAML");
    assertThat(problems(file("- 1"), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("must hold an object");
    assertThat(problems(file("#".repeat(300_000)), Map.of(), Map.of()))
        .singleElement()
        .asString()
        .contains("larger than");
  }

  @Test
  void anEmptyFileChangesNothing() throws Exception {
    assertThat(SettingsReader.read(file(""), Map.of(), Map.of()).settings().http().port())
        .isEqualTo(8080);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }

  private static List<String> problems(
      Path file, Map<String, String> environment, Map<String, String> flags) {
    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class, () -> SettingsReader.read(file, environment, flags));
    assertThat(thrown).isNotNull();
    return thrown.problems();
  }
}
