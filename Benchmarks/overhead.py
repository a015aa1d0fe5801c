#!/usr/bin/env python3
"""CPU per request of the gateway, beside nginx's proxy_pass before the same upstream, in one run.

Usage: Benchmarks/overhead.py [--rounds 5] [--seconds 2] [--connections 16,64]

Needs the release binary (make build) and Debian's nginx and wrk. The upstream is a second nginx that answers every
request with one recorded-shape chat completion. Gateway and proxy take turns under the same load, pinned to one core, the load and the
upstream to the other; what is compared is the process's own CPU time (utime + stime of /proc/PID/stat) per request. The gateway routes and
writes its ledger as always; `farthing` looks at each answer, `unchecked` is a route of the same gateway with `checks: off`.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = pathlib.Path(os.environ.get("FARTHING_BINARY", ROOT / ".build" / "release" / "farthing"))
UPSTREAM, PROXY, GATEWAY = 18731, 18732, 18733

# An answer that will do: one that the gateway's checks reject would be asked for a second time.
SUMMARY = (
    "The supplier confirmed on 12 March that the first delivery of 4,200 housings leaves Rotterdam on 3 April and reaches the "
    "plant by 9 April; the second, of 3,800, follows four weeks later. Its price stays at 14.60 euros a piece until the end of "
    "September, after which both sides meet again in Utrecht to settle the volume for next year, the warranty of 24 months and "
    "who pays for the new moulds, estimated at 61,500 euros.")

ANSWER = {
    "id": "chatcmpl-bench", "object": "chat.completion", "created": 1755133856, "model": "bench-small",
    "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "message": {
        "role": "assistant", "refusal": None, "annotations": [], "content": SUMMARY}}],
    "usage": {"prompt_tokens": 210, "completion_tokens": 128, "total_tokens": 338,
              "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
              "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0}},
    "service_tier": "default", "system_fingerprint": "fp_bench"}

NGINX = """worker_processes 1; daemon off; pid {folder}/{name}.pid; error_log {folder}/{name}.log warn;
events {{ worker_connections 4096; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; keepalive_requests 1000000000; keepalive_timeout 600s;
  client_body_buffer_size 256k; client_max_body_size 16m; {body} }}
"""

PROMPT = ("Summarise the following note for a colleague in two sentences and keep every date and amount as it is. " * 9)


def request_body(route="auto"):
    return json.dumps({"model": route, "temperature": 0.7, "max_tokens": 256, "messages": [
        {"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": PROMPT[:850]}]})


def start(command, **options):
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def nginx(folder, name, body, core):
    path = pathlib.Path(folder, f"{name}.conf")
    path.write_text(NGINX.format(folder=folder, name=name, body=body))
    return start(["taskset", "-c", core, shutil.which("nginx") or "/usr/sbin/nginx", "-p", folder, "-c", path])


def tree(pid):
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *[p for child in children for p in tree(int(child))]]


def cpu_parts(pid):
    """Seconds in the program and in the kernel."""
    user = kernel = 0
    for p in tree(pid):
        fields = pathlib.Path(f"/proc/{p}/stat").read_text().rsplit(")", 1)[1].split()
        user += int(fields[11])
        kernel += int(fields[12])
    return user / os.sysconf("SC_CLK_TCK"), kernel / os.sysconf("SC_CLK_TCK")


def cpu(pid):
    return sum(cpu_parts(pid))


def load(port, connections, seconds, script):
    done = subprocess.run(
        ["taskset", "-c", "0", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script,
         f"http://127.0.0.1:{port}/v1/chat/completions"], capture_output=True, text=True)
    found = re.search(r"RESULT n=(\d+) bad=(\d+) p50=(\d+) p99=(\d+)", done.stdout)
    if not found:
        sys.exit(f"wrk: {done.stdout}{done.stderr}")
    return map(int, found.groups())


def post(folder, route):
    """The load's script for a route."""
    script = pathlib.Path(folder, f"{route}.lua")
    script.write_text(f"""wrk.method = "POST"; wrk.body = [==[{request_body(route)}]==]
wrk.headers["Content-Type"] = "application/json"
done = function(s, l) io.write(string.format("RESULT n=%d bad=%d p50=%d p99=%d\\n", s.requests,
  s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout + s.errors.status, l:percentile(50), l:percentile(99))) end
""")
    return script


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=2)
    options.add_argument("--connections", default="16,64")
    options = options.parse_args()
    for needed in ("nginx", "wrk", "taskset"):
        if not shutil.which(needed, path=os.environ["PATH"] + ":/usr/sbin"):
            sys.exit(f"overhead.py: {needed} is missing: apt-get install nginx-light wrk util-linux")
    if not BINARY.exists():
        sys.exit("overhead.py: there is no release binary: make build")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        answer = json.dumps(ANSWER).replace("'", "")
        upstream = nginx(folder, "upstream", f"""server {{ listen 127.0.0.1:{UPSTREAM}; location / {{
            default_type application/json; return 200 '{answer}'; }} }}""", "0")
        proxy = nginx(folder, "proxy", f"""upstream u {{ server 127.0.0.1:{UPSTREAM}; keepalive 300; keepalive_requests 1000000000; }}
            server {{ listen 127.0.0.1:{PROXY}; location / {{ proxy_pass http://u; proxy_http_version 1.1;
            proxy_set_header Connection ""; }} }}""", "1")
        pathlib.Path(folder, "farthing.yaml").write_text(f"""
providers:
  bench: {{ format: openai, base_url: "http://127.0.0.1:{UPSTREAM}/v1" }}
models:
  bench-small: {{ provider: bench, grade: 3, price: {{ input: 0.15, output: 0.60 }}, context: 128000 }}
  bench-large: {{ provider: bench, grade: 5, price: {{ input: 2.50, output: 10.00 }}, context: 128000 }}
routes:
  auto: {{ candidates: [bench-small, bench-large] }}
  unchecked: {{ candidates: [bench-small, bench-large], checks: off }}
""")
        gateway = start(["taskset", "-c", "1", BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen",
                         f"127.0.0.1:{GATEWAY}", "--data", f"{folder}/data"])
        looked, unlooked = (post(folder, route) for route in ("auto", "unchecked"))
        time.sleep(1.5)
        try:
            for connections in options.connections.split(","):
                rows = {"nginx": [], "farthing": [], "unchecked": []}
                for turn in range(options.rounds + 1):
                    for name, process, port, script in (
                            ("nginx", proxy, PROXY, looked), ("farthing", gateway, GATEWAY, looked),
                            ("unchecked", gateway, GATEWAY, unlooked)):
                        before = cpu_parts(process.pid)
                        n, bad, p50, p99 = load(port, connections, options.seconds, script)
                        user, kernel = ((now - then) / max(n, 1) * 1e6 for now, then in zip(cpu_parts(process.pid), before))
                        if bad:
                            sys.exit(f"overhead.py: {name} failed {bad} of {n} requests")
                        if turn:
                            rows[name].append((user + kernel, user, kernel, n / options.seconds, p50, p99))
                median = {k: [statistics.median(c) for c in zip(*v)] for k, v in rows.items()}
                for name, (spent, user, kernel, rate, p50, p99) in median.items():
                    print(f"{connections:>4} connections  {name:9} {spent:7.1f} us CPU/request ({user:.1f} program,"
                          f" {kernel:.1f} kernel)  {rate:8.0f} requests/s  p50 {p50:.0f} us  p99 {p99:.0f} us")
                for name in ("farthing", "unchecked"):
                    ratios = sorted(f[0] / n[0] for f, n in zip(rows[name], rows["nginx"]))
                    print(f"{connections:>4} connections  {name:9} takes {statistics.median(ratios):.2f}"
                          f" ({ratios[0]:.2f} to {ratios[-1]:.2f}) times nginx's CPU per request", flush=True)
        finally:
            for process in (gateway, proxy, upstream):
                process.send_signal(signal.SIGTERM)
            for process in (gateway, proxy, upstream):
                process.wait(10)


if __name__ == "__main__":
    main()
