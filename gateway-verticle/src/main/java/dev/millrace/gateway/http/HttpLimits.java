package dev.millrace.gateway.http;

/**
 * How much a caller may ask of one connection.
 *
 * @param maxBodyBytes the longest body
 * @param bodyTimeoutMillis how long a body may take to arrive
 * @param headTimeoutMillis how long a new connection may take to bring its first request
 * @param keepAliveMillis how long a connection may be without a request: from an answer until the
 *     next request's head is complete
 * @param maxConnections of one event loop; further ones are closed at once
 */
public record HttpLimits(
    int maxBodyBytes,
    long bodyTimeoutMillis,
    long headTimeoutMillis,
    long keepAliveMillis,
    int maxConnections) {}
