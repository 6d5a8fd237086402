package dev.millrace.perf.webhook;

import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.certificate.ServingCertificate;
import dev.millrace.operator.webhook.LiveDefinitions;
import dev.millrace.operator.webhook.Reviews;
import dev.millrace.operator.webhook.WebhookOptions;
import dev.millrace.operator.webhook.WebhookServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The operator's webhook without a cluster: its definitions are in memory. Started by {@link
 * WebhookLoad} as a process of its own; says its port, and ends when its input does.
 */
final class WebhookProcess {
  /** What its only line begins with. */
  static final String READY = "webhook at port ";

  private static final int START_SECONDS = 60;

  private WebhookProcess() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException, TimeoutException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    OperatorMetrics metrics = new OperatorMetrics();
    WebhookServer server =
        new WebhookServer(
            vertx,
            WebhookOptions.at("127.0.0.1", 0),
            new ServingCertificate(
                vertx.fileSystem().readFileBlocking(certificate.certificatePath()),
                vertx.fileSystem().readFileBlocking(certificate.privateKeyPath()),
                null),
            new Reviews(MeasuredReviews.index(), LiveDefinitions.NONE, metrics),
            () -> true,
            metrics);
    int port = server.listen().await(START_SECONDS, TimeUnit.SECONDS);
    certificate.delete();
    System.out.println(READY + port);
    // Whoever started it holds the other end, and its end is this one's.
    System.in.transferTo(OutputStream.nullOutputStream());
    vertx.close().await(START_SECONDS, TimeUnit.SECONDS);
  }
}
