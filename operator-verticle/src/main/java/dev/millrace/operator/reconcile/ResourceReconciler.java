package dev.millrace.operator.reconcile;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.cluster.ClusterDefinition;
import dev.millrace.operator.cluster.ClusterDefinitions;
import dev.millrace.operator.cluster.ResourceClients;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the status of one resource up to date: judges it as the webhook would, compares, and
 * writes only a difference. Blocks; called on the operator's worker threads.
 */
final class ResourceReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceReconciler.class);
  private static final int NOT_FOUND = 404;
  private static final PatchContext PATCH =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("millrace-operator")
          .build();

  private final KubernetesClient client;
  private final ClusterDefinitions cluster;
  private final ReadyEvents events;
  private final OperatorMetrics metrics;
  private final Clock clock;

  ResourceReconciler(
      KubernetesClient client, ClusterDefinitions cluster, OperatorMetrics metrics, Clock clock) {
    this.client = client;
    this.cluster = cluster;
    this.events = new ReadyEvents(client, clock);
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Looks at one resource; throws where its status could not be written. */
  void reconcile(ResourceName name) {
    long start = System.nanoTime();
    boolean succeeded = false;
    try {
      bringUpToDate(name);
      succeeded = true;
    } catch (KubernetesClientException failure) {
      LOG.atWarn()
          .addKeyValue("resource", name)
          .addKeyValue("reason", failure.getMessage())
          .log("The status of a resource could not be written; it is tried again");
      throw failure;
    } catch (RuntimeException fault) {
      LOG.atError()
          .setCause(fault)
          .addKeyValue("resource", name)
          .log("A resource could not be judged; it is tried again");
      throw fault;
    } finally {
      metrics.reconciled(name.kind().name(), succeeded, System.nanoTime() - start);
    }
  }

  private void bringUpToDate(ResourceName name) {
    ClusterDefinition definition = cluster.find(name);
    if (definition == null || definition.deleting()) {
      return;
    }
    DefinitionIndex index = cluster.index();
    ResourceReport report = index.judge(definition.definition());
    ResourceStatus status = ResourceStatus.of(definition, report, index.usersOf(name));
    if (status.isSaidBy(definition.status())) {
      return;
    }
    if (write(definition, status) && status.isTransitionFrom(definition.status())) {
      events.tell(definition, status);
    }
  }

  /** Writes a status; false where the resource is gone, or another one has its name. */
  private boolean write(ClusterDefinition definition, ResourceStatus status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("uid", definition.uid());
    patch.set("status", status.over(definition.status(), clock.instant()));
    try {
      ResourceClients.of(client, definition.name())
          .subresource("status")
          .patch(PATCH, Json.toText(patch));
    } catch (KubernetesClientException failure) {
      boolean gone = failure.getCode() == NOT_FOUND || cluster.find(definition.name()) == null;
      if (gone) {
        return false;
      }
      throw failure;
    }
    metrics.wroteStatus(definition.name().kind().name());
    LOG.atDebug()
        .addKeyValue("resource", definition.name())
        .addKeyValue("ready", status.ready())
        .addKeyValue("reason", status.reason())
        .log("Wrote a status");
    return true;
  }
}
