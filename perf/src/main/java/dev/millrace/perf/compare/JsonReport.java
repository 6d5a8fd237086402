package dev.millrace.perf.compare;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link Comparison} as JSON, for machines that watch the ratios. Stateless. */
final class JsonReport {

  private JsonReport() {}

  /**
   * Prints all of it.
   *
   * @param name what is compared, such as {@code none}
   */
  static String print(
      String name, Comparison comparison, List<String> setting, List<String> findings) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode report = mapper.createObjectNode();
    report.put("comparison", name);
    report.put("engine", comparison.engine());
    report.put("baseline", comparison.baseline());
    setting.forEach(report.putArray("setting")::add);
    findings.forEach(report.putArray("findings")::add);
    ArrayNode results = report.putArray("results");
    comparison.ratios().forEach((cell, measures) -> add(results.addObject(), cell, measures));
    ArrayNode runs = report.putArray("runs");
    comparison.measurements().forEach(run -> add(runs.addObject(), run));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static void add(ObjectNode result, Cell cell, Map<Measure, Ratio> measures) {
    result.put("shape", cell.shape().label());
    result.put("load", cell.load().label());
    ObjectNode measured = result.putObject("measures");
    measures.forEach(
        (measure, ratio) -> {
          ObjectNode node = measured.putObject(measure.key());
          node.put("label", measure.label());
          node.put("engine", ratio.engine());
          node.put("baseline", ratio.baseline());
          node.put("ratio", ratio.value());
          node.put("least", ratio.least());
          node.put("most", ratio.most());
          ratio.rounds().forEach(node.putArray("rounds")::add);
        });
  }

  private static void add(ObjectNode node, Measurement run) {
    node.put("shape", run.cell().shape().label());
    node.put("load", run.cell().load().label());
    node.put("contestant", run.contestant());
    node.put("round", run.round());
    node.put("executions", run.result().requests());
    node.put("seconds", run.result().seconds());
    for (Measure measure : Measure.values()) {
      node.put(measure.key(), measure.of(run));
    }
    node.put("upstreamShare", run.upstreamShare());
    node.put("loadShare", run.loadShare());
    node.put("otherShare", run.otherShare());
    node.put("stolenShare", run.stolenShare());
    run.result()
        .pace()
        .ifPresent(
            pace -> {
              node.put("generatorLateP99", pace.lateP99Millis());
              node.put("generatorLateMost", pace.lateMostMillis());
              node.put("held", pace.held());
              node.put("unsent", pace.unsent());
            });
  }
}
