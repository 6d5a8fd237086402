/**
 * One request at the border: matched, read within its limits, answered once; knows no workflows.
 */
package dev.millrace.gateway.http;
