/** The definitions of the measured shapes: read, proved and compiled as the program does it. */
package dev.millrace.perf.definition;
