package dev.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryParametersTest {
  private enum Size {
    SMALL,
    LARGE
  }

  @Test
  void decodesNamesAndValues() {
    QueryParameters query = QueryParameters.parse("a=1+2&b%3D=%C3%A9&&c&d=x=y&a=3");
    assertThat(query.all())
        .containsExactly(
            new QueryParameters.Parameter("a", "1 2"),
            new QueryParameters.Parameter("b=", "é"),
            new QueryParameters.Parameter("c", ""),
            new QueryParameters.Parameter("d", "x=y"),
            new QueryParameters.Parameter("a", "3"));
    assertThat(query.value("a")).isEqualTo("1 2");
    assertThat(query.value("z")).isNull();
  }

  @Test
  void isEmptyWithoutAQuery() {
    assertThat(QueryParameters.parse(null).all()).isEmpty();
    assertThat(QueryParameters.parse("").all()).isEmpty();
  }

  @Test
  void refusesWhatCannotBeDecoded() {
    assertThatThrownBy(() -> QueryParameters.parse("a=%f")).hasMessageContaining("percent sign");
    assertThatThrownBy(() -> QueryParameters.parse("a=%c3%28")).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> QueryParameters.parse("a=\u4e00"))
        .hasMessageContaining("not percent-encoded");
    assertThatThrownBy(() -> QueryParameters.parse("a=1&".repeat(300)))
        .hasMessageContaining("more than 200");
  }

  @Test
  void namesWhatIsKnown() {
    assertThatThrownBy(() -> QueryParameters.parse("detial=full").allowOnly("detail", "namespace"))
        .hasMessageContaining("\"detial\"")
        .hasMessageContaining("detail, namespace");
    assertThatThrownBy(() -> QueryParameters.parse("a=1").allowOnly())
        .hasMessageContaining("takes none");
    assertThatThrownBy(() -> QueryParameters.parse("a=1&a=2").allowOnly("a"))
        .hasMessageContaining("more than once");
  }

  @Test
  void showsForeignNamesShortAndPlain() {
    assertThatThrownBy(() -> QueryParameters.parse("%0a" + "x".repeat(99) + "=1").allowOnly())
        .hasMessageContaining("\"?" + "x".repeat(39) + "...\"");
  }

  @Test
  void readsChoices() {
    assertThat(QueryParameters.parse("s=large").choice("s", Size.values(), Size.SMALL))
        .isEqualTo(Size.LARGE);
    assertThat(QueryParameters.parse("").choice("s", Size.values(), Size.SMALL))
        .isEqualTo(Size.SMALL);
    assertThatThrownBy(() -> QueryParameters.parse("s=LARGE").choice("s", Size.values(), null))
        .hasMessageContaining("small, large");
  }

  @Test
  void readsFlags() {
    assertThat(QueryParameters.parse("f").flag("f")).isTrue();
    assertThat(QueryParameters.parse("f=true").flag("f")).isTrue();
    assertThat(QueryParameters.parse("f=false").flag("f")).isFalse();
    assertThat(QueryParameters.parse("").flag("f")).isFalse();
    assertThatThrownBy(() -> QueryParameters.parse("f=yes").flag("f"))
        .hasMessageContaining("true, false");
  }

  @Test
  void readsNumbers() {
    assertThat(QueryParameters.parse("n=7").number("n", 50, 1, 500)).isEqualTo(7);
    assertThat(QueryParameters.parse("").number("n", 50, 1, 500)).isEqualTo(50);
    for (String wrong : new String[] {"0", "501", "x", "", "99999999999"}) {
      assertThatThrownBy(() -> QueryParameters.parse("n=" + wrong).number("n", 50, 1, 500))
          .hasMessageContaining("from 1 to 500");
    }
  }
}
