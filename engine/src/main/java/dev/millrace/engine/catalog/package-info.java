/** What is being served: an immutable snapshot, swapped atomically, and its sources. */
package dev.millrace.engine.catalog;
