package dev.millrace.persistence;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where the database is: {@code postgresql://user:pass@host:port/db?sslmode=...}; an immutable
 * value.
 *
 * @param password null where none is given
 * @param parameters {@code sslmode}, and {@code sslrootcert}, the file of the authorities that the
 *     verifying modes trust; without it those of the Java platform
 */
public record DatabaseUrl(
    String host,
    int port,
    String database,
    String user,
    String password,
    Map<String, String> parameters) {
  private static final int DEFAULT_PORT = 5432;
  private static final List<String> PARAMETERS = List.of("sslmode", "sslrootcert");

  public DatabaseUrl {
    Objects.requireNonNull(host);
    Objects.requireNonNull(database);
    Objects.requireNonNull(user);
    parameters = Map.copyOf(parameters);
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw expected("the parameter " + name + " is not known, only " + PARAMETERS + " are");
      }
    }
    sslMode(parameters);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with what is expected; the message never holds the password
   */
  public static DatabaseUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException unreadable) {
      throw expected("it cannot be read as a URL");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw expected("the scheme must be postgresql");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
      throw expected("host and database are required");
    }
    String[] credentials =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    if (credentials.length == 0 || credentials[0].isEmpty()) {
      throw expected("a user is required");
    }
    return new DatabaseUrl(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        decoded(path.substring(1)),
        decoded(credentials[0]),
        credentials.length == 2 ? decoded(credentials[1]) : null,
        parameters(uri.getRawQuery()));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw expected("the parameters must be name=value");
        }
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static IllegalArgumentException expected(String what) {
    return new IllegalArgumentException(
        what + "; expected postgresql://user:password@host:port/database?sslmode=...");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** For the JDBC driver, without the credentials. */
  public String jdbc() {
    StringBuilder url =
        new StringBuilder("jdbc:postgresql://")
            .append(host)
            .append(':')
            .append(port)
            .append('/')
            .append(URLEncoder.encode(database, StandardCharsets.UTF_8));
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url.append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    if (!parameters.containsKey("sslrootcert") && sslMode(parameters).name().startsWith("VERIFY")) {
      url.append(separator).append("sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return url.toString();
  }

  /** For the Vert.x client. */
  public PgConnectOptions options() {
    PgConnectOptions options =
        new PgConnectOptions().setHost(host).setPort(port).setDatabase(database).setUser(user);
    if (password != null) {
      options.setPassword(password);
    }
    SslMode mode = sslMode(parameters);
    options.setSslMode(mode);
    if (mode != SslMode.DISABLE) {
      options.setSslOptions(ssl(mode));
    }
    return options;
  }

  /** Only the two verifying modes look at the certificate, and only the last at its name. */
  private ClientSSLOptions ssl(SslMode mode) {
    ClientSSLOptions ssl = new ClientSSLOptions();
    if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
      String rootCertificate = parameters.get("sslrootcert");
      if (rootCertificate != null) {
        ssl.setTrustOptions(new PemTrustOptions().addCertPath(rootCertificate));
      }
    } else {
      ssl.setTrustAll(true);
    }
    return ssl.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
  }

  /** {@code prefer} when nothing is said, as in all programs of PostgreSQL. */
  private static SslMode sslMode(Map<String, String> parameters) {
    String name = parameters.getOrDefault("sslmode", "prefer");
    for (SslMode mode : SslMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return mode;
      }
    }
    throw expected(
        "sslmode must be one of disable, allow, prefer, require, verify-ca and verify-full");
  }

  /** With the password masked. */
  @Override
  public String toString() {
    return "postgresql://"
        + user
        + (password == null ? "" : ":***")
        + "@"
        + host
        + ":"
        + port
        + "/"
        + database;
  }
}
