package dev.millrace.operator.crd;

import dev.millrace.engine.problem.ResourceKind;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the custom resource definitions of both kinds; stateless, usable on any thread. */
public final class ResourceDefinitions {
  private static final String GROUP = "millrace.dev";
  private static final String VERSION = "v1";
  private static final String READY = ".status.conditions[?(@.type==\"Ready\")]";

  private ResourceDefinitions() {}

  /** The definition of a kind, as the API server takes it. */
  public static CustomResourceDefinition of(ResourceKind kind) {
    return switch (kind) {
      case Workflow ->
          definition(
              kind,
              "mwf",
              root(
                  "A DAG of typed HTTP calls that answers one request.",
                  WorkflowFields.spec(),
                  StatusFields.workflow()),
              List.of(
                  column("Ready", "string", READY + ".status", "Whether it is served."),
                  column("Reason", "string", READY + ".reason", "Valid, or the first problem."),
                  column("Tasks", "integer", ".status.taskCount", "How many tasks it has."),
                  column("Levels", "integer", ".status.levelCount", "How deep the tasks nest."),
                  age()));
      case WorkflowTask ->
          definition(
              kind,
              "mwt",
              root(
                  "A reusable, typed HTTP call that workflows use.",
                  WorkflowTaskFields.spec(),
                  StatusFields.workflowTask()),
              List.of(
                  column("Ready", "string", READY + ".status", "Whether it can be used."),
                  column("Reason", "string", READY + ".reason", "Valid, or the first problem."),
                  column("Method", "string", ".spec.http.method", "The HTTP method."),
                  column("Used-By", "string", ".status.users", "Workflows that use it."),
                  age()));
    };
  }

  /** The text of a kind's file in {@code k8s/crds}. */
  public static String yaml(ResourceKind kind) {
    return "# Generated from the model; see CONTRIBUTING.md for how to write it anew.\n"
        + BlockYaml.write(new KubernetesSerialization().convertValue(of(kind), Map.class));
  }

  /** The plural of a kind, as it stands in paths and on the command line. */
  public static String plural(ResourceKind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "s";
  }

  private static CustomResourceDefinition definition(
      ResourceKind kind,
      String shortName,
      JSONSchemaProps schema,
      List<CustomResourceColumnDefinition> columns) {
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(plural(kind) + "." + GROUP)
        .endMetadata()
        .withNewSpec()
        .withGroup(GROUP)
        .withScope("Namespaced")
        .withNewNames()
        .withKind(kind.name())
        .withListKind(kind.name() + "List")
        .withPlural(plural(kind))
        .withSingular(kind.name().toLowerCase(Locale.ROOT))
        .withShortNames(shortName)
        .withCategories("millrace")
        .endNames()
        .addNewVersion()
        .withName(VERSION)
        .withServed(true)
        .withStorage(true)
        .withNewSubresources()
        .withNewStatus()
        .endStatus()
        .endSubresources()
        .withAdditionalPrinterColumns(columns)
        .withNewSchema()
        .withOpenAPIV3Schema(schema)
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private static JSONSchemaProps root(
      String description, JSONSchemaProps spec, JSONSchemaProps status) {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withDescription(description)
        .withRequired("spec")
        .addToProperties("spec", spec)
        .addToProperties("status", status)
        .build();
  }

  private static CustomResourceColumnDefinition column(
      String name, String type, String path, String description) {
    return new CustomResourceColumnDefinition(description, null, path, name, null, type);
  }

  private static CustomResourceColumnDefinition age() {
    return column("Age", "date", ".metadata.creationTimestamp", "How long ago it was created.");
  }
}
