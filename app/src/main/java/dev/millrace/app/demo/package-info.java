/** What {@code millrace demo} adds: the upstream that the examples call, and the examples. */
package dev.millrace.app.demo;
