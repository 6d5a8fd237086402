/**
 * JSON Schemas of definitions: checked and compiled once ({@link
 * dev.millrace.engine.schema.CompiledSchema}), walked by template paths ({@link
 * dev.millrace.engine.schema.SchemaPaths}), and proved against each other in the package {@code
 * proof}.
 */
package dev.millrace.engine.schema;
