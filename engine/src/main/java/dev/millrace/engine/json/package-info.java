/** JSON at the border: strict, bounded reading, exact numbers, canonical form. */
package dev.millrace.engine.json;
