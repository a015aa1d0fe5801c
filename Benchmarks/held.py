#!/usr/bin/env python3
"""Resident memory of a gateway that holds a thousand streams of 100 KB back at once.

Usage: Benchmarks/held.py [--streams 1000] [--kilobytes 100]

Needs the release binary (make build). The upstream sends each stream up to its end mark and waits until the gateway has read them all; the
memory is read then, and once more when all have been delivered.
"""

import argparse
import asyncio
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from memory import free_port, rss
from overhead import BINARY

WORDS = "the quick brown fox jumps over a lazy dog while seven wizards mix black quartz potions in old jars".split()


def chunk(text, finish=None):
    return b"data: " + json.dumps({
        "id": "chatcmpl-held", "object": "chat.completion.chunk", "created": 1, "model": "held",
        "choices": [{"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}]}).encode() + b"\n\n"


def body(size):
    """Events of that many bytes together, four letters of text or so in each, as providers send them."""
    events, total = [], 0
    while total < size:
        events.append(chunk(WORDS[len(events) * 7 % 19] + f"{len(events)} "))
        total += len(events[-1])
    return b"".join(events)


async def head(reader):
    length = 0
    while (line := await reader.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return await reader.readexactly(length)


async def measure(options, folder):
    opened, release, sent = asyncio.Semaphore(0), asyncio.Event(), body(options.kilobytes * 1000)

    async def serve(reader, writer):
        await head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n" + sent)
        await writer.drain()
        opened.release()
        await release.wait()
        writer.write(chunk("", "stop") + b"data: [DONE]\n\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=2048)
    port, upstream = free_port(), server.sockets[0].getsockname()[1]
    pathlib.Path(folder, "farthing.yaml").write_text(f"""
providers:
  held: {{ format: openai, base_url: "http://127.0.0.1:{upstream}/v1" }}
models:
  held: {{ provider: held, grade: 3, price: {{ input: 0.15, output: 0.60 }} }}
routes:
  auto: {{ candidates: [held], delivery: held, hold_headers: 60s }}
""")
    gateway = subprocess.Popen([BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen", f"127.0.0.1:{port}",
                                "--data", f"{folder}/data"], stdout=subprocess.DEVNULL)
    try:
        await asyncio.sleep(1)
        idle = rss(gateway.pid)
        request = json.dumps({"model": "auto", "stream": True, "messages": [{"role": "user", "content": "Tell me."}]}).encode()

        async def ask():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                         b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(request), request))
            received = 0
            while part := await reader.read(1 << 16):
                received += len(part)
            writer.close()
            return received

        asks = [asyncio.create_task(ask()) for _ in range(options.streams)]
        for _ in asks:
            await opened.acquire()
        held = rss(gateway.pid)
        while True:  # What is in the sockets yet comes too.
            await asyncio.sleep(0.5)
            if (now := rss(gateway.pid)) <= held * 1.005:
                break
            held = now
        release.set()
        received = await asyncio.gather(*asks)
        if min(received) < options.kilobytes * 1000:
            sys.exit("held.py: a stream was not delivered whole")
        megabytes = options.streams * len(sent) / 1e6
        print(f"{options.streams} streams of {len(sent) / 1000:.0f} KB: idle {idle:.0f} MB, held {held:.0f} MB, "
              f"delivered {rss(gateway.pid):.0f} MB; {(held - idle) * 1.048576 / megabytes:.1f} bytes for each that was held")
    finally:
        gateway.terminate()
        gateway.wait()
        server.close()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--streams", type=int, default=1000)
    options.add_argument("--kilobytes", type=int, default=100)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options.parse_args(), folder))


if __name__ == "__main__":
    main()
