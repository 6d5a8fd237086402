package dev.millrace.operator.reconcile;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ResourceReport;
import dev.millrace.operator.OperatorMetrics;
import dev.millrace.operator.cluster.ClusterChange;
import dev.millrace.operator.cluster.ClusterDefinition;
import dev.millrace.operator.cluster.ClusterDefinitions;
import dev.millrace.operator.cluster.ResourceClients;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
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

  /** What was written last, until the informers tell of it. */
  private final Map<ResourceName, JsonNode> written = new ConcurrentHashMap<>();

  ResourceReconciler(
      KubernetesClient client,
      ClusterDefinitions cluster,
      ReadyEvents events,
      OperatorMetrics metrics,
      Clock clock) {
    this.client = client;
    this.cluster = cluster;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Whether an informer only tells of what was written here: then there is nothing to do. */
  boolean isOwn(ClusterChange change) {
    JsonNode own = written.remove(change.name());
    return own != null && !change.ofDefinition() && own.equals(change.after().status());
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
    ObjectNode whole = status.over(definition.status(), clock.instant());
    patch.set("status", whole);
    ObjectNode stored = whole.deepCopy();
    stored.removeIf(JsonNode::isNull);
    written.put(definition.name(), stored);
    try {
      ResourceClients.of(client, definition.name())
          .subresource("status")
          .patch(PATCH, Json.toText(patch));
    } catch (KubernetesClientException failure) {
      written.remove(definition.name());
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
