/** The Helm chart: linted, rendered, applied, and its accounts held to their rights. */
package dev.millrace.operator.chart;
