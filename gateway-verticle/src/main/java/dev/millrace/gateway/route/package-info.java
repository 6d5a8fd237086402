/** The workflows' own endpoints: paths, and how the texts in them become typed input. */
package dev.millrace.gateway.route;
