package dev.millrace.app.settings;

import dev.millrace.engine.journal.PayloadRetention;
import dev.millrace.persistence.DatabaseUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The one table of settings; parsing, {@code --help} and docs/configuration.md come from it.
 * Immutable, usable on any thread.
 */
final class SettingTable {

  static final Setting<String> HTTP_HOST =
      Setting.of(
          "http.host",
          ValueType.text(),
          "127.0.0.1",
          "The address to listen on; 0.0.0.0 for all of the machine's.");
  static final Setting<Integer> HTTP_PORT =
      Setting.of(
          "http.port", ValueType.port(), "8080", "The port to listen on; 0 takes any free one.");
  static final Setting<Path> DEFINITIONS =
      Setting.of(
          "definitions",
          ValueType.directory(),
          null,
          "The directory of definitions (.yaml, .yml and .json files at any depth); watched for changes.");
  static final Setting<Boolean> KUBERNETES =
      Setting.of(
          "kubernetes",
          ValueType.flag(),
          "false",
          "Take the definitions from the cluster, as the pod's account or as the kubeconfig says, and"
              + " not from a directory.");
  static final Setting<List<String>> NAMESPACES =
      Setting.of(
          "namespaces",
          ValueType.names(),
          null,
          "The namespaces to serve; the first is the default one. All, with the default one"
              + " `default`, when absent.");
  static final Setting<Integer> MAX_BODY_BYTES =
      Setting.of(
          "maxBodyBytes",
          ValueType.bytes(1 << 10, 64 << 20),
          "1MiB",
          "The largest request body; a larger one is answered with 413.");
  static final Setting<Integer> MAX_IN_FLIGHT =
      Setting.of(
          "maxInFlight",
          ValueType.integer(1, 1_000_000),
          "1000",
          "Executions in flight; one more is answered with 503.");
  static final Setting<Boolean> EVENTS =
      Setting.of(
          "events",
          ValueType.flag(),
          "false",
          "Publish what happens to executions on the event bus, at millrace.executions.events.");
  static final Setting<DatabaseUrl> DATABASE_URL =
      Setting.of(
          "databaseUrl",
          ValueType.databaseUrl(),
          null,
          "The PostgreSQL database, 15 or newer, that keeps every execution; several gateways may"
              + " share one. When absent, one is started under the data directory.");
  static final Setting<Path> DATA_DIR =
      Setting.of(
          "dataDir",
          ValueType.directory(),
          ".millrace",
          "Where the PostgreSQL that Millrace starts itself keeps its data; of one program at a"
              + " time.");
  static final Setting<Duration> LEASE =
      Setting.of(
          "lease",
          ValueType.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
          "10s",
          "How long a gateway counts as alive after its last heartbeat; the executions of a dead one"
              + " are taken over within three of these.");
  static final Setting<Duration> RETENTION =
      Setting.of(
          "retention",
          ValueType.duration(Duration.ofHours(24), Duration.ofHours(24 * 3_650)),
          "720h",
          "How long executions are kept at least; they are dropped by whole days.");
  static final Setting<PayloadRetention> HISTORY_PAYLOADS =
      Setting.of(
          "history.payloads",
          ValueType.choice(PayloadRetention.class),
          "full",
          "What is kept of the values of executions: everything (full), everything but what is"
              + " sensitive (masked) or nothing (none), from their end on. What is sensitive is never"
              + " shown, and headers are never kept.");
  static final Setting<Integer> UPSTREAM_MAX_CONNECTIONS =
      Setting.of(
          "upstream.maxConnections",
          ValueType.integer(1, 10_000),
          "256",
          "Connections to one host and port, for each event loop.");
  static final Setting<Integer> UPSTREAM_MAX_WAITING =
      Setting.of(
          "upstream.maxWaiting",
          ValueType.integer(0, 1_000_000),
          "4096",
          "Calls that may wait for a connection to one host and port, for each event loop.");
  static final Setting<Duration> UPSTREAM_CONNECT_TIMEOUT =
      Setting.of(
          "upstream.connectTimeout",
          ValueType.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
          "5s",
          "How long connecting to a service may take.");
  static final Setting<Integer> UPSTREAM_MAX_RESPONSE_BYTES =
      Setting.of(
          "upstream.maxResponseBytes",
          ValueType.bytes(1 << 10, 256 << 20),
          "10MiB",
          "The largest answer of a service; a larger one fails its task.");
  static final Setting<Integer> EVENT_LOOPS =
      Setting.of(
          "eventLoops",
          ValueType.integer(0, 256),
          "0",
          "Threads that serve requests; 0 takes one for each processor.");
  static final Setting<Duration> SHUTDOWN_TIMEOUT =
      Setting.of(
          "shutdownTimeout",
          ValueType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
          "25s",
          "How long executions in flight may take to end once the program is told to stop.");
  static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
          "log.format",
          ValueType.choice(LogFormat.class),
          "text",
          "Log lines for people (text) or for machines (json, one object a line).");
  static final Setting<LogLevel> LOG_LEVEL =
      Setting.of(
          "log.level",
          ValueType.choice(LogLevel.class),
          "info",
          "The least important log lines that are written.");

  static final Setting<Integer> OPERATOR_HTTP_PORT =
      Setting.of(
          "operator.httpPort",
          ValueType.port(),
          "8081",
          "The operator's port for health and metrics; 0 takes any free one.");
  static final Setting<String> OPERATOR_NAMESPACE =
      Setting.of(
          "operator.namespace",
          ValueType.text(),
          null,
          "The namespace of the operator's Lease and of its certificate. When absent, the one of its"
              + " pod or of the kubeconfig.");
  static final Setting<String> WEBHOOK_HOST =
      Setting.of(
          "webhook.host",
          ValueType.text(),
          "0.0.0.0",
          "The address that the operator listens on; API servers call it from outside of the pod.");
  static final Setting<Integer> WEBHOOK_PORT =
      Setting.of(
          "webhook.port",
          ValueType.port(),
          "8443",
          "The port of the admission webhook, which speaks TLS; 0 takes any free one.");
  static final Setting<CertificatePlace> WEBHOOK_CERTIFICATES =
      Setting.of(
          "webhook.certificates",
          ValueType.certificates(),
          CertificatePlace.SELF_SIGNED,
          "Where the webhook's certificate comes from: the operator makes and renews it"
              + " (self-signed), or a directory with tls.crt and tls.key, watched for changes.");
  static final Setting<String> WEBHOOK_SERVICE =
      Setting.of(
          "webhook.service",
          ValueType.text(),
          "millrace-webhook",
          "The name of the webhook's Service; a self-signed certificate is made for it and kept in"
              + " the Secret NAME-certificate.");
  static final Setting<URI> WEBHOOK_URL =
      Setting.of(
          "webhook.url",
          ValueType.httpsAddress(),
          null,
          "The webhook's address, where the API server calls it by URL and not by its Service, as"
              + " for a trial outside of the cluster; a self-signed certificate is made for it too.");
  static final Setting<String> WEBHOOK_CONFIGURATION =
      Setting.of(
          "webhook.configuration",
          ValueType.text(),
          "millrace",
          "The name of the ValidatingWebhookConfiguration whose caBundle the operator fills when the"
              + " certificate is self-signed.");

  static final Setting<Boolean> CLUSTERED =
      Setting.reserved(
          "clustered",
          ValueType.flag(),
          "Join the Vert.x cluster.",
          "in this version the event bus is local");

  /** Every setting, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          DEFINITIONS,
          KUBERNETES,
          NAMESPACES,
          MAX_BODY_BYTES,
          MAX_IN_FLIGHT,
          EVENTS,
          DATABASE_URL,
          DATA_DIR,
          LEASE,
          RETENTION,
          HISTORY_PAYLOADS,
          UPSTREAM_MAX_CONNECTIONS,
          UPSTREAM_MAX_WAITING,
          UPSTREAM_CONNECT_TIMEOUT,
          UPSTREAM_MAX_RESPONSE_BYTES,
          EVENT_LOOPS,
          SHUTDOWN_TIMEOUT,
          LOG_FORMAT,
          LOG_LEVEL,
          OPERATOR_HTTP_PORT,
          OPERATOR_NAMESPACE,
          WEBHOOK_HOST,
          WEBHOOK_PORT,
          WEBHOOK_CERTIFICATES,
          WEBHOOK_SERVICE,
          WEBHOOK_URL,
          WEBHOOK_CONFIGURATION,
          CLUSTERED);

  /** Those that only the operator has. */
  static final List<Setting<?>> OF_OPERATOR =
      List.of(
          OPERATOR_HTTP_PORT,
          OPERATOR_NAMESPACE,
          WEBHOOK_HOST,
          WEBHOOK_PORT,
          WEBHOOK_CERTIFICATES,
          WEBHOOK_SERVICE,
          WEBHOOK_URL,
          WEBHOOK_CONFIGURATION);

  /** Those that the operator has in common with the gateway. */
  static final List<Setting<?>> OF_BOTH =
      List.of(NAMESPACES, EVENT_LOOPS, SHUTDOWN_TIMEOUT, LOG_FORMAT, LOG_LEVEL);

  private SettingTable() {}
}
