package dev.millrace.app.program;

import dev.millrace.app.settings.Settings;
import dev.millrace.operator.Cluster;
import dev.millrace.operator.OperatorOptions;
import dev.millrace.operator.OperatorVerticle;
import dev.millrace.operator.certificate.Certificates;
import dev.millrace.operator.webhook.WebhookOptions;
import dev.millrace.operator.webhook.WebhookServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a program: its parts, how they are put together, started and stopped. Made by the
 * command that runs it.
 */
public final class OperatorProgram {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorProgram.class);
  private static final int SUFFIX = 8;

  private final Settings settings;
  private final Vertx vertx;
  private final Cluster cluster;
  private final OperatorVerticle operator;
  private String deployment;

  private OperatorProgram(Settings settings, Vertx vertx, Cluster cluster) {
    this.settings = settings;
    this.vertx = vertx;
    this.cluster = cluster;
    Settings.Operator given = settings.operator();
    String namespace = given.namespace().orElseGet(cluster::namespace);
    this.operator =
        cluster.operator(
            new OperatorOptions(
                given.host(),
                given.httpPort(),
                WebhookOptions.at(given.host(), given.webhookPort()),
                namespace,
                identity(),
                OperatorOptions.CERTIFICATE_CHECK,
                OperatorOptions.CERTIFICATE_WITHIN),
            certificates(given, namespace),
            settings.definitions().namespaces());
  }

  /** Starts everything; what started is closed again where something fails. */
  public static Future<OperatorProgram> start(Settings settings, Vertx vertx) {
    Cluster cluster = Cluster.connect();
    OperatorProgram program = new OperatorProgram(settings, vertx, cluster);
    LOG.atInfo().addKeyValue("cluster", cluster.address()).log("Starting the operator");
    return vertx
        .deployVerticle(program.operator)
        .onSuccess(deployment -> program.deployment = deployment)
        .onFailure(failure -> cluster.close())
        .map(program);
  }

  /** Stops everything; the future never fails and tells whether it ended in time. */
  public Future<Boolean> stop() {
    Promise<Boolean> end = Promise.promise();
    vertx
        .undeploy(deployment)
        .timeout(settings.run().shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(
            undeployed -> {
              cluster.close();
              LOG.atInfo().addKeyValue("clean", undeployed.succeeded()).log("Stopped");
              // Out of Vert.x: its own end cannot be told on one of its event loops.
              vertx.close().onComplete(closed -> end.complete(undeployed.succeeded()));
            });
    return end.future();
  }

  /** Where reviews are answered. */
  public String webhookAddress() {
    return "https://" + shown() + ":" + operator.webhookPort() + WebhookServer.PATH;
  }

  /** Where health and metrics are. */
  public String address() {
    return "http://" + shown() + ":" + operator.httpPort();
  }

  private String shown() {
    String host = settings.operator().host();
    boolean all = host.equals("0.0.0.0") || host.equals("::");
    return all ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
  }

  private Certificates certificates(Settings.Operator given, String namespace) {
    return given
        .certificates()
        .directory()
        .map(Cluster::given)
        .orElseGet(
            () ->
                cluster.selfSigned(
                    namespace,
                    given.service(),
                    given.url().map(URI::getHost).orElse(null),
                    given.configuration()));
  }

  private static String identity() {
    String host = System.getenv().getOrDefault("HOSTNAME", "operator");
    return host + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
  }
}
