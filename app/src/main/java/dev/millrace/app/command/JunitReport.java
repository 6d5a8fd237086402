package dev.millrace.app.command;

import dev.millrace.engine.problem.Problem;
import dev.millrace.engine.validation.ResourceReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Prints findings as JUnit's XML, for the test reports of CI servers: one test case for each
 * resource, and one for each file that could not be read as resources. Used by the thread of the
 * command.
 */
final class JunitReport {

  private JunitReport() {}

  static void print(Findings findings, PrintWriter out) {
    Map<String, List<Problem>> cases = new LinkedHashMap<>();
    for (ResourceReport resource : findings.report().reports().values()) {
      cases.put(resource.resource().name().toString(), new ArrayList<>());
    }
    for (Problem problem : findings.report().problems()) {
      cases.computeIfAbsent(problem.resource(), name -> new ArrayList<>()).add(problem);
    }
    try {
      write(cases, out);
    } catch (XMLStreamException broken) {
      throw CommandFailure.failed("the report cannot be written: " + broken.getMessage());
    }
  }

  private static void write(Map<String, List<Problem>> cases, PrintWriter out)
      throws XMLStreamException {
    long failed = cases.values().stream().filter(JunitReport::hasError).count();
    XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "millrace validate");
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", Long.toString(failed));
    xml.writeAttribute("errors", "0");
    for (Map.Entry<String, List<Problem>> one : cases.entrySet()) {
      testCase(xml, one.getKey(), one.getValue());
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.flush();
    out.println();
  }

  private static void testCase(XMLStreamWriter xml, String name, List<Problem> problems)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "millrace.validate");
    xml.writeAttribute("name", clean(name));
    for (Problem problem : problems) {
      String text = clean(describe(problem));
      if (problem.isError()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", problem.code().name());
        xml.writeAttribute("message", clean(problem.message()));
      } else {
        xml.writeStartElement("system-out");
      }
      xml.writeCharacters(text);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String describe(Problem problem) {
    String place = problem.position() == null ? problem.resource() : problem.position().toString();
    String mend = problem.suggestion() == null ? "" : "\nmend: " + problem.suggestion();
    return place
        + ": "
        + problem.severity().label()
        + " "
        + problem.code()
        + ": "
        + problem.message()
        + mend
        + "\ndocs: "
        + problem.docs();
  }

  private static boolean hasError(List<Problem> problems) {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String clean(String text) {
    return text.replaceAll(
        "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
  }
}
