/** The serving program: its parts, wired, started and stopped as one chain. */
package dev.millrace.app.program;
