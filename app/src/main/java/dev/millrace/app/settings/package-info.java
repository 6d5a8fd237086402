/** Settings: one table of them, read from file, environment and flags into one record tree. */
package dev.millrace.app.settings;
