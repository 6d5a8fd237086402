/** The Kubernetes operator: the place of informers, status and admission webhooks. */
package dev.millrace.operator;
