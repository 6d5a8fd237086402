/**
 * The custom resource definitions of both kinds, generated from one table of fields.
 *
 * <p>The definition reader of the engine decides what is valid; the tables here say as much of it
 * as a structural schema can. A test holds them together, and another one holds {@code k8s/crds} to
 * the tables.
 */
package dev.millrace.operator.crd;
