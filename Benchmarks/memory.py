#!/usr/bin/env python3
"""Resident memory of an idle gateway, and between request 20,000 and 200,000.

Usage: Benchmarks/memory.py [--requests 200000]. Needs the release binary (make build) and Debian's nginx and wrk.
"""

import argparse
import pathlib
import re
import signal
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import overhead as bench


def rss(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=200_000)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        answer = bench.json.dumps(bench.ANSWER)
        upstream = bench.nginx(folder, "upstream", f"""server {{ listen 127.0.0.1:{bench.UPSTREAM}; location / {{
            default_type application/json; return 200 '{answer}'; }} }}""", "0")
        pathlib.Path(folder, "farthing.yaml").write_text(f"""
providers:
  bench: {{ format: openai, base_url: "http://127.0.0.1:{bench.UPSTREAM}/v1" }}
models:
  bench-small: {{ provider: bench, grade: 3, price: {{ input: 0.15, output: 0.60 }}, context: 128000 }}
routes:
  auto: {{ candidates: [bench-small] }}
""")
        gateway = bench.start([bench.BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen",
                               f"127.0.0.1:{bench.GATEWAY}", "--data", f"{folder}/data"])
        script = pathlib.Path(folder, "post.lua")
        script.write_text(f"""wrk.method = "POST"; wrk.body = [==[{bench.request_body()}]==]
wrk.headers["Content-Type"] = "application/json"
done = function(s, l) io.write(string.format("RESULT n=%d bad=%d p50=%d p99=%d\\n", s.requests,
  s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout + s.errors.status, l:percentile(50), l:percentile(99))) end
""")
        try:
            time.sleep(2)
            print(f"idle: {rss(gateway.pid):.1f} MB")
            sent, early = 0, None
            while sent < options.requests:
                n, bad, _, _ = bench.load(bench.GATEWAY, 64, 1, script)
                sent += n
                if early is None and sent >= options.requests / 10:
                    early = rss(gateway.pid)
                    print(f"after {sent} requests: {early:.1f} MB", flush=True)
            late = rss(gateway.pid)
            print(f"after {sent} requests: {late:.1f} MB ({(late / early - 1) * 100:+.1f} %)")
        finally:
            for process in (gateway, upstream):
                process.send_signal(signal.SIGTERM)
                process.wait(10)


if __name__ == "__main__":
    main()
