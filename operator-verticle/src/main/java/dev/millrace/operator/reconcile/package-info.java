/**
 * Keeps the status of every resource true: queues of names, the reconciler that judges and writes,
 * and the election of the one replica that writes.
 */
package dev.millrace.operator.reconcile;
