/**
 * The cluster's resources of both kinds: read, followed by informers, and given to the gateways'
 * catalog.
 */
package dev.millrace.operator.cluster;
