/** Why an execution took as long as it did: computed on read from its record and its plan. */
package dev.millrace.engine.trace;
