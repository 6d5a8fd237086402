package dev.millrace.operator.cluster;

import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.validation.DefinitionIndex;
import dev.millrace.engine.validation.ReadDefinition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All definitions of the followed namespaces as the cluster has them now, kept up to date by
 * informers; owned by the program, usable on any thread.
 *
 * <p>Informers list once and watch from then on; when the API server goes away, or forgets where
 * the watch stood, they list again and tell the difference. Listeners are called on the informers'
 * threads, one at a time for each resource, and must not block.
 */
public final class ClusterDefinitions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDefinitions.class);
  private static final int MOST_GONE = 1_000;

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final DefinitionIndex index = new DefinitionIndex();
  private final Map<ResourceName, ClusterDefinition> byName = new ConcurrentHashMap<>();
  private final List<Consumer<ClusterChange>> listeners = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();

  /** Why what is gone could be deleted though it was in use; of the last ones only. */
  private final Map<ResourceName, String> reasonsOfGone =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceName, String> eldest) {
          return size() > MOST_GONE;
        }
      };

  private volatile boolean synced;

  /**
   * Makes it, not started yet.
   *
   * @param namespaces those that are followed; empty for all
   */
  public ClusterDefinitions(KubernetesClient client, List<String> namespaces) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
  }

  /** Adds a listener; before the start, so that it misses nothing. */
  public void listen(Consumer<ClusterChange> listener) {
    listeners.add(listener);
  }

  /**
   * Begins to follow; completes when everything that is there has been seen. As long as the API
   * server cannot be reached it goes on trying.
   */
  public synchronized CompletableFuture<Void> start() {
    List<CompletableFuture<?>> started = new ArrayList<>();
    for (ResourceKind kind : ResourceKind.values()) {
      if (namespaces.isEmpty()) {
        informers.add(ResourceClients.of(client, kind).inAnyNamespace().runnableInformer(0));
      }
      for (String namespace : namespaces) {
        informers.add(ResourceClients.of(client, kind).inNamespace(namespace).runnableInformer(0));
      }
    }
    for (SharedIndexInformer<GenericKubernetesResource> informer : informers) {
      CompletableFuture<Void> listed = new CompletableFuture<>();
      informer
          .exceptionHandler(ClusterDefinitions::retry)
          .addEventHandler(new Follower(listed))
          .start()
          .exceptionally(
              failed -> {
                listed.completeExceptionally(failed);
                return null;
              });
      started.add(listed);
    }
    return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
        .thenRun(() -> synced = true);
  }

  private static boolean retry(boolean started, Throwable failure) {
    boolean refused =
        failure instanceof KubernetesClientException answer
            && (answer.getCode() == 403 || answer.getCode() == 404);
    LOG.atWarn()
        .addKeyValue("reason", failure.getMessage())
        .log(
            refused
                ? "The cluster's resources cannot be listed; are the resource definitions and the"
                    + " rights of this account installed?"
                : "The cluster's resources cannot be followed just now; trying again");
    return true;
  }

  /** Whether everything that was there at the start has been seen. */
  public boolean isSynced() {
    return synced;
  }

  /** Whether every watch is open: what the cluster tells arrives here. */
  public synchronized boolean isWatching() {
    return informers.stream().allMatch(SharedIndexInformer::isWatching);
  }

  /** The definitions, and who uses whom. */
  public DefinitionIndex index() {
    return index;
  }

  /** A definition as the cluster has it; null when there is none. */
  public ClusterDefinition find(ResourceName name) {
    return byName.get(name);
  }

  /**
   * Who changed a definition last. Who deleted one the cluster does not tell, only its last state:
   * why it could be, though it was in use.
   */
  public Origin originOf(ResourceName name) {
    ClusterDefinition definition = byName.get(name);
    if (definition != null) {
      return definition.origin();
    }
    synchronized (reasonsOfGone) {
      return new Origin(ClusterDefinition.SOURCE, null, reasonsOfGone.get(name));
    }
  }

  /**
   * Reads resources anew, past the informers, which may lag behind; blocks.
   *
   * @return each of them, or null where it is gone
   */
  public Map<ResourceName, ReadDefinition> readNow(List<ResourceName> names) {
    Map<ResourceName, ReadDefinition> found = new LinkedHashMap<>();
    for (ResourceName name : names) {
      GenericKubernetesResource object = ResourceClients.of(client, name).get();
      ClusterDefinition definition =
          object == null ? null : ClusterReader.read(object, byName.get(name));
      found.put(name, definition == null || definition.deleting() ? null : definition.definition());
    }
    return found;
  }

  /** Stops following. */
  @Override
  public synchronized void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private void put(GenericKubernetesResource object) {
    ResourceName name = name(object);
    ClusterDefinition before = byName.get(name);
    ClusterDefinition after = ClusterReader.read(object, before);
    if (after == null) {
      gone(name);
      return;
    }
    byName.put(name, after);
    index.put(after.definition());
    tell(new ClusterChange(name, before, after));
  }

  private void gone(ResourceName name) {
    index.remove(name);
    ClusterDefinition before = byName.remove(name);
    if (before != null) {
      synchronized (reasonsOfGone) {
        // Of an earlier one of this name nothing is left either.
        reasonsOfGone.remove(name);
        if (before.origin().reason() != null) {
          reasonsOfGone.put(name, before.origin().reason());
        }
      }
      tell(new ClusterChange(name, before, null));
    }
  }

  private void tell(ClusterChange change) {
    for (Consumer<ClusterChange> listener : listeners) {
      listener.accept(change);
    }
  }

  private static ResourceName name(GenericKubernetesResource object) {
    return new ResourceName(
        ResourceKind.valueOf(object.getKind()),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  /** What one informer tells; called on its thread. */
  private final class Follower implements ResourceEventHandler<GenericKubernetesResource> {
    private final CompletableFuture<Void> listed;

    Follower(CompletableFuture<Void> listed) {
      this.listed = listed;
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
      put(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
      put(after);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean finalStateUnknown) {
      gone(name(object));
    }

    /** Comes behind the events of the list, in their order. */
    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
      listed.complete(null);
    }
  }
}
