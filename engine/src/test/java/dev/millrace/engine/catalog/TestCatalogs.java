package dev.millrace.engine.catalog;

import static dev.millrace.engine.plan.TestDefinitions.json;

import dev.millrace.engine.plan.ExecutionPlan;
import dev.millrace.engine.plan.TestDefinitions;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.validation.ResourceReport;
import java.util.ArrayList;
import java.util.List;

/** Catalogs with plans that were made by hand. */
public final class TestCatalogs {
  private TestCatalogs() {}

  public static Catalog of(ExecutionPlan... plans) {
    Catalog catalog = new Catalog("default");
    replace(catalog, plans);
    return catalog;
  }

  public static void replace(Catalog catalog, ExecutionPlan... plans) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (ExecutionPlan plan : plans) {
      var report = new ResourceReport(plan.workflow(), List.of(), List.of(), json("{}"));
      entries.add(new CatalogEntry(plan.workflow(), report, List.of(), plan, true));
    }
    catalog.swap(new CatalogSnapshot(1, entries, List.of(), List.of(), List.of()));
  }

  /** A workflow that never had a good version. */
  public static Catalog broken(TestDefinitions definitions) {
    var workflow = definitions.definition();
    var problem =
        new Problem(
            ProblemCode.UnknownTask,
            Severity.ERROR,
            workflow.name().toString(),
            "/spec/output",
            null,
            "there is no such task",
            null);
    var report = new ResourceReport(workflow, List.of(problem), List.of(), json("{}"));
    var entry = new CatalogEntry(workflow, report, report.problems(), null, false);
    Catalog catalog = new Catalog("default");
    catalog.swap(new CatalogSnapshot(1, List.of(entry), List.of(), List.of(), List.of()));
    return catalog;
  }
}
