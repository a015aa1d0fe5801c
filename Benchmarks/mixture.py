#!/usr/bin/env python3
"""A load of many kinds at once: both formats, whole and streamed, with tools and turns, from one line to two thousand words.

Usage: Benchmarks/mixture.py [--seconds 10] [--connections 16]

Needs the release binary (make build), or the one that FARTHING_BINARY names, and Debian's nginx and wrk. It prints what the gateway,
pinned to one core, did in that time; any request that fails ends it with status 1.
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile
import time

import overhead as bench

UPSTREAM, GATEWAY = 18741, 18742

TASKS = [
    "What is {n} times {m}? Show each step and end with the result.",
    "Translate into German, and keep the names: The carrier from lane {n} delivers {m} parcels before noon.",
    "Which of these is a fruit: (A) carrot {n} (B) plum (C) leek {m} (D) kale? Answer with the letter.",
    "Write a Python function f(x) that returns the {n}th multiple of x, and test it with {m}.",
    "Here is a complaint: 'Order {n} came {m} days late and the lid was cracked!' Is its tone angry, neutral or pleased?",
    "Extract invoice number and amount as JSON: 'Invoice {n}, due 3 May, total EUR {m}.40, VAT included.'",
    "My colleague writes: 'we was going to ship {n} unit at monday'. Correct the grammer, nothing else.",
    "Why does a heap need only {n} % of the comparisons that sorting {m} keys needs, if the smallest few are wanted?",
]
FILLER = "The second paragraph repeats what was agreed in March, names those who were there, and asks for an answer by Friday. "
TOOL = {"type": "function", "function": {"name": "look_up", "description": "Finds an order by its number.", "parameters": {
    "type": "object", "properties": {"order": {"type": "integer"}, "detail": {"enum": ["short", "long"]}}, "required": ["order"]}}}

MESSAGE = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [{"type": "text", "text": bench.SUMMARY}],
           "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 210, "output_tokens": 128}}


def pieces():
    """Of an answer; so many that a stream of them is no longer than what nginx takes in one text."""
    words = bench.SUMMARY.split(" ")
    return [" ".join(words[at:at + 9]) + " " for at in range(0, len(words), 9)]


def chat_stream():
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1755133856, "model": "m"}
    deltas = [{"role": "assistant", "content": ""}, *({"content": piece} for piece in pieces())]
    chunks = [dict(head, choices=[{"index": 0, "delta": delta, "finish_reason": None}]) for delta in deltas]
    chunks.append(dict(head, choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}]))
    chunks.append(dict(head, choices=[], usage={"prompt_tokens": 210, "completion_tokens": 128, "total_tokens": 338}))
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


def message_stream():
    events = [{"type": "message_start", "message": dict(MESSAGE, content=[], stop_reason=None)},
              {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
              *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": piece}} for piece in pieces()),
              {"type": "content_block_stop", "index": 0},
              {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 128}},
              {"type": "message_stop"}]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)


def requests():
    """Paths and bodies."""
    for number in range(96):
        text = TASKS[number % len(TASKS)].format(n=number * 7 + 3, m=number * 13 + 11)
        text += " " + FILLER * (0, 0, 1, 2, 4, 0, 8, 40)[number * 5 % 8]
        turns = [{"role": "user", "content": text}]
        if number % 3 == 0:
            turns = [{"role": "user", "content": "Good morning."}, {"role": "assistant", "content": "Good morning!"}, *turns]
        streamed = number % 4 == 1
        route = ("streamed" if streamed else "whole") + ("", "-bare", "-claude")[number % 3]
        body = {"model": route, "max_tokens": 256, "messages": turns}
        if streamed:
            body["stream"] = True
        if number % 2:
            body["system"] = "You are the assistant of a small wholesaler."
            yield "/v1/messages", body
            continue
        if number % 10 == 4:
            body["tools"] = [TOOL]
        yield "/v1/chat/completions", dict(body, temperature=0.2)


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "").replace("$", "") + "'"


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--connections", type=int, default=16)
    options = options.parse_args()
    answers = {"/whole/v1/chat/completions": (json.dumps(bench.ANSWER), "application/json"),
               "/streamed/v1/chat/completions": (chat_stream(), "text/event-stream"),
               "/whole/v1/messages": (json.dumps(MESSAGE), "application/json"),
               "/streamed/v1/messages": (message_stream(), "text/event-stream")}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        locations = "".join(f"location {path} {{ default_type {kind}; return 200 {quoted(answer)}; }}\n"
                            for path, (answer, kind) in answers.items())
        upstream = bench.nginx(folder, "upstream", f"server {{ listen 127.0.0.1:{UPSTREAM}; {locations} }}", "0")
        at = f"http://127.0.0.1:{UPSTREAM}"
        pathlib.Path(folder, "farthing.yaml").write_text("providers:\n" + "".join(
            f'  {way}: {{ format: openai, base_url: "{at}/{way}/v1" }}\n  {way}-claude: {{ format: anthropic, base_url: "{at}/{way}" }}\n'
            for way in ("whole", "streamed")) + "models:\n" + "".join(
            f"  {way}{kind}-{size}: {{ provider: {way}{kind}, grade: {grade}, price: {{ input: {grade}, output: {grade * 4} }}, "
            "context: 128000, capabilities: [tools] }\n" for way in ("whole", "streamed") for kind in ("", "-claude")
            for size, grade in (("small", 3), ("large", 5))) + "routes:\n" + "".join(
            f"  {way}{kind}: {{ candidates: [{way}{kind.replace('-bare', '')}-small, {way}{kind.replace('-bare', '')}-large]"
            f"{', checks: off' if kind == '-bare' else ''} }}\n" for way in ("whole", "streamed") for kind in ("", "-bare", "-claude")))
        gateway = bench.start(["taskset", "-c", "1", bench.BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen",
                               f"127.0.0.1:{GATEWAY}", "--data", f"{folder}/data"])
        script = pathlib.Path(folder, "mixture.lua")
        script.write_text("local all = {" + ",\n".join(f"{{'{path}', [==[{json.dumps(body)}]==]}}" for path, body in requests()) + """}
            local next = 0
            request = function()
              next = next % #all + 1
              return wrk.format("POST", all[next][1], {["Content-Type"] = "application/json"}, all[next][2])
            end
            done = function(s, l) io.write(string.format("RESULT n=%d bad=%d p50=%d p99=%d\\n", s.requests,
              s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout + s.errors.status, l:percentile(50), l:percentile(99))) end
            """)
        time.sleep(1.5)
        try:
            before = bench.cpu(gateway.pid)
            n, bad, p50, p99 = bench.load(GATEWAY, options.connections, options.seconds, script)
            print(f"{n} requests, {bad} of them failed; {(bench.cpu(gateway.pid) - before) / max(n, 1) * 1e6:.1f} us CPU/request,"
                  f" p50 {p50} us, p99 {p99} us")
            if bad:
                sys.exit(1)
        finally:
            for process in (gateway, upstream):
                process.send_signal(signal.SIGTERM)
            for process in (gateway, upstream):
                process.wait(30)


if __name__ == "__main__":
    main()
