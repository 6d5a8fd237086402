/** The webhook's certificate: made and rotated here, or given as files. */
package dev.millrace.operator.certificate;
