/** JSON Schema: compiled validation, paths through schemas and the subschema proof. */
package dev.millrace.engine.schema;
