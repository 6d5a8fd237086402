package dev.millrace.perf.compare;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link Comparison} as JSON, for machines that watch the ratios. Stateless. */
final class JsonReport {

  private JsonReport() {}

  static String print(Comparison comparison, List<String> setting, List<String> findings) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode report = mapper.createObjectNode();
    report.put("engine", comparison.engine());
    report.put("baseline", comparison.baseline());
    setting.forEach(report.putArray("setting")::add);
    findings.forEach(report.putArray("findings")::add);
    ObjectNode shapes = report.putObject("shapes");
    comparison
        .ratios()
        .forEach(
            (shape, measures) -> {
              ObjectNode measured = shapes.putObject(shape.label());
              measures.forEach(
                  (measure, ratio) -> {
                    ObjectNode node = measured.putObject(measure.label());
                    node.put("engine", ratio.engine());
                    node.put("baseline", ratio.baseline());
                    node.put("ratio", ratio.value());
                    node.put("least", ratio.least());
                    node.put("most", ratio.most());
                  });
            });
    ArrayNode runs = report.putArray("runs");
    comparison.measurements().forEach(run -> runs.addPOJO(run));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }
}
