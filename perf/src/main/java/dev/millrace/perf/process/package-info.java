/**
 * The processes of a run and what Linux tells about them: {@link dev.millrace.perf.process.Bench}
 * starts upstream, PostgreSQL and Millrace the way every measuring command wants them, each a
 * {@link dev.millrace.perf.process.Program} on 127.0.0.1, and ends them again. Knows nothing of
 * loads and judgements.
 */
package dev.millrace.perf.process;
