package dev.millrace.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.definition.ReadResult;
import dev.millrace.engine.definition.Resource;
import dev.millrace.engine.definition.ResourceReader;
import dev.millrace.engine.problem.Problem;
import org.junit.jupiter.api.Test;

class ResourceSetTest {

  private static final String TWO =
      """
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: a, namespace: shop }
      spec: { odd: 1 }
      ---
      apiVersion: millrace.dev/v1
      kind: Workflow
      metadata: { name: b, namespace: billing }
      spec: { odd: 1 }
      """;

  @Test
  void anotherNamespaceIsLeftOutWithItsProblems() {
    ReadResult read = ResourceReader.read("two.yaml", TWO, "default");
    ResourceSet set = new ResourceSet(read.resources(), read.problems());

    ResourceSet shop = set.within("shop"::equals);

    assertThat(shop.resources())
        .extracting(Resource::name)
        .extracting("namespace")
        .containsExactly("shop");
    assertThat(shop.readProblems())
        .isNotEmpty()
        .extracting(Problem::resource)
        .containsOnly("Workflow/shop/a");
    assertThat(set.within(namespace -> true)).isSameAs(set);
  }
}
