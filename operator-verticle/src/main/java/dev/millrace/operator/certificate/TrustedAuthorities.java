package dev.millrace.operator.certificate;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that API servers trust when they call the webhook: the {@code caBundle} of its
 * configuration, and nothing else of it. Blocks its thread.
 */
public final class TrustedAuthorities {
  private static final Logger LOG = LoggerFactory.getLogger(TrustedAuthorities.class);

  private final KubernetesClient client;
  private final String configuration;
  private boolean complained;

  /** Of a webhook configuration. */
  public TrustedAuthorities(KubernetesClient client, String configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  /** Makes API servers trust these authorities, given as PEM; writes only where they do not yet. */
  void trust(String authorities) throws CertificateException {
    String bundle =
        Base64.getEncoder().encodeToString(authorities.getBytes(StandardCharsets.UTF_8));
    try {
      Resource<ValidatingWebhookConfiguration> resource =
          client
              .admissionRegistration()
              .v1()
              .validatingWebhookConfigurations()
              .withName(configuration);
      ValidatingWebhookConfiguration found = resource.get();
      if (found == null) {
        complain();
      } else if (!trusts(found, bundle)) {
        resource.edit(each -> trusting(each, bundle));
        complained = false;
        LOG.atInfo()
            .addKeyValue("configuration", configuration)
            .log("API servers trust the webhook's certificate from now on");
      }
    } catch (KubernetesClientException failure) {
      throw new CertificateException(
          "The caBundle of the ValidatingWebhookConfiguration "
              + configuration
              + " cannot be written: "
              + failure.getMessage(),
          failure);
    }
  }

  private void complain() {
    if (!complained) {
      complained = true;
      LOG.atWarn()
          .addKeyValue("configuration", configuration)
          .log(
              "There is no such ValidatingWebhookConfiguration: nothing is judged before it is stored");
    }
  }

  private static boolean trusts(ValidatingWebhookConfiguration configuration, String bundle) {
    return configuration.getWebhooks().stream()
        .allMatch(webhook -> bundle.equals(webhook.getClientConfig().getCaBundle()));
  }

  private static ValidatingWebhookConfiguration trusting(
      ValidatingWebhookConfiguration configuration, String bundle) {
    ValidatingWebhookConfiguration changed =
        new ValidatingWebhookConfigurationBuilder(configuration).build();
    changed.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(bundle));
    return changed;
  }
}
