package dev.millrace.operator;

import dev.millrace.operator.certificate.Certificates;
import dev.millrace.operator.certificate.ServingCertificate;
import dev.millrace.operator.cluster.ClusterDefinitions;
import dev.millrace.operator.reconcile.Reconciliation;
import dev.millrace.operator.webhook.Reviews;
import dev.millrace.operator.webhook.WebhookServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator: follows the cluster's resources, answers the webhook, keeps statuses true. Deployed
 * once by the program; its start is one chain, and its stop another.
 */
public final class OperatorVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorVerticle.class);
  private static final String CERTIFICATE_POOL = "millrace-certificate";

  private final OperatorOptions options;
  private final KubernetesClient client;
  private final ClusterDefinitions cluster;
  private final Certificates certificates;
  private final OperatorMetrics metrics = new OperatorMetrics();
  private Reconciliation reconciliation;
  private WebhookServer webhook;
  private StatusServer status;
  private WorkerExecutor certificateWorker;
  private ServingCertificate certificate;
  private volatile boolean listening;
  private volatile int webhookPort;
  private long certificateTimer = -1;

  /**
   * Makes it.
   *
   * @param client stays the caller's
   * @param cluster not started yet; the verticle starts and closes it
   */
  public OperatorVerticle(
      OperatorOptions options,
      KubernetesClient client,
      ClusterDefinitions cluster,
      Certificates certificates) {
    this.options = options;
    this.client = client;
    this.cluster = cluster;
    this.certificates = certificates;
  }

  @Override
  public Future<?> start() {
    certificateWorker = vertx.createSharedWorkerExecutor(CERTIFICATE_POOL, 1);
    reconciliation =
        new Reconciliation(
            vertx,
            client,
            cluster,
            options.namespace(),
            options.identity(),
            metrics,
            Clock.systemUTC());
    metrics.watch(reconciliation.depths(), reconciliation::isLeading, cluster::isWatching);
    status = new StatusServer(vertx, options, this::obstacle, metrics);
    return status
        .listen()
        .compose(
            listening ->
                new FirstCertificate(
                        vertx, certificateWorker, certificates, options.certificateWithin())
                    .get())
        .compose(this::listen)
        .onSuccess(listening -> follow());
  }

  private Future<Void> listen(ServingCertificate first) {
    certificate = first;
    Reviews reviews = new Reviews(cluster.index(), cluster::readNow, metrics);
    webhook =
        new WebhookServer(vertx, options.webhook(), first, reviews, cluster::isSynced, metrics);
    return webhook
        .listen()
        .onSuccess(
            port -> {
              webhookPort = port;
              listening = true;
              checkCertificateLater();
            })
        .mapEmpty();
  }

  /** The start does not wait for the cluster: until it has been read, the operator is not ready. */
  private void follow() {
    Future.fromCompletionStage(cluster.start(), context)
        .onSuccess(
            synced -> {
              LOG.atInfo()
                  .addKeyValue("resources", cluster.index().names().size())
                  .log("Following the cluster's resources");
              reconciliation.start();
            })
        .onFailure(failure -> LOG.error("The cluster's resources cannot be followed", failure));
  }

  private void checkCertificateLater() {
    certificateTimer =
        vertx.setTimer(options.certificateCheck().toMillis(), elapsed -> checkCertificate());
  }

  private void checkCertificate() {
    certificateWorker
        .executeBlocking(certificates::current)
        .compose(this::renew)
        .onFailure(
            failure ->
                LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log(
                        "The webhook's certificate could not be looked at; it serves with the one it has"))
        .onComplete(checked -> checkCertificateLater());
  }

  private Future<Void> renew(ServingCertificate current) {
    if (current.equals(certificate)) {
      return Future.succeededFuture();
    }
    return webhook
        .renew(current)
        .onSuccess(
            renewed -> {
              certificate = current;
              LOG.info("The webhook serves with a new certificate");
            });
  }

  /** Why no reviews should be sent here yet; null when they should. */
  private String obstacle() {
    if (!listening) {
      return "the webhook does not listen yet";
    }
    return cluster.isSynced() ? null : "the cluster's resources have not been read yet";
  }

  /** The webhook stops first, so that no change is judged by who no longer sees all of them. */
  @Override
  public Future<?> stop() {
    listening = false;
    vertx.cancelTimer(certificateTimer);
    Future<Void> closed = webhook == null ? Future.succeededFuture() : webhook.close();
    return closed
        .eventually(
            () -> {
              reconciliation.close();
              cluster.close();
              certificateWorker.close();
              return Future.succeededFuture();
            })
        .eventually(status::close);
  }

  /** Where reviews are answered, once it is deployed. */
  public int webhookPort() {
    return webhookPort;
  }

  /** Where health and metrics are, once it is deployed. */
  public int httpPort() {
    return status.port();
  }
}
