/**
 * How fast the admission webhook answers: {@code WebhookLoad} starts {@code WebhookProcess}, sends
 * the reviews of {@code MeasuredReviews} at a fixed rate ({@link dev.millrace.perf.load.OpenLoop})
 * and prints what came.
 */
package dev.millrace.perf.webhook;
