/** What messages to people need of texts, whatever they speak of. */
package dev.millrace.engine.text;
