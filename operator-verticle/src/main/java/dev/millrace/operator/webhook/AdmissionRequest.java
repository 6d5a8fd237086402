package dev.millrace.operator.webhook;

import dev.millrace.engine.problem.ResourceName;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * What the API server asks about; read by {@link ReviewReader}, immutable.
 *
 * @param uid names the question; the answer repeats it
 * @param user who asks, as the API server knows them; empty where it does not say
 * @param object the resource as it is to be; null for a deletion
 * @param oldObject the resource as it is; null for a creation
 */
record AdmissionRequest(
    String uid,
    Operation operation,
    ResourceName name,
    String user,
    JsonNode object,
    JsonNode oldObject) {
  AdmissionRequest {
    Objects.requireNonNull(uid);
    Objects.requireNonNull(operation);
    Objects.requireNonNull(name);
    Objects.requireNonNull(user);
  }
}
