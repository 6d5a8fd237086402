package dev.millrace.operator.cluster;

import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.operator.crd.ResourceDefinitions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** How the Kubernetes client addresses both kinds; stateless, usable on any thread. */
public final class ResourceClients {
  private ResourceClients() {}

  /** All resources of a kind. */
  public static MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      of(KubernetesClient client, ResourceKind kind) {
    String[] groupAndVersion = ResourceReader.API_VERSION.split("/", 2);
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(groupAndVersion[0])
            .withVersion(groupAndVersion[1])
            .withKind(kind.name())
            .withPlural(ResourceDefinitions.plural(kind))
            .withNamespaced(true)
            .build());
  }

  /** One resource. */
  public static Resource<GenericKubernetesResource> of(KubernetesClient client, ResourceName name) {
    return of(client, name.kind()).inNamespace(name.namespace()).withName(name.name());
  }
}
