package dev.millrace.engine.catalog;

import dev.millrace.engine.validation.ResourceSet;

/** Makes the next snapshot of the catalog out of the one before and new definitions. */
final class CatalogBuilder {
  private CatalogBuilder() {}

  static CatalogSnapshot build(CatalogSnapshot previous, ResourceSet definitions) {
    throw new UnsupportedOperationException();
  }
}
