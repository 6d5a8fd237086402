/** The commands of the command line, and how their findings are printed. */
package dev.millrace.app.command;
