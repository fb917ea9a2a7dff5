-- serve.lua: for wrk: asks for the paths of a file in turn, with or without
-- gzip, and prints one line that serve.sh reads.
--   wrk ... -s serve.lua URL -- PATHS identity|gzip
local requests = {}
local at = 0

function init(args)
  if args[2] == "gzip" then
    wrk.headers["Accept-Encoding"] = "gzip"
  end
  for line in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", line)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  print(string.format("RESULT %d %d %d %.0f %.0f %.0f %d", summary.requests,
    summary.duration, summary.bytes, latency:percentile(50),
    latency:percentile(99), latency:percentile(99.9), failed))
  if failed > 0 then -- wrk gives up on an answer after two seconds
    io.stderr:write(string.format("  failed: %d connect, %d read, %d write, "
      .. "%d status, %d timeout; the slowest took %d us\n", e.connect, e.read,
      e.write, e.status, e.timeout, latency.max))
  end
end
