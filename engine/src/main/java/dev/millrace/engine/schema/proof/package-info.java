/**
 * The proof that every value of one schema is valid under another one: {@link
 * dev.millrace.engine.schema.proof.SubschemaProver}, the heart of the product.
 */
package dev.millrace.engine.schema.proof;
