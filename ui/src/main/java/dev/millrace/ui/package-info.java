/** The dashboard, as a jar of static files that the gateway serves. */
package dev.millrace.ui;
