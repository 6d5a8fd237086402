package dev.millrace.operator.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that the operator makes for itself, in a Secret that all of its replicas share; it
 * also tells the API server whom to trust. Blocks its thread.
 *
 * <p>Whoever finds first that it is time makes the next one; the others find it in the Secret. The
 * authority before stays trusted until its last certificate is out of use.
 */
public final class SelfSignedCertificates implements Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(SelfSignedCertificates.class);
  private static final int ATTEMPTS = 3;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;
  private final String secretName;
  private final TrustedAuthorities trusted;
  private final KeptCertificates renewal;

  /**
   * Makes it.
   *
   * @param secretName where it is kept, in a namespace
   * @param hosts under which the API server calls the webhook
   * @param trusted where the API server learns whom to trust
   */
  public SelfSignedCertificates(
      KubernetesClient client,
      String namespace,
      String secretName,
      List<String> hosts,
      TrustedAuthorities trusted,
      Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.secretName = secretName;
    this.trusted = trusted;
    this.renewal = new KeptCertificates(hosts, clock);
  }

  /** A certificate that is kept nowhere, for trials and measurements. */
  public static ServingCertificate throwaway(List<String> hosts) {
    try {
      return certificate(new KeptCertificates(hosts, Clock.systemUTC()).renew(Map.of()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java platform makes no certificates", impossible);
    }
  }

  private static ServingCertificate certificate(Map<String, String> kept) {
    return new ServingCertificate(
        Buffer.buffer(kept.get(KeptCertificates.CHAIN)),
        Buffer.buffer(kept.get(KeptCertificates.KEY)),
        Buffer.buffer(kept.get(KeptCertificates.AUTHORITIES)));
  }

  @Override
  public ServingCertificate current() throws CertificateException {
    Map<String, String> kept = kept();
    trusted.trust(kept.get(KeptCertificates.AUTHORITIES));
    return certificate(kept);
  }

  private Map<String, String> kept() throws CertificateException {
    KubernetesClientException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Secret secret = client.secrets().inNamespace(namespace).withName(secretName).get();
        Map<String, String> texts = texts(secret);
        if (!renewal.isDue(texts)) {
          return texts;
        }
        Map<String, String> renewed = renewal.renew(texts);
        write(secret, renewed);
        LOG.atInfo()
            .addKeyValue("secret", namespace + "/" + secretName)
            .log("Made a new certificate for the webhook");
        return renewed;
      } catch (KubernetesClientException failure) {
        // Another replica was faster: what it made is as good.
        if (failure.getCode() != CONFLICT) {
          throw new CertificateException(unusable(failure), failure);
        }
        last = failure;
      } catch (GeneralSecurityException impossible) {
        throw new CertificateException("This Java platform makes no certificates", impossible);
      }
    }
    throw new CertificateException(unusable(last), last);
  }

  private String unusable(Exception failure) {
    return "The Secret "
        + namespace
        + "/"
        + secretName
        + " with the webhook's certificate cannot be read or written: "
        + (failure == null ? "" : failure.getMessage());
  }

  private static Map<String, String> texts(Secret secret) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (secret != null && secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (name, base64) -> {
                try {
                  texts.put(
                      name, new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException damaged) {
                  LOG.atWarn().addKeyValue("name", name).log("A value of the Secret is damaged");
                }
              });
    }
    return texts;
  }

  private void write(Secret before, Map<String, String> texts) {
    Map<String, String> data = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            data.put(
                name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    if (before == null) {
      client
          .secrets()
          .inNamespace(namespace)
          .resource(
              new SecretBuilder()
                  .withNewMetadata()
                  .withName(secretName)
                  .addToLabels("app.kubernetes.io/part-of", "millrace")
                  .endMetadata()
                  .withType("kubernetes.io/tls")
                  .withData(data)
                  .build())
          .create();
    } else {
      // With the version that was read, so that of two replicas only one renews.
      client
          .secrets()
          .inNamespace(namespace)
          .resource(new SecretBuilder(before).withData(data).build())
          .update();
    }
  }
}
