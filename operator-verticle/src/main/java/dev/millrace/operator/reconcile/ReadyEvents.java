package dev.millrace.operator.reconcile;

import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.operator.cluster.ClusterDefinition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of resources that became ready, or are so no longer, as events of the cluster; on a worker
 * thread of its own, so that statuses do not wait for them. Usable on any thread.
 *
 * <p>An event that cannot be written is let go, and so is one that would have to wait behind too
 * many others: the status says the same.
 */
final class ReadyEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyEvents.class);
  private static final String REPORTER = "millrace-operator";

  /** The API server takes no longer one. */
  private static final int LONGEST_MESSAGE = 1_000;

  private static final int MOST_WAITING = 10_000;

  private final KubernetesClient client;
  private final WorkerExecutor worker;
  private final Clock clock;
  private final AtomicInteger waiting = new AtomicInteger();

  ReadyEvents(KubernetesClient client, WorkerExecutor worker, Clock clock) {
    this.client = client;
    this.worker = worker;
    this.clock = clock;
  }

  void tell(ClusterDefinition definition, ResourceStatus status) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return;
    }
    worker
        .executeBlocking(
            () -> {
              write(definition, status);
              return null;
            },
            false)
        .onComplete(written -> waiting.decrementAndGet());
  }

  private void write(ClusterDefinition definition, ResourceStatus status) {
    ResourceName name = definition.name();
    try {
      client
          .v1()
          .events()
          .inNamespace(name.namespace())
          .resource(event(definition, status))
          .create();
    } catch (KubernetesClientException failure) {
      LOG.atWarn()
          .addKeyValue("resource", name)
          .addKeyValue("reason", failure.getMessage())
          .log("An event could not be written");
    }
  }

  private Event event(ClusterDefinition definition, ResourceStatus status) {
    ResourceName name = definition.name();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String message = status.message();
    return new EventBuilder()
        .withNewMetadata()
        // Names of events have a suffix; what is in front of it must leave room for it.
        .withGenerateName(name.name().substring(0, Math.min(200, name.name().length())) + ".")
        .withNamespace(name.namespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(ResourceReader.API_VERSION)
        .withKind(name.kind().name())
        .withNamespace(name.namespace())
        .withName(name.name())
        .withUid(definition.uid())
        .endInvolvedObject()
        .withType(status.ready() ? "Normal" : "Warning")
        .withReason(status.reason())
        .withMessage(
            message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE) + "...")
        .withNewSource()
        .withComponent(REPORTER)
        .endSource()
        .withReportingComponent(REPORTER)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }
}
