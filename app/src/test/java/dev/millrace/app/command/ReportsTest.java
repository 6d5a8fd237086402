package dev.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.command.DefinitionFiles.DefinitionFile;
import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.problem.Severity;
import dev.millrace.engine.problem.SourcePosition;
import dev.millrace.engine.validation.ValidationReport;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {

  private static final DefinitionFile FILE =
      new DefinitionFile("a.yaml", "kind: Workflow\n\tname: {{bad}}\n" + "x".repeat(500) + "\n");

  private static final Problem MISMATCH =
      problem(Severity.ERROR, "Workflow/default/page", 2, 8, "a number where text is <expected>");

  @Test
  void aProblemReadsLikeThatOfACompiler() {
    String text = text(findings(MISMATCH), false);

    assertThat(text)
        .isEqualToNormalizingNewlines(
            """
            a.yaml:2:8: error TypeMismatch: a number where text is <expected>
              2 | \tname: {{bad}}
                | \t      ^
              at:   Workflow/default/page /spec/output
              mend: write something else
              docs: https://millrace.dev/docs/problems/TypeMismatch

            1 file, 0 resources, 0 of 0 edges proved: 1 error, 0 warnings
            """);
  }

  @Test
  void coloursAreForTerminalsOnly() {
    assertThat(text(findings(MISMATCH), true)).contains("\u001b[1;31merror TypeMismatch\u001b[0m");
    assertThat(text(findings(MISMATCH), false)).doesNotContain("\u001b");
  }

  @Test
  void aLongLineIsCutAroundTheCaret() {
    Problem far = problem(Severity.WARNING, "Workflow/default/page", 3, 400, "far out");

    String text = text(findings(far), false);

    assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(200);
    assertThat(text).contains("warning TypeMismatch: far out");
  }

  @Test
  void aProblemWithoutAPlaceNamesItsResource() {
    Problem placeless =
        new Problem(
            ProblemCode.InUse, Severity.ERROR, "WorkflowTask/default/t", "", null, "used", null);

    String text = text(findings(placeless), false);

    assertThat(text).startsWith("WorkflowTask/default/t: error InUse: used").doesNotContain("mend");
  }

  @Test
  void aLineThatIsNotThereIsLeftOut() {
    assertThat(text(findings(problem(Severity.ERROR, "a.yaml", 99, 1, "gone")), false))
        .startsWith("a.yaml:99:1: error")
        .doesNotContain(" | ")
        .doesNotContain("at:");
  }

  @Test
  void jsonHoldsEverythingWithThePlace() {
    JsonNode json =
        JsonMapper.shared().readTree(print(out -> JsonReport.print(findings(MISMATCH), out)));

    assertThat(json.get("valid").asBoolean()).isFalse();
    JsonNode problem = json.get("problems").get(0);
    assertThat(problem.get("code").asString()).isEqualTo("TypeMismatch");
    assertThat(problem.get("severity").asString()).isEqualTo("error");
    assertThat(problem.get("position").get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("suggestion").asString()).isEqualTo("write something else");
    assertThat(json.get("edges")).isEmpty();
  }

  @Test
  void junitHasOneCaseForEachResource() throws Exception {
    Problem warning = problem(Severity.WARNING, "Workflow/default/page", 1, 1, "odd \u0001 text");
    Problem other = problem(Severity.WARNING, "Workflow/default/other", 1, 1, "fine");

    String xml = print(out -> JunitReport.print(findings(MISMATCH, warning, other), out));

    Element suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo(MISMATCH.message());
    assertThat(failure.getTextContent()).startsWith("a.yaml:2:8: error TypeMismatch");
    assertThat(suite.getElementsByTagName("system-out").getLength()).isEqualTo(2);
  }

  private static Problem problem(
      Severity severity, String resource, int line, int column, String message) {
    return new Problem(
        ProblemCode.TypeMismatch,
        severity,
        resource,
        "/spec/output",
        new SourcePosition("a.yaml", line, column),
        message,
        "write something else");
  }

  private static Findings findings(Problem... problems) {
    return new Findings(List.of(FILE), new ValidationReport(Map.of(), List.of(problems)));
  }

  private static String text(Findings findings, boolean colour) {
    return print(out -> TextReport.print(findings, out, colour));
  }

  private static String print(Consumer<PrintWriter> report) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    report.accept(out);
    out.flush();
    return text.toString();
  }
}
