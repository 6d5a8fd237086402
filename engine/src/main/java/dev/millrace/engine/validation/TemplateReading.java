package dev.millrace.engine.validation;

import dev.millrace.engine.json.JsonPointers;
import dev.millrace.engine.problem.ProblemCode;
import dev.millrace.engine.template.Template;
import dev.millrace.engine.template.TemplateError;
import dev.millrace.engine.template.TemplateErrors;
import dev.millrace.engine.template.TemplateParser;
import dev.millrace.engine.template.TemplateRoot;
import dev.millrace.engine.template.TemplateWalk;
import tools.jackson.databind.JsonNode;

/**
 * Parses the templates of a resource and reports those that are none or stand where they may not;
 * stateless, used on the validating thread.
 */
final class TemplateReading {
  private TemplateReading() {}

  /** The value with its templates parsed; what cannot be parsed is reported and taken literally. */
  static Template read(JsonNode value, String pointer, Findings findings) {
    TemplateErrors errors = new TemplateErrors();
    Template template = TemplateParser.parse(value, errors);
    for (TemplateError error : errors.list()) {
      findings.error(
          ProblemCode.InvalidTemplate,
          pointer + error.pointer(),
          error.message(),
          error.suggestion());
    }
    return template;
  }

  /** The same inside of a WorkflowTask, where templates know the task's input only. */
  static Template readInTask(JsonNode value, String pointer, Findings findings) {
    Template template = read(value, pointer, findings);
    TemplateWalk.forEach(
        template,
        pointer,
        (place, expression, inText) -> {
          Reads.pathsOf(expression)
              .forEach(
                  path -> {
                    if (path.root() instanceof TemplateRoot.TaskOutput) {
                      findings.error(
                          ProblemCode.InvalidTemplate,
                          place,
                          PathText.of(path) + ": a WorkflowTask knows its own input only",
                          "Declare an input, read it as {{input.name}}, and let the workflow give"
                              + " it.");
                    }
                  });
        });
    return template;
  }

  /** Reports templates in a value that is taken literally. */
  static void refuse(JsonNode value, String what, String pointer, Findings findings) {
    if (value.isString() && value.stringValue().contains("{{")) {
      findings.error(
          ProblemCode.InvalidTemplate,
          pointer,
          "A template may not stand in " + what,
          "Write the value literally.");
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              member ->
                  refuse(
                      member.getValue(),
                      what,
                      JsonPointers.child(pointer, member.getKey()),
                      findings));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        refuse(value.get(i), what, pointer + "/" + i, findings);
      }
    }
  }
}
