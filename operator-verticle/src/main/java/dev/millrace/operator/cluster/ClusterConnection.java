package dev.millrace.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/**
 * How Millrace talks to an API server: connections that died unnoticed are found out, and calls
 * give up soon, because whoever makes one knows better when to try again. Stateless; opening blocks
 * its thread.
 *
 * <p>A token that is refused is read again where it came from; that is the client's own doing, as
 * long as the configuration was found and not given.
 */
public final class ClusterConnection {
  /** Of a watch on which nothing arrives for this long, not even the answer to a ping. */
  public static final Duration SILENCE = Duration.ofSeconds(15);

  private static final Duration PING = Duration.ofSeconds(5);

  /** Further attempts of a call, from 100 ms on, each after twice the time. */
  private static final int FURTHER_ATTEMPTS = 4;

  private ClusterConnection() {}

  /** Opens one as the pod's account, or as the kubeconfig says; nothing is called yet. */
  public static KubernetesClient open() {
    return open(new ConfigBuilder().build());
  }

  /** Opens one with an address and an account; nothing is called yet. */
  public static KubernetesClient open(Config config) {
    config.setWebsocketPingInterval(PING.toMillis());
    config.setRequestRetryBackoffLimit(FURTHER_ATTEMPTS);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new EndingSilence())
        .build();
  }

  /** Without this a lost connection is noticed when the kernel gives up sending, in 15 minutes. */
  private static final class EndingSilence extends Vertx5HttpClientFactory {
    @Override
    protected void additionalConfig(
        WebClientOptions requests, WebSocketClientOptions watches, PoolOptions pool) {
      watches.setReadIdleTimeout((int) SILENCE.toSeconds());
    }
  }
}
