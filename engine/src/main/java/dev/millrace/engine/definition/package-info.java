/** The two resource kinds as records, and the reader that keeps source positions. */
package dev.millrace.engine.definition;
