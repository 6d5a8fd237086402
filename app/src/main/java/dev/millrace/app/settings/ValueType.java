package dev.millrace.app.settings;

import dev.millrace.persistence.DatabaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting's text may be and the value it stands for; immutable, usable on any thread.
 *
 * @param label the placeholder in {@code --help}, such as {@code PORT}
 * @param expectation completes the sentence "expected ..."
 * @param parser empty where the text does not fit
 * @param mask the text as it may be shown
 */
record ValueType<T>(String label, String expectation, Parser<T> parser, Mask mask) {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) *(KiB|MiB|GiB|B)?");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern USER_INFO = Pattern.compile("//(.*)@", Pattern.DOTALL);
  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile("(password=)[^&]*", Pattern.CASE_INSENSITIVE);

  /** Reads a value from its text. */
  interface Parser<T> {
    Optional<T> parse(String text);
  }

  /** Hides what is secret in a text. */
  interface Mask {
    String apply(String text);
  }

  static ValueType<String> text() {
    return plain("TEXT", "a text that is not empty", text -> present(text));
  }

  static ValueType<Integer> port() {
    return plain("PORT", "a port: 0 (any free one) to 65535", text -> integer(text, 0, 65_535));
  }

  static ValueType<Integer> integer(int low, int high) {
    return plain(
        "NUMBER", "a whole number from " + low + " to " + high, text -> integer(text, low, high));
  }

  /** Sizes in bytes, with the binary units. */
  static ValueType<Integer> bytes(int low, int high) {
    return plain(
        "SIZE",
        "a size from "
            + showBytes(low)
            + " to "
            + showBytes(high)
            + ", such as 65536, 512KiB, 1MiB",
        text -> size(text, low, high));
  }

  static ValueType<Duration> duration(Duration low, Duration high) {
    return plain(
        "DURATION",
        "a duration from "
            + showDuration(low)
            + " to "
            + showDuration(high)
            + ", such as 500ms, 30s, 5m",
        text -> duration(text, low, high));
  }

  static ValueType<Boolean> flag() {
    return plain(
        "true|false",
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /** One of the constants of an enum, written in lower case. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return plain(
        String.join("|", names),
        "one of " + String.join(", ", names),
        text -> {
          int index = names.indexOf(text);
          return index < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[index]);
        });
  }

  static ValueType<Path> directory() {
    return plain("DIRECTORY", "the path of a directory", ValueType::path);
  }

  static ValueType<CertificatePlace> certificates() {
    return plain(
        CertificatePlace.SELF_SIGNED + "|DIRECTORY",
        CertificatePlace.SELF_SIGNED + ", or the path of a directory",
        text ->
            text.equals(CertificatePlace.SELF_SIGNED)
                ? Optional.of(new CertificatePlace(Optional.empty()))
                : path(text).map(directory -> new CertificatePlace(Optional.of(directory))));
  }

  static ValueType<URI> httpsAddress() {
    return plain("URL", "an address such as https://host:8443", ValueType::httpsAddress);
  }

  /** Namespaces, separated by commas. */
  static ValueType<List<String>> names() {
    return plain(
        "NAME,...",
        "names of namespaces (lower-case letters, digits, -), separated by commas",
        ValueType::nameList);
  }

  /** A database, whose password is never shown. */
  static ValueType<DatabaseUrl> databaseUrl() {
    return new ValueType<>(
        "URL",
        "postgresql://user:password@host:port/database, with sslmode and sslrootcert as parameters"
            + " where needed",
        ValueType::databaseUrl,
        ValueType::maskPassword);
  }

  private static <T> ValueType<T> plain(String label, String expectation, Parser<T> parser) {
    return new ValueType<>(label, expectation, parser, text -> text);
  }

  private static Optional<String> present(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<Integer> integer(String text, int low, int high) {
    try {
      int number = Integer.parseInt(text);
      return number < low || number > high ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException notWhole) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> size(String text, int low, int high) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    long factor =
        switch (unit) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1L;
        };
    long bytes = Long.parseLong(matcher.group(1)) * factor;
    return bytes < low || bytes > high ? Optional.empty() : Optional.of((int) bytes);
  }

  private static Optional<Duration> duration(String text, Duration low, Duration high) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    boolean inside = duration.compareTo(low) >= 0 && duration.compareTo(high) <= 0;
    return inside ? Optional.of(duration) : Optional.empty();
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<URI> httpsAddress(String text) {
    try {
      URI address = new URI(text);
      boolean fits = "https".equals(address.getScheme()) && address.getHost() != null;
      return fits ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException unusable) {
      return Optional.empty();
    }
  }

  private static Optional<List<String>> nameList(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
      names.add(name);
    }
    return Optional.of(List.copyOf(names));
  }

  private static Optional<DatabaseUrl> databaseUrl(String text) {
    try {
      return Optional.of(DatabaseUrl.parse(text));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private static String maskPassword(String text) {
    String masked =
        USER_INFO
            .matcher(text)
            .replaceAll(
                match -> {
                  String user = match.group(1);
                  int colon = user.indexOf(':');
                  return colon < 0
                      ? Matcher.quoteReplacement(match.group())
                      : Matcher.quoteReplacement("//" + user.substring(0, colon) + ":***@");
                });
    return PASSWORD_PARAMETER.matcher(masked).replaceAll("$1***");
  }

  private static String showBytes(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }

  private static String showDuration(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
