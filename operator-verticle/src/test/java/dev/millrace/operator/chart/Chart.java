package dev.millrace.operator.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.millrace.operator.testing.ResourceDefinitionFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The chart with values, rendered by helm's own library; a value, usable on any thread. */
record Chart(String namespace, String kubernetes, List<Path> files, Map<String, Object> values) {
  static final String RELEASE = "millrace";

  /** With its default values, for today's Kubernetes. */
  static Chart inNamespace(String namespace) {
    return new Chart(namespace, "v1.33.0", List.of(), Map.of());
  }

  static Path directory() {
    return ResourceDefinitionFiles.directory().resolve("helm").resolve("millrace");
  }

  /** The values file of a cloud. */
  static Path valuesOf(String cloud) {
    return ResourceDefinitionFiles.directory()
        .resolve("helm")
        .resolve("values")
        .resolve(cloud + ".yaml");
  }

  Chart with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Chart(namespace, kubernetes, files, more);
  }

  Chart with(Path file) {
    List<Path> more = new ArrayList<>(files);
    more.add(file);
    return new Chart(namespace, kubernetes, more, values);
  }

  Chart on(String version) {
    return new Chart(namespace, version, files, values);
  }

  /** The objects as YAML. */
  String render() {
    TemplateCommand command =
        new Helm(directory())
            .template()
            .withName(RELEASE)
            .withNamespace(namespace)
            .withKubeVersion(kubernetes);
    files.forEach(command::withValuesFile);
    values.forEach(command::set);
    return command.call();
  }

  /** The objects, in the chart's order. */
  List<HasMetadata> objects() {
    return Pattern.compile("(?m)^---\\s*$")
        .splitAsStream(render())
        .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
        .map(document -> (HasMetadata) new KubernetesSerialization().unmarshal(document))
        .toList();
  }
}
