/**
 * The direct baseline: the measured shapes written by hand in Vert.x, with no engine. It is what
 * Millrace's cost is compared with, so it must stay as good as an engineer would ship it: pooled
 * client, time-outs, status and body checks, one event loop per execution.
 */
package dev.millrace.perf.direct;
