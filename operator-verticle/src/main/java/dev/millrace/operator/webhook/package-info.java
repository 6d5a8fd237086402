/**
 * The admission webhook: a pure judgement of reviews, and the HTTPS server in front of it.
 *
 * <p>{@code ReviewReader} → {@code AdmissionJudge} → {@code ReviewWriter}, on worker threads;
 * {@code WebhookServer} bounds what comes in.
 */
package dev.millrace.operator.webhook;
