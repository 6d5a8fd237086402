/** OpenAPI 3.1: the API as such from a document of ours, and each workflow's own operations. */
package dev.millrace.gateway.openapi;
