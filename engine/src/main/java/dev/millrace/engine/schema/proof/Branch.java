package dev.millrace.engine.schema.proof;

import dev.millrace.engine.schema.SchemaView;
import java.util.List;

/**
 * One way out of a choice: schemas to meet, schemas to fail, plain facts; an immutable value.
 *
 * @param meets schemas under which the value is valid
 * @param fails schemas under which it is not
 */
record Branch(List<SchemaView> meets, List<SchemaView> fails, List<Atom> atoms) {
  static Branch of(Atom... atoms) {
    return new Branch(List.of(), List.of(), List.of(atoms));
  }

  static Branch meeting(SchemaView... schemas) {
    return new Branch(List.of(schemas), List.of(), List.of());
  }

  static Branch failing(List<SchemaView> schemas) {
    return new Branch(List.of(), schemas, List.of());
  }
}
