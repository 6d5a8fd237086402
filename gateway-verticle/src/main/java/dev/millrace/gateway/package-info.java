/**
 * The HTTP side of Millrace: one verticle per event loop, which answers requests by calling the
 * engine on the same loop.
 */
package dev.millrace.gateway;
