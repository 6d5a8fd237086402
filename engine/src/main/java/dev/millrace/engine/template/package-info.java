/** Templates: parsed once, bound to task slots, rendered without look-ups by name. */
package dev.millrace.engine.template;
