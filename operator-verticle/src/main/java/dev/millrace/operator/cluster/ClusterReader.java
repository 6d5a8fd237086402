package dev.millrace.operator.cluster;

import dev.millrace.engine.catalog.Origin;
import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.VertxJson;
import dev.millrace.engine.validation.ReadDefinition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads what the Kubernetes client gives into definitions; stateless, usable on any thread. */
final class ClusterReader {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterReader.class);

  private ClusterReader() {}

  /**
   * Reads an object; null where it is nothing that Millrace could ever serve.
   *
   * @param known the same object as it was read last, whose definition is kept where it still
   *     holds; null when there is none
   */
  static ClusterDefinition read(GenericKubernetesResource object, ClusterDefinition known) {
    try {
      JsonNode document = ResourceDocument.of(VertxJson.fromVertx(members(object)));
      ReadDefinition definition =
          known != null && known.definition().resource().document().equals(document)
              ? known.definition()
              : definition(document, object.getMetadata());
      return definition == null ? null : with(definition, object);
    } catch (InvalidJsonException unreadable) {
      LOG.atError()
          .addKeyValue("resource", name(object))
          .addKeyValue("reason", unreadable.getMessage())
          .log("A resource of the cluster cannot be read");
      return null;
    }
  }

  private static ClusterDefinition with(ReadDefinition definition, GenericKubernetesResource object)
      throws InvalidJsonException {
    ObjectMeta metadata = object.getMetadata();
    Object status = object.getAdditionalProperties().get("status");
    return new ClusterDefinition(
        definition,
        origin(metadata),
        metadata.getUid(),
        metadata.getGeneration() == null ? 0 : metadata.getGeneration(),
        metadata.getDeletionTimestamp() != null,
        status == null ? MissingNode.getInstance() : VertxJson.fromVertx(status));
  }

  private static Map<String, Object> members(GenericKubernetesResource object) {
    ObjectMeta given = object.getMetadata();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", given.getName());
    metadata.put("namespace", given.getNamespace());
    metadata.put("labels", orNull(given.getLabels()));
    metadata.put("annotations", orNull(given.getAnnotations()));
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("apiVersion", object.getApiVersion());
    members.put("kind", object.getKind());
    members.put("metadata", metadata);
    Map<String, Object> others = new HashMap<>(object.getAdditionalProperties());
    others.remove("status");
    members.putAll(others);
    return members;
  }

  private static Map<String, String> orNull(Map<String, String> texts) {
    return texts == null || texts.isEmpty() ? null : texts;
  }

  private static ReadDefinition definition(JsonNode document, ObjectMeta metadata) {
    ReadResult read = ResourceReader.read(metadata.getName(), document, metadata.getNamespace());
    ReadDefinition definition =
        ReadDefinition.of(read, epochMillis(metadata.getCreationTimestamp()));
    if (definition == null) {
      LOG.atError()
          .addKeyValue("resource", metadata.getNamespace() + "/" + metadata.getName())
          .log("A resource of the cluster has no spec; are its resource definitions installed?");
    }
    return definition;
  }

  private static String name(GenericKubernetesResource object) {
    ObjectMeta metadata = object.getMetadata();
    return object.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName();
  }

  /** A time of the API server; 0 where it is none. */
  static long epochMillis(String time) {
    try {
      return time == null || time.isEmpty() ? 0 : Instant.parse(time).toEpochMilli();
    } catch (DateTimeParseException noTime) {
      return 0;
    }
  }

  private static Origin origin(ObjectMeta metadata) {
    Map<String, String> annotations = metadata.getAnnotations();
    String changedBy = Annotations.text(annotations, Annotations.CHANGED_BY);
    return new Origin(
        ClusterDefinition.SOURCE,
        changedBy == null ? lastManager(metadata) : changedBy,
        Annotations.text(annotations, Annotations.ALLOW_BREAKING_CHANGE));
  }

  /** Who wrote the spec last, as far as field managers tell; null where they do not. */
  private static String lastManager(ObjectMeta metadata) {
    ManagedFieldsEntry last = null;
    for (ManagedFieldsEntry entry : metadata.getManagedFields()) {
      boolean ofSpec =
          entry.getFieldsV1() != null
              && entry.getFieldsV1().getAdditionalProperties().containsKey("f:spec");
      if (ofSpec && (last == null || epochMillis(entry.getTime()) >= epochMillis(last.getTime()))) {
        last = entry;
      }
    }
    return last == null ? null : last.getManager();
  }
}
