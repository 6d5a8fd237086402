/** A valid workflow compiled into an immutable plan of arrays. */
package dev.millrace.engine.plan;
