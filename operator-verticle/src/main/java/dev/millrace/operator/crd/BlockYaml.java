package dev.millrace.operator.crd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes YAML that reads the same in versions 1.1 and 1.2; stateless, usable on any thread. */
final class BlockYaml {
  private static final int WIDTH = 120;

  private BlockYaml() {}

  /** A text of lists, maps by name and scalars. */
  static String write(Object tree) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(WIDTH).build();
    return new Dump(settings, new Quoting(settings)).dumpToString(withoutFractions(tree));
  }

  /** Whole numbers lose their {@code .0}, as the API server shows them. */
  private static Object withoutFractions(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> whole = new LinkedHashMap<>();
      map.forEach((name, value) -> whole.put(name, withoutFractions(value)));
      return whole;
    }
    if (tree instanceof List<?> list) {
      List<Object> whole = new ArrayList<>();
      list.forEach(element -> whole.add(withoutFractions(element)));
      return whole;
    }
    return tree instanceof Double number && number % 1 == 0 ? (Object) number.longValue() : tree;
  }

  /** Puts texts in quotes that are something else in YAML 1.1, which kubectl reads. */
  private static final class Quoting extends StandardRepresenter {
    private static final Set<String> WORDS =
        Set.of("on", "off", "yes", "no", "y", "n", "true", "false", "null", "~");

    Quoting(DumpSettings settings) {
      super(settings);
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      return super.representScalar(
          tag,
          value,
          tag.equals(Tag.STR) && WORDS.contains(value.toLowerCase(Locale.ROOT))
              ? ScalarStyle.DOUBLE_QUOTED
              : style);
    }
  }
}
