/** What the gateway's tests share: a raw client, upstreams and a gateway to talk to. */
package dev.millrace.gateway.testing;
