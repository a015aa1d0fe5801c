#!/usr/bin/env python3
"""Resident memory of an idle gateway, after exactly 20,000 requests, and after 200,000.

Usage: Benchmarks/memory.py [--early 20000] [--late 200000] [--connections 64]

Needs the release binary (make build) and Debian's nginx, which answers as the upstream. The requests are counted one by
one, and the memory is read when the last of them has been answered and the ledger has taken it.
"""

import argparse
import pathlib
import re
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import overhead as bench


def rss(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def free_port():
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return link.getsockname()[1]


def send(links, count):
    """Sends that many requests over the connections, each after the answer to the one before, and reads every answer."""
    body = bench.request_body().encode()
    request = (b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
               b"content-length: %d\r\n\r\n%s" % (len(body), body))
    selector = selectors.DefaultSelector()
    sent = answered = 0
    for link in links[:count]:
        selector.register(link, selectors.EVENT_READ, bytearray())
        link.sendall(request)
        sent += 1
    while answered < count:
        for key, _ in selector.select(30) or sys.exit("memory.py: no answer for 30 seconds"):
            key.data.extend(key.fileobj.recv(65536) or sys.exit("memory.py: the gateway closed a connection"))
            head = key.data.find(b"\r\n\r\n")
            if head < 0:
                continue
            length = int(re.search(rb"(?i)content-length: (\d+)", key.data[:head])[1])
            if len(key.data) < head + 4 + length:
                continue
            if not key.data.startswith(b"HTTP/1.1 200 "):
                sys.exit(f"memory.py: {key.data.decode(errors='replace')}")
            key.data.clear()
            answered += 1
            if sent < count:
                key.fileobj.sendall(request)
                sent += 1
    selector.close()


def settle(data, count):
    """Waits until the ledger has as many exchanges."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        report = subprocess.run([bench.BINARY, "report", "--by", "total", "--json", "--data", data],
                                capture_output=True, text=True)
        if f'"exchanges":{count}' in report.stdout.replace(" ", ""):
            return
        time.sleep(0.5)
    sys.exit(f"memory.py: the ledger has not {count} exchanges: {report.stdout}{report.stderr}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--early", type=int, default=20_000)
    options.add_argument("--late", type=int, default=200_000)
    options.add_argument("--connections", type=int, default=64)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        answer, port = bench.json.dumps(bench.ANSWER), free_port()
        upstream = bench.nginx(folder, "upstream", f"""server {{ listen 127.0.0.1:{port}; location / {{
            default_type application/json; return 200 '{answer}'; }} }}""", "0")
        pathlib.Path(folder, "farthing.yaml").write_text(f"""
providers:
  bench: {{ format: openai, base_url: "http://127.0.0.1:{port}/v1" }}
models:
  bench-small: {{ provider: bench, grade: 3, price: {{ input: 0.15, output: 0.60 }}, context: 128000 }}
routes:
  auto: {{ candidates: [bench-small] }}
""")
        data, port = f"{folder}/data", free_port()
        gateway = bench.start([bench.BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen",
                               f"127.0.0.1:{port}", "--data", data])
        try:
            time.sleep(2)
            print(f"idle: {rss(gateway.pid):.1f} MB")
            links = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(options.connections)]
            send(links, options.early)
            settle(data, options.early)
            early = rss(gateway.pid)
            print(f"after {options.early} requests: {early:.1f} MB", flush=True)
            send(links, options.late - options.early)
            settle(data, options.late)
            late = rss(gateway.pid)
            print(f"after {options.late} requests: {late:.1f} MB ({(late / early - 1) * 100:+.1f} %)")
        finally:
            for process in (gateway, upstream):
                process.send_signal(signal.SIGTERM)
                process.wait(10)


if __name__ == "__main__":
    main()
