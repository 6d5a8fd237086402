/**
 * The endpoints of the API, one class per family: from a request to a call of the engine and back.
 */
package dev.millrace.gateway.api;
