package dev.millrace.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.json.Json;
import dev.millrace.engine.schema.PathStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class TemplateParserTest {
  private static Expression whole(String text) {
    Template template = TemplateParser.parseText(text);
    assertThat(template).isInstanceOf(Template.Value.class);
    return ((Template.Value) template).expression();
  }

  private static TemplateError error(String text) {
    TemplateErrors errors = new TemplateErrors();
    Template template = TemplateParser.parseText(text, errors);
    assertThat(errors.list()).hasSize(1);
    assertThat(template).isEqualTo(new Template.Constant(StringNode.valueOf(text)));
    return errors.list().get(0);
  }

  @Test
  void parses_a_path_from_the_input() {
    Expression expression = whole("{{ input.items[10][\"any \\\"name\\\"\"].a-b_C9 }}");

    assertThat(expression.path().root()).isEqualTo(new TemplateRoot.Input());
    assertThat(expression.path().steps())
        .containsExactly(
            new PathStep.Name("items"),
            new PathStep.Index(10),
            new PathStep.Name("any \"name\""),
            new PathStep.Name("a-b_C9"));
    assertThat(expression.fallback()).isNull();
    assertThat(expression.text()).isEqualTo("{{ input.items[10][\"any \\\"name\\\"\"].a-b_C9 }}");
  }

  @Test
  void parses_a_path_from_a_task() {
    Expression expression = whole("{{tasks.user-1.output}}");

    assertThat(expression.path())
        .isEqualTo(new TemplatePath(new TemplateRoot.TaskOutput("user-1"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "{{input.a??null}}, null",
        "{{input.a ?? true}}, true",
        "{{input.a ?? false }}, false",
        "{{input.a ?? 1.50}}, 1.50",
        "{{input.a ?? -12345678901234567890}}, -12345678901234567890",
        "{{input.a ?? \"}} {{\"}}, '\"}} {{\"'",
        "{{input.a ?? \"\\u00e9\\n\"}}, '\"\\u00e9\\n\"'"
      })
  void parses_a_literal_default(String text, String literal) throws Exception {
    assertThat(whole(text).fallback()).isEqualTo(new Fallback.Literal(Json.read(literal)));
  }

  @Test
  void parses_a_path_as_default() {
    assertThat(whole("{{input.a ?? tasks.x.output[0]}}").fallback())
        .isEqualTo(
            new Fallback.Path(
                new TemplatePath(
                    new TemplateRoot.TaskOutput("x"), List.of(new PathStep.Index(0)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "{",
        "}",
        "}}",
        "{ {x} }",
        "{\"a\":{\"b\":1}}",
        "a } b }} c",
        "??",
        "{input}"
      })
  void leaves_text_without_templates_alone(String text) {
    StringNode node = StringNode.valueOf(text);

    assertThat(TemplateParser.parse(node, new TemplateErrors()))
        .isInstanceOfSatisfying(
            Template.Constant.class, constant -> assertThat(constant.value()).isSameAs(node));
  }

  @ParameterizedTest
  @CsvSource({
    "'{{\"text\"}}', 'text'",
    "'a{{\"{{\"}}b', 'a{{b'",
    "'{{\"a\"}}{{ \"b\" }}', 'ab'",
    "'{{\"\"}}', ''",
    "'{{\"\\\\\\\"\"}}', '\\\"'"
  })
  void literal_texts_become_constants(String text, String value) {
    assertThat(TemplateParser.parseText(text))
        .isEqualTo(new Template.Constant(StringNode.valueOf(value)));
  }

  @Test
  void splits_text_into_parts() {
    Template template = TemplateParser.parseText("{{\"{\"}}a{{input.b}}}{{input.c}}");

    List<TextPart> parts = ((Template.Text) template).parts();
    assertThat(parts).hasSize(4);
    assertThat(parts.get(0)).isEqualTo(new TextPart.Literal("{a"));
    assertThat(((TextPart.Hole) parts.get(1)).expression().text()).isEqualTo("{{input.b}}");
    assertThat(parts.get(2)).isEqualTo(new TextPart.Literal("}"));
    assertThat(((TextPart.Hole) parts.get(3)).expression().text()).isEqualTo("{{input.c}}");
  }

  @Test
  void space_around_a_template_makes_it_text() {
    assertThat(TemplateParser.parseText(" {{input}}")).isInstanceOf(Template.Text.class);
    assertThat(TemplateParser.parseText("{{\n input\t}}")).isInstanceOf(Template.Value.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{}} | 0 | The template is empty | A path starts with `input` or `tasks.<id>.output`.",
        "{{ input.a | 0 | The template is not closed | Close it with `}}`.",
        "x{{ | 1 | The template is not closed | Close it with `}}`.",
        "{{input.a ?? | 0 | The template is not closed | Close it with `}}`.",
        "{{input[0 | 0 | The template is not closed | Close it with `}}`.",
        "{{input.a } b | 10 | The template is closed with one brace only | Close it with `}}`.",
        "{{inputs.a}} | 2 | `inputs` is nothing that a path can start with | Did you mean `input`?",
        "{{task.a.output}} | 2 | `task` is nothing that a path can start with"
            + " | Did you mean `tasks`?",
        "{{user.output.id}} | 2 | `user` is nothing that a path can start with"
            + " | Did you mean `tasks.user.output`?",
        "{{something}} | 2 | `something` is nothing that a path can start with"
            + " | A path starts with `input` or `tasks.<id>.output`.",
        "{{$.a}} | 2 | `$` does not start a path"
            + " | A path starts with `input` or `tasks.<id>.output`.",
        "{{{input.a}}} | 2 | `{` does not start a path"
            + " | A path starts with `input` or `tasks.<id>.output`.",
        "{{tasks}} | 7 | Behind `tasks` comes the id of a task | Write `tasks.<id>.output`.",
        "{{tasks[0].output}} | 7 | Behind `tasks` comes the id of a task"
            + " | Write `tasks.<id>.output`.",
        "{{tasks.User.output}} | 8 | `User` is not the id of a task"
            + " | Ids are lower-case letters, digits and `-`, and start with a letter.",
        "{{tasks.a-.output}} | 8 | `a-` is not the id of a task"
            + " | Ids are lower-case letters, digits and `-`, and start with a letter.",
        "{{tasks.user}} | 12 | Behind the id of a task comes `.output`"
            + " | Did you mean `tasks.user.output`?",
        "{{tasks.user.email}} | 12 | Behind the id of a task comes `.output`"
            + " | Did you mean `tasks.user.output.email`?",
        "{{tasks.user.outputs.a}} | 12 | Behind the id of a task comes `.output`"
            + " | Did you mean `tasks.user.output`?",
        "{{input.}} | 7 | A name is expected behind the dot | Names of other characters than"
            + " letters, digits, `_` and `-` stand as [\"any name\"].",
        "{{input[-1]}} | 7 | In brackets stands an index from 0 or a name in double quotes"
            + " | Write [0] or [\"any name\"].",
        "{{input[01]}} | 7 | In brackets stands an index from 0 or a name in double quotes"
            + " | Write [0] or [\"any name\"].",
        "{{input[1234567890]}} | 7 | In brackets stands an index from 0 or a name in double quotes"
            + " | Write [0] or [\"any name\"].",
        "{{input['a']}} | 7 | In brackets stands an index from 0 or a name in double quotes"
            + " | Write [0] or [\"any name\"].",
        "{{input[\"a}} | 8 | The string is not closed | Close it with a double quote.",
        "{{input[\"a\\ | 8 | The string is not closed | Close it with a double quote.",
        "{{input[\"\\x\"]}} | 8 | This is not a JSON string"
            + " | Escape line ends as \\n, and a backslash as \\\\.",
        "{{input[0 }} | 9 | The bracket is not closed here | Close it with `]`.",
        "{{input.a ?? {} }} | 13 | A default is a string, a number, true, false, null or a path"
            + " | Objects and arrays cannot be defaults.",
        "{{input.a ?? nul}} | 13 | `nul` is nothing that a path can start with"
            + " | Did you mean `null`?",
        "{{input.a ?? 1 ?? 2}} | 15 | A template takes one default only | Remove the second `??`.",
        "{{input.a ? 1}} | 10 | `?` is not known here | A default stands behind `??`.",
        "{{input.first name}} | 14 | `n` is not expected here | A name with other characters than"
            + " letters, digits, `_` and `-` stands as [\"any name\"].",
        "{{input.a+1}} | 9 | `+` is not expected here | Close the template with `}}`.",
        "{{\"a\" ?? 1}} | 6 | A literal text takes no default"
            + " | Leave `??` and what follows out."
      })
  void tells_what_is_wrong(String text, int offset, String message, String suggestion) {
    assertThat(error(text)).isEqualTo(new TemplateError("", offset, message, suggestion));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{input ?? 1e999}}", "{{input ?? 01}}", "{{input ?? --1}}", "{{input ?? 1.}}"})
  void refuses_what_is_no_json_number(String text) {
    assertThat(error(text)).isEqualTo(new TemplateError("", 11, "This is not a JSON number", null));
  }

  @Test
  void bounds_paths() {
    assertThat(whole("{{input" + ".a".repeat(64) + "}}").path().steps()).hasSize(64);
    assertThat(error("{{input" + ".a".repeat(65) + "}}").message())
        .isEqualTo("A path has at most 64 steps");
  }

  @Test
  void shows_whole_characters() {
    assertThat(error("{{\uD83D\uDE00}}").message())
        .isEqualTo("`\uD83D\uDE00` does not start a path");
  }

  @Test
  void finds_every_error_of_a_value() throws Exception {
    JsonNode value =
        Json.read(
            "{\"a\":\"{{inputs}} and {{}}\",\"b/c\":[1,\"{{x\"],\"{{k}}\":1,\"d\":\"{{input}}\"}");
    TemplateErrors errors = new TemplateErrors();

    Template template = TemplateParser.parse(value, errors);

    assertThat(errors.list())
        .extracting(error -> error.pointer() + "@" + error.offset())
        .containsExactly("/a@2", "/a@15", "/b~1c/1@2", "/{{k}}@0");
    assertThat(template).isInstanceOf(Template.Members.class);
  }

  @Test
  void values_without_templates_are_shared() throws Exception {
    JsonNode value = Json.read("{\"a\":{\"b\":[1,\"x\"]},\"c\":\"{{input}}\"}");

    Template.Members members = (Template.Members) TemplateParser.parse(value, new TemplateErrors());

    assertThat(((Template.Constant) members.members().get(0).value()).value())
        .isSameAs(value.get("a"));
    assertThat(members.members().get(1).value()).isInstanceOf(Template.Value.class);
  }

  @Test
  void literal_texts_inside_values_are_replaced() throws Exception {
    Template template =
        TemplateParser.parse(Json.read("[{\"a\":\"{{\\\"x\\\"}}\"}]"), new TemplateErrors());

    assertThat(BoundTemplate.bind(template, id -> 0).render(new Values(null)))
        .isEqualTo(Json.read("[{\"a\":\"x\"}]"));
  }

  @Test
  void the_short_form_throws() {
    assertThatThrownBy(() -> TemplateParser.parseText("{{x}}"))
        .isInstanceOfSatisfying(
            InvalidTemplateException.class, e -> assertThat(e.error().offset()).isEqualTo(2));
  }

  @Test
  void walks_all_expressions() throws Exception {
    JsonNode value =
        Json.read("{\"a\":\"{{input.x}}\",\"b\":[1,{\"c/d\":\"-{{input.y}}{{tasks.t.output}}\"}]}");
    List<String> visited = new ArrayList<>();

    TemplateWalk.forEach(
        TemplateParser.parse(value, new TemplateErrors()),
        "/spec",
        (pointer, expression, inText) ->
            visited.add(pointer + " " + expression.text() + " " + inText));

    assertThat(visited)
        .containsExactly(
            "/spec/a {{input.x}} false",
            "/spec/b/1/c~1d {{input.y}} true",
            "/spec/b/1/c~1d {{tasks.t.output}} true");
  }
}
