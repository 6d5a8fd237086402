/**
 * How fast the admission webhook answers: {@code WebhookLoad} starts {@code WebhookProcess}, sends
 * the reviews of {@code MeasuredReviews} at a fixed rate ({@code OpenLoop}) and prints what came.
 */
package dev.millrace.perf.webhook;
