/** The one program: its entry point; commands, settings and wiring lie in the packages below. */
package dev.millrace.app;
