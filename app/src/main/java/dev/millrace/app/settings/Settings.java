package dev.millrace.app.settings;

import dev.millrace.engine.journal.PayloadRetention;
import dev.millrace.persistence.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All settings of the program, valid as they stand; immutable, usable on any thread. */
public record Settings(
    Http http,
    Definitions definitions,
    Executions executions,
    Storage storage,
    Upstream upstream,
    Operator operator,
    Run run,
    Log log) {

  public Settings {
    Objects.requireNonNull(http);
    Objects.requireNonNull(definitions);
    Objects.requireNonNull(executions);
    Objects.requireNonNull(storage);
    Objects.requireNonNull(upstream);
    Objects.requireNonNull(operator);
    Objects.requireNonNull(run);
    Objects.requireNonNull(log);
  }

  /** The same settings with another port of the gateway. */
  public Settings withPort(int port) {
    Http other = new Http(http.host(), port, http.maxBodyBytes());
    return new Settings(other, definitions, executions, storage, upstream, operator, run, log);
  }

  /**
   * Where the gateway listens and what it takes.
   *
   * @param port 0 for any free one
   */
  public record Http(String host, int port, int maxBodyBytes) {}

  /**
   * Where definitions come from.
   *
   * @param directory empty when none is given
   * @param kubernetes whether they come from the cluster and not from a directory
   * @param namespaces those that are served, the first being the default one; empty for all
   */
  public record Definitions(Optional<Path> directory, boolean kubernetes, List<String> namespaces) {
    public Definitions {
      namespaces = List.copyOf(namespaces);
    }

    /** The namespace of requests and resources that name none. */
    public String defaultNamespace() {
      return namespaces.isEmpty() ? "default" : namespaces.get(0);
    }

    /** Whether what lies in a namespace is served. */
    public boolean serves(String namespace) {
      return namespaces.isEmpty() || namespaces.contains(namespace);
    }
  }

  /**
   * How many executions run, and who hears of them.
   *
   * @param events whether they are published on the event bus
   */
  public record Executions(int maxInFlight, boolean events) {}

  /**
   * What keeps the executions.
   *
   * @param databaseUrl empty for a PostgreSQL of this program's own under {@code dataDirectory}
   * @param lease how long a gateway counts as alive after its last heartbeat
   * @param retention how long executions are kept at least
   * @param payloads what is kept of their values
   */
  public record Storage(
      Optional<DatabaseUrl> databaseUrl,
      Path dataDirectory,
      Duration lease,
      Duration retention,
      PayloadRetention payloads) {}

  /**
   * The pools behind the tasks' calls; every bound holds for one event loop.
   *
   * @param maxConnections to one host and port
   * @param maxWaiting calls that wait for a connection to one host and port
   */
  public record Upstream(
      int maxConnections, int maxWaiting, Duration connectTimeout, int maxResponseBytes) {}

  /**
   * Where the operator listens, and how API servers find its webhook.
   *
   * @param httpPort 0 for any free one
   * @param webhookPort 0 for any free one
   * @param service the name of the webhook's Service
   * @param url empty where the webhook is called by its Service only
   * @param configuration the name of the webhook's configuration
   * @param namespace empty for the one that the process belongs to
   */
  public record Operator(
      String host,
      int httpPort,
      int webhookPort,
      CertificatePlace certificates,
      String service,
      Optional<URI> url,
      String configuration,
      Optional<String> namespace) {}

  /**
   * How the program runs.
   *
   * @param shutdownTimeout how long executions in flight may take to end
   */
  public record Run(int eventLoops, Duration shutdownTimeout) {}

  /** What is logged, and how. */
  public record Log(LogFormat format, LogLevel level) {}
}
