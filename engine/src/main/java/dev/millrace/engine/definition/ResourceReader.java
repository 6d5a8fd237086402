package dev.millrace.engine.definition;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.ResourceKind;
import dev.millrace.engine.problem.ResourceName;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Reads texts into resources: the one parser of directory, cluster, webhook and command line; made
 * for each text, used on its thread.
 *
 * <p>Tolerant: what is wrong becomes a problem and the reading goes on with the default, so that
 * all problems of a text come at once.
 */
public final class ResourceReader {
  /** The one version of both kinds. */
  public static final String API_VERSION = "millrace.dev/v1";

  /** How many resources one text may hold. */
  public static final int MAX_DOCUMENTS = 1_000;

  /** How long one text may be, in characters; one document in it may have 1 MiB. */
  public static final int MAX_TEXT_CHARACTERS = 8 * 1024 * 1024;

  private static final List<String> FIELDS =
      List.of("apiVersion", "kind", "metadata", "spec", "status");
  private static final List<String> KINDS = List.of("Workflow", "WorkflowTask", "List");

  private final String sourceName;
  private final String defaultNamespace;
  private final List<Resource> resources = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int documents;

  private ResourceReader(String sourceName, String defaultNamespace) {
    this.sourceName = sourceName;
    this.defaultNamespace = defaultNamespace;
  }

  /**
   * Reads every document of a YAML or JSON text.
   *
   * @param sourceName what positions and problems call the text, such as a file's name
   * @param defaultNamespace of resources that name none
   */
  public static ReadResult read(String sourceName, String text, String defaultNamespace) {
    ResourceReader reader = new ResourceReader(sourceName, defaultNamespace);
    try {
      reader.text(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (UnreadableTextException e) {
      reader.unreadable(e.position(), e.getMessage(), e.suggestion());
    }
    return new ReadResult(reader.resources, reader.problems);
  }

  /**
   * Reads one resource that is JSON already, as a cluster has it: its problems have no positions.
   *
   * @param sourceName what problems call a resource that cannot be named
   */
  public static ReadResult read(String sourceName, JsonNode resource, String defaultNamespace) {
    ResourceReader reader = new ResourceReader(sourceName, defaultNamespace);
    try {
      reader.resource(new SourceDocument(resource, SourceMap.NONE, List.of()));
    } catch (UnreadableTextException e) {
      throw new IllegalStateException("one resource is never too many", e);
    }
    return new ReadResult(reader.resources, reader.problems);
  }

  private void text(String text) throws UnreadableTextException {
    if (text.length() > MAX_TEXT_CHARACTERS) {
      throw new UnreadableTextException(
          new SourcePosition(sourceName, 1, 1),
          "The text is longer than " + MAX_TEXT_CHARACTERS + " characters",
          "Split it.");
    }
    boolean isJson = sourceName.toLowerCase(Locale.ROOT).endsWith(".json");
    if (isJson || JsonDocuments.looksLikeJson(text)) {
      try {
        if (isJson && text.length() > YamlDocuments.MAX_DOCUMENT_CHARACTERS) {
          throw new UnreadableTextException(
              new SourcePosition(sourceName, 1, 1),
              "The document is larger than "
                  + YamlDocuments.MAX_DOCUMENT_CHARACTERS
                  + " characters",
              "Split it.");
        }
        document(JsonDocuments.read(sourceName, text));
        return;
      } catch (InvalidJsonException e) {
        if (isJson) {
          throw new UnreadableTextException(
              new SourcePosition(sourceName, e.line(), e.column()), e.getMessage(), null);
        }
        // Flow-style YAML starts like JSON; the YAML parser decides.
      }
    }
    YamlDocuments yaml = new YamlDocuments(sourceName, text);
    SourceDocument next;
    while ((next = yaml.next()) != null) {
      document(next);
    }
  }

  private void document(SourceDocument document) throws UnreadableTextException {
    JsonNode value = document.value();
    if (value.isNull() && document.findings().isEmpty()) {
      return;
    }
    JsonNode kind = value.get("kind");
    if (kind != null && kind.isString() && kind.stringValue().equals("List")) {
      list(document);
    } else {
      resource(document);
    }
  }

  private void list(SourceDocument document) throws UnreadableTextException {
    JsonNode items = document.value().get("items");
    if (items == null || !items.isArray()) {
      Problems list = new Problems(sourceName, document.source());
      list.error(ProblemCode.InvalidResource, "/items", "A List must have an array of items", null);
      problems.addAll(list.inDocumentOrder());
      return;
    }
    for (SourceDocument item : ListItems.split(document, items, MAX_DOCUMENTS + 1)) {
      resource(item);
    }
  }

  private void resource(SourceDocument document) throws UnreadableTextException {
    documents++;
    if (documents > MAX_DOCUMENTS) {
      throw new UnreadableTextException(
          document.source().position(""),
          "The text holds more than " + MAX_DOCUMENTS + " resources",
          "Split it.");
    }
    JsonNode value = document.value();
    ResourceName name = name(value);
    Problems found = new Problems(name == null ? sourceName : name.toString(), document.source());
    for (SourceDocument.Finding finding : document.findings()) {
      found.add(
          ProblemCode.InvalidResource,
          Severity.ERROR,
          finding.pointer(),
          finding.position(),
          finding.message(),
          finding.suggestion());
    }
    if (value.isObject()) {
      ResourceKind kind = header(value, found);
      JsonNode spec = value.get("spec");
      if (kind != null && spec != null && spec.isObject()) {
        ResourceName shown = name == null ? new ResourceName(kind, defaultNamespace, "") : name;
        Resource resource =
            kind == ResourceKind.Workflow
                ? WorkflowReader.read(shown, value, document.source(), spec, found)
                : WorkflowTaskReader.read(shown, value, document.source(), spec, found);
        if (name != null) {
          resources.add(resource);
        }
      }
    } else {
      found.error(
          ProblemCode.InvalidResource,
          "",
          "A resource must be an object, not " + Fields.kind(value),
          "It has apiVersion, kind, metadata and spec.");
    }
    problems.addAll(found.inDocumentOrder());
  }

  /** Reads all but the spec; the kind, or null where it is none of ours. */
  private static ResourceKind header(JsonNode value, Problems found) {
    ResourceKind kind = kind(value);
    Fields fields = new Fields(value, "", found, kind == null ? fieldsOf(value) : FIELDS);
    if (fields.require("apiVersion", API_VERSION)) {
      String version = fields.text("apiVersion", Integer.MAX_VALUE);
      if (version != null && !version.equals(API_VERSION)) {
        fields.error(
            "apiVersion",
            Fields.quoted(version) + " is not a known version",
            "Write " + API_VERSION + ".");
      }
    }
    if (fields.require("kind", "Workflow or WorkflowTask")) {
      String name = fields.text("kind", Integer.MAX_VALUE);
      if (name != null && kind == null) {
        fields.error(
            "kind", "There is no kind " + Fields.quoted(name), NearestName.suggestion(name, KINDS));
      }
    }
    if (kind == null) {
      return null;
    }
    JsonNode metadata =
        fields.require("metadata", "at least a name") ? fields.anyObject("metadata") : null;
    if (metadata != null) {
      MetadataReader.read(metadata, found);
    }
    if (fields.require("spec", "what the " + kind + " does")) {
      fields.anyObject("spec");
    }
    return kind;
  }

  /** Of a kind that is not known, no field can be called unknown. */
  private static List<String> fieldsOf(JsonNode value) {
    return List.copyOf(value.propertyNames());
  }

  private ResourceName name(JsonNode value) {
    ResourceKind kind = kind(value);
    JsonNode metadata = value.get("metadata");
    String name = MetadataReader.text(metadata, "name");
    String namespace = MetadataReader.text(metadata, "namespace");
    boolean nameable = kind != null && name != null && Names.isSubdomain(name);
    return nameable
        ? new ResourceName(
            kind,
            namespace == null || !Names.isLabel(namespace) ? defaultNamespace : namespace,
            name)
        : null;
  }

  private static ResourceKind kind(JsonNode value) {
    JsonNode kind = value.get("kind");
    for (ResourceKind known : ResourceKind.values()) {
      if (kind != null && kind.isString() && kind.stringValue().equals(known.name())) {
        return known;
      }
    }
    return null;
  }

  private void unreadable(SourcePosition position, String message, String suggestion) {
    problems.add(
        new Problem(
            ProblemCode.InvalidResource,
            Severity.ERROR,
            sourceName,
            "",
            position,
            message,
            suggestion));
  }
}
