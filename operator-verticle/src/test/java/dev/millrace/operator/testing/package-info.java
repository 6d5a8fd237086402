/** The real Kubernetes API server that the suite KT runs against, and the real kubectl. */
package dev.millrace.operator.testing;
