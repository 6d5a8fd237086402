package dev.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.problem.FailureException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** No input can change the shape of a request. */
class HttpCallProperties {
  private static final CompiledTask TASK =
      TestTask.get("http://service.internal/a/{{input.v}}/b?x={{input.v}}&y=1")
          .query("z w", "'{{input.v}}!'")
          .compiled();

  private static JsonNode input(String value) {
    return JsonNodeFactory.instance.objectNode().put("v", value);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static boolean isText(String value) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  @Property
  void every_value_arrives_and_stays_at_its_place(@ForAll String value) {
    Assume.that(isText(value) && !value.isEmpty() && !value.equals(".") && !value.equals(".."));

    PreparedRequest request = TASK.http().prepare(input(value));

    URI uri = URI.create(request.url());
    assertThat(uri.getHost()).isEqualTo("service.internal");
    assertThat(uri.getRawFragment()).isNull();
    String[] segments = uri.getRawPath().split("/", -1);
    assertThat(segments).hasSize(4);
    assertThat(decode(segments[2])).isEqualTo(value);
    String[] parameters = uri.getRawQuery().split("&", -1);
    assertThat(parameters).hasSize(3);
    assertThat(decode(parameters[0].substring("x=".length()))).isEqualTo(value);
    assertThat(parameters[1]).isEqualTo("y=1");
    assertThat(parameters[2]).startsWith("z%20w=");
    assertThat(decode(parameters[2].substring("z%20w=".length()))).isEqualTo(value + "!");
    assertThat(request.uri()).matches("[!-~]*");
  }

  @Property
  void a_dry_run_never_fails(@ForAll String value) {
    assertThat(TASK.http().describe(input(value)).url()).startsWith("http://service.internal/a/");
  }

  @Example
  void half_a_character_is_refused() {
    assertThatThrownBy(() -> TASK.http().prepare(input("\ud800x")))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("surrogate");
  }

  @Example
  void an_array_repeats_its_parameter() {
    CompiledTask task = TestTask.get("http://a/").query("x", "'{{input}}'").compiled();
    JsonNode values = JsonNodeFactory.instance.arrayNode().add("a&b").addNull().add(2);

    assertThat(task.http().prepare(values).uri()).isEqualTo("/?x=a%26b&x=2");
    assertThat(task.http().describe(values).url()).contains("x=a%26b");
  }

  @Example
  void only_real_escapes_of_a_literal_are_kept() {
    CompiledTask task = TestTask.get("http://a/%41/%zz/\uff11%\uff11\uff11 é?q=ü#f").compiled();

    assertThat(task.http().prepare(input("")).uri())
        .isEqualTo("/%41/%25zz/%EF%BC%91%25%EF%BC%91%EF%BC%91%20%C3%A9?q=%C3%BC");
  }
}
