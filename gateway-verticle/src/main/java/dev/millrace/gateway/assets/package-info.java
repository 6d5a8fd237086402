/** Files from the class path: Swagger UI and the dashboard, without anything from elsewhere. */
package dev.millrace.gateway.assets;
