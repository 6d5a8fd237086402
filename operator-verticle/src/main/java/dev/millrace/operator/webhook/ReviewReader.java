package dev.millrace.operator.webhook;

import dev.millrace.engine.definition.Names;
import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Reads an AdmissionReview, whoever sent it; stateless, usable on any thread. */
final class ReviewReader {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final String GROUP = "millrace.dev";
  private static final String VERSION = "v1";
  private static final int LONGEST_UID = 128;

  private ReviewReader() {}

  static AdmissionRequest read(Buffer body) throws UnreadableReviewException {
    JsonNode review;
    try {
      review = Json.read(body);
    } catch (InvalidJsonException invalid) {
      throw new UnreadableReviewException(
          uidIn(body), "The review is not acceptable: " + invalid.describe());
    }
    JsonNode request = review.path("request");
    String uid = text(request, "uid");
    if (uid.isEmpty() || uid.length() > LONGEST_UID) {
      throw new UnreadableReviewException(null, "The body is no AdmissionReview with a request");
    }
    String version = text(review, "apiVersion");
    if (!version.equals(API_VERSION) || !text(review, "kind").equals("AdmissionReview")) {
      throw new UnreadableReviewException(
          uid, "This webhook speaks " + API_VERSION + " AdmissionReview and nothing else");
    }
    return request(uid, request);
  }

  private static AdmissionRequest request(String uid, JsonNode request)
      throws UnreadableReviewException {
    ResourceKind kind = kind(uid, request.path("kind"));
    Operation operation = operation(uid, text(request, "operation"));
    JsonNode object = operation == Operation.DELETE ? null : object(uid, request, "object");
    JsonNode oldObject = operation == Operation.CREATE ? null : object(uid, request, "oldObject");
    JsonNode metadata = (object == null ? oldObject : object).path("metadata");
    String name = text(request, "name");
    if (name.isEmpty()) {
      name = text(metadata, "name");
    }
    String namespace = text(request, "namespace");
    if (!Names.isSubdomain(name) || !Names.isLabel(namespace)) {
      throw new UnreadableReviewException(
          uid, "The request names no resource: it needs a name and a namespace");
    }
    return new AdmissionRequest(
        uid,
        operation,
        new ResourceName(kind, namespace, name),
        text(request.path("userInfo"), "username"),
        object,
        oldObject);
  }

  private static ResourceKind kind(String uid, JsonNode kind) throws UnreadableReviewException {
    String group = text(kind, "group");
    String version = text(kind, "version");
    String name = text(kind, "kind");
    for (ResourceKind known : ResourceKind.values()) {
      if (group.equals(GROUP) && version.equals(VERSION) && known.name().equals(name)) {
        return known;
      }
    }
    throw new UnreadableReviewException(
        uid,
        "This webhook judges Workflow and WorkflowTask of "
            + GROUP
            + "/"
            + VERSION
            + " only; correct the rules of the webhook configuration");
  }

  private static Operation operation(String uid, String operation)
      throws UnreadableReviewException {
    for (Operation known : Operation.values()) {
      if (known.name().equals(operation)) {
        return known;
      }
    }
    throw new UnreadableReviewException(
        uid,
        "This webhook judges CREATE, UPDATE and DELETE only; correct the rules of the webhook"
            + " configuration");
  }

  private static JsonNode object(String uid, JsonNode request, String field)
      throws UnreadableReviewException {
    JsonNode object = request.path(field);
    if (!object.isObject()) {
      throw new UnreadableReviewException(uid, "The request has no " + field);
    }
    return object;
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  /** The uid of a review that is not acceptable as a whole; it stands near the front. */
  private static String uidIn(Buffer body) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body.getBytes())) {
      int depth = 0;
      boolean inRequest = false;
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> depth--;
          case PROPERTY_NAME -> {
            if (depth == 1) {
              inRequest = parser.currentName().equals("request");
            } else if (depth == 2 && inRequest && parser.currentName().equals("uid")) {
              String uid = parser.nextStringValue();
              return uid == null || uid.length() > LONGEST_UID ? null : uid;
            }
          }
          default -> {
            // values do not matter
          }
        }
      }
    } catch (JacksonException broken) {
      return null;
    }
    return null;
  }
}
