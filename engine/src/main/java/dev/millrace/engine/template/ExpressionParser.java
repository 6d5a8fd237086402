package dev.millrace.engine.template;

import dev.millrace.engine.json.InvalidJsonException;
import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.PathStep;
import dev.millrace.engine.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Parses one template of a text, from its opening to its closing braces; made for each by {@link
 * TemplateParser}, used on its thread.
 *
 * <pre>
 * template = "{{" space ( string | path [ space "??" space default ] ) space "}}"
 * path     = ( "input" | "tasks." id ".output" ) { "." name | "[" string "]" | "[" index "]" }
 * default  = string | number | "true" | "false" | "null" | path
 * </pre>
 */
final class ExpressionParser {
  /** A path longer than JSON may nest leads nowhere. */
  private static final int MAX_STEPS = Json.MAX_DEPTH;

  private static final int MAX_INDEX_DIGITS = 9;
  private static final List<String> ROOTS = List.of("input", "tasks");
  private static final List<String> DEFAULTS = List.of("input", "tasks", "true", "false", "null");
  private static final String PATHS = "A path starts with `input` or `tasks.<id>.output`.";

  private final String text;
  private final int start;
  private int at;
  private Expression expression;
  private String literal;

  ExpressionParser(String text, int start) {
    this.text = text;
    this.start = start;
  }

  /** Why a template cannot be parsed; never leaves this package. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String suggestion;

    SyntaxException(int offset, String message, String suggestion) {
      super(message, null, false, false);
      this.offset = offset;
      this.suggestion = suggestion;
    }

    int offset() {
      return offset;
    }

    String suggestion() {
      return suggestion;
    }
  }

  /** The expression; null where the template is a literal text. */
  Expression expression() {
    return expression;
  }

  /** The literal text; null where the template is an expression. */
  String literal() {
    return literal;
  }

  /** Where the text goes on behind the closing braces. */
  int end() {
    return at;
  }

  void parse() throws SyntaxException {
    at = start + 2;
    skipSpace();
    if (text.startsWith("}}", at)) {
      throw error(start, "The template is empty", PATHS);
    }
    if (peek() == '"') {
      literal = string().stringValue();
      skipSpace();
      if (text.startsWith("??", at)) {
        throw error(at, "A literal text takes no default", "Leave `??` and what follows out.");
      }
      close();
      return;
    }
    TemplatePath path = path(ROOTS);
    skipSpace();
    Fallback fallback = null;
    if (text.startsWith("??", at)) {
      at += 2;
      skipSpace();
      fallback = fallback();
      skipSpace();
      if (text.startsWith("??", at)) {
        throw error(at, "A template takes one default only", "Remove the second `??`.");
      }
    }
    close();
    expression = new Expression(path, fallback, text.substring(start, at));
  }

  private TemplatePath path(List<String> known) throws SyntaxException {
    int rootStart = at;
    String root = name();
    TemplateRoot from;
    if (root.equals("input")) {
      from = new TemplateRoot.Input();
    } else if (root.equals("tasks")) {
      from = taskOutput();
    } else {
      throw unknownRoot(rootStart, root, known);
    }
    List<PathStep> steps = new ArrayList<>();
    while (peek() == '.' || peek() == '[') {
      if (steps.size() == MAX_STEPS) {
        throw error(at, "A path has at most " + MAX_STEPS + " steps", null);
      }
      steps.add(peek() == '.' ? nameStep() : bracketStep());
    }
    return new TemplatePath(from, steps);
  }

  private SyntaxException unknownRoot(int rootStart, String root, List<String> known) {
    if (rootStart >= text.length()) {
      return unclosed();
    }
    if (root.isEmpty()) {
      String found = "`" + shown(rootStart) + "` does not start a path";
      return error(rootStart, found, PATHS);
    }
    String message = "`" + root + "` is nothing that a path can start with";
    if (text.startsWith(".output", at)) {
      return error(rootStart, message, "Did you mean `tasks." + root + ".output`?");
    }
    String nearest = NearestName.of(root, known);
    return error(rootStart, message, nearest == null ? PATHS : "Did you mean `" + nearest + "`?");
  }

  private TemplateRoot taskOutput() throws SyntaxException {
    if (peek() != '.') {
      throw error(at, "Behind `tasks` comes the id of a task", "Write `tasks.<id>.output`.");
    }
    at++;
    int idStart = at;
    String id = name();
    if (!isTaskId(id)) {
      throw error(
          idStart,
          "`" + id + "` is not the id of a task",
          "Ids are lower-case letters, digits and `-`, and start with a letter.");
    }
    int outputStart = at;
    String next = peek() == '.' ? nameAfterDot() : "";
    if (!next.equals("output")) {
      String nearest = NearestName.of(next, List.of("output"));
      String meant =
          next.isEmpty() || nearest != null
              ? "tasks." + id + ".output"
              : "tasks." + id + ".output." + next;
      throw error(
          outputStart, "Behind the id of a task comes `.output`", "Did you mean `" + meant + "`?");
    }
    return new TemplateRoot.TaskOutput(id);
  }

  private String nameAfterDot() {
    at++;
    return name();
  }

  private PathStep nameStep() throws SyntaxException {
    int dot = at;
    String name = nameAfterDot();
    if (name.isEmpty()) {
      throw error(
          dot,
          "A name is expected behind the dot",
          "Names of other characters than letters, digits, `_` and `-` stand as [\"any name\"].");
    }
    return new PathStep.Name(name);
  }

  private PathStep bracketStep() throws SyntaxException {
    int bracket = at;
    at++;
    PathStep step = peek() == '"' ? new PathStep.Name(string().stringValue()) : index(bracket);
    if (peek() != ']') {
      throw at >= text.length()
          ? unclosed()
          : error(at, "The bracket is not closed here", "Close it with `]`.");
    }
    at++;
    return step;
  }

  private PathStep index(int bracket) throws SyntaxException {
    int digits = at;
    while (isDigit(peek())) {
      at++;
    }
    int length = at - digits;
    boolean leadingZero = length > 1 && text.charAt(digits) == '0';
    if (length == 0 || length > MAX_INDEX_DIGITS || leadingZero) {
      throw error(
          bracket,
          "In brackets stands an index from 0 or a name in double quotes",
          "Write [0] or [\"any name\"].");
    }
    return new PathStep.Index(Integer.parseInt(text, digits, at, 10));
  }

  private Fallback fallback() throws SyntaxException {
    char first = peek();
    if (first == '"') {
      return new Fallback.Literal(string());
    }
    if (first == '-' || isDigit(first)) {
      return new Fallback.Literal(number());
    }
    if (first == '{' || first == '[') {
      throw error(
          at,
          "A default is a string, a number, true, false, null or a path",
          "Objects and arrays cannot be defaults.");
    }
    int wordStart = at;
    String word = name();
    return switch (word) {
      case "true" -> new Fallback.Literal(BooleanNode.TRUE);
      case "false" -> new Fallback.Literal(BooleanNode.FALSE);
      case "null" -> new Fallback.Literal(NullNode.instance);
      default -> {
        at = wordStart;
        yield new Fallback.Path(path(DEFAULTS));
      }
    };
  }

  private JsonNode number() throws SyntaxException {
    int numberStart = at;
    while (isDigit(peek()) || "+-.eE".indexOf(peek()) >= 0) {
      at++;
    }
    return json(numberStart, "This is not a JSON number", null);
  }

  private JsonNode string() throws SyntaxException {
    int stringStart = at;
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw error(stringStart, "The string is not closed", "Close it with a double quote.");
    }
    at++;
    return json(
        stringStart,
        "This is not a JSON string",
        "Escape line ends as \\n, and a backslash as \\\\.");
  }

  private JsonNode json(int from, String message, String suggestion) throws SyntaxException {
    try {
      return Json.read(text.substring(from, at));
    } catch (InvalidJsonException e) {
      throw error(from, message, suggestion);
    }
  }

  private void close() throws SyntaxException {
    skipSpace();
    if (text.startsWith("}}", at)) {
      at += 2;
      return;
    }
    if (at >= text.length()) {
      throw unclosed();
    }
    char found = text.charAt(at);
    if (found == '}') {
      throw error(at, "The template is closed with one brace only", "Close it with `}}`.");
    }
    if (found == '?' || found == '|') {
      throw error(at, "`" + found + "` is not known here", "A default stands behind `??`.");
    }
    String suggestion =
        Character.isLetterOrDigit(found)
            ? "A name with other characters than letters, digits, `_` and `-` stands as"
                + " [\"any name\"]."
            : "Close the template with `}}`.";
    throw error(at, "`" + shown(at) + "` is not expected here", suggestion);
  }

  private SyntaxException unclosed() {
    return error(start, "The template is not closed", "Close it with `}}`.");
  }

  private SyntaxException error(int offset, String message, String suggestion) {
    return new SyntaxException(offset, message, suggestion);
  }

  /** The whole character at an offset, never half of a pair. */
  private String shown(int offset) {
    return Character.toString(text.codePointAt(offset));
  }

  private String name() {
    int nameStart = at;
    while (isNameCharacter(peek())) {
      at++;
    }
    return text.substring(nameStart, at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character; NUL, which stands for nothing in the grammar, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isTaskId(String id) {
    boolean valid = !id.isEmpty() && id.charAt(0) >= 'a' && id.charAt(0) <= 'z';
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      valid &= (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
    }
    return valid && !id.endsWith("-");
  }
}
