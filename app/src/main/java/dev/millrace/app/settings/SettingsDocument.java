package dev.millrace.app.settings;

/** Writes docs/configuration.md from the table; pure, for any thread. */
final class SettingsDocument {

  private static final String HEAD =
      """
      # Configuration

      <!-- Generated from the code's table of settings; a test compares the two. To write it anew:
           mvn -q -Dquick -pl app -am test -Dtest=SettingsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.docs.write=true -->

      `millrace serve` and `millrace demo` take each setting from four places. A later one wins:

      1. the default,
      2. the YAML file of `--config FILE`,
      3. an environment variable,
      4. a flag.

      Every name comes from one rule: `http.port` in the file is `MILLRACE_HTTP_PORT` in the environment and
      `--http-port` on the command line. In the file, a dot is a level:

      ```yaml
      definitions: /etc/millrace/definitions
      namespaces: [shop, billing]
      http:
        host: 0.0.0.0
        port: 8080
      upstream:
        connectTimeout: 500ms
      ```

      All settings are checked before anything starts, and everything that is wrong is told at once, by its name, with
      what was expected; the program then exits with 2. An unknown key in the file or an unknown flag is an error. An
      unknown `MILLRACE_*` variable is a warning only, because Kubernetes itself puts such variables into the pods beside
      a Service named `millrace`. The settings that took effect are logged at start, each with its origin and with
      passwords masked.

      Sizes are written `65536`, `512KiB` or `1MiB`; durations `500ms`, `30s`, `5m` or `2h`.

      ## Settings

      | key | environment | flag | default | what it does |
      |---|---|---|---|---|
      """;

  private static final String RESERVED =
      """

      ## Reserved

      These names are kept for what comes next. Giving one is an error that says so, for a setting that is quietly
      ignored is worse than none. Only what changes nothing gets by with a warning: a data directory, and `false`.

      | key | environment | what it will do | until then |
      |---|---|---|---|
      """;

  private static final String FOOT =
      """

      ## The launcher

      `./millrace` reads two variables of its own: `MILLRACE_JAVA_OPTIONS`, options for the Java virtual machine that
      come after the launcher's own and so override them (`MILLRACE_JAVA_OPTIONS="-Xmx2g"`), and `JAVA_HOME`, the Java to use.
      `NO_COLOR` keeps colour out of `millrace validate`.
      """;

  private SettingsDocument() {}

  static String write() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Setting<?> setting : SettingTable.ALL) {
      if (!setting.isReserved()) {
        row(
            text,
            code(setting.name()),
            code(setting.environment()),
            code(setting.flag() + " " + setting.type().label().replace("|", "\\|")),
            setting.defaultText() == null ? "" : code(setting.defaultText()),
            setting.documentation()
                + " Expects "
                + setting.type().expectation().replace("|", "\\|")
                + ".");
      }
    }
    text.append(RESERVED);
    for (Setting<?> setting : SettingTable.ALL) {
      if (setting.isReserved()) {
        row(
            text,
            code(setting.name()),
            code(setting.environment()),
            setting.documentation(),
            setting.reserved());
      }
    }
    return text.append(FOOT).toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
