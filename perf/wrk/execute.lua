-- Drives one shape on either contestant. The body comes from a file; the request never changes,
-- so wrk builds it once. There is no response() on purpose: it would cost wrk more than it measures.
wrk.method = "POST"
local file = assert(io.open(os.getenv("PERF_BODY_FILE"), "rb"))
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"

-- One line of JSON for dev.millrace.perf.compare.LoadResult.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'perf-result {"requests":%d,"micros":%d,"p50Micros":%d,"p99Micros":%d,"p999Micros":%d,' ..
    '"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
    errors.connect, errors.read, errors.write, errors.status, errors.timeout))
end
