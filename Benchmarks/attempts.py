#!/usr/bin/env python3
"""CPU that an attempt of a cascade takes of the gateway: answers that are looked at and rejected, beside calls that are only refused.

Usage: Benchmarks/attempts.py [--rounds 5] [--seconds 2] [--connections 16]

Needs the release binary (make build), MeasureChecks beside it (swift build -c release --product MeasureChecks), Debian's nginx and wrk. Three
routes ask one, two and three models; all answers but the last are cut off at the provider's limit and are rejected. Three more ask as many, of which
all but the last refuse the call (status 401) with as many bytes as an answer has: what an upstream call, its intent, its record and the way to the next
candidate cost without an answer to look at. All take turns under the same load, pinned as in overhead.py. The cascade's own part of an attempt is

    (slope by rejected answers) - (slope by refused calls) - (what checks take of the rejected answer)

with slopes by CPU per request over the number of attempts, and the checks' time as MeasureChecks finds it for the same prompt and answer (p50).
"""

import argparse
import gzip
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from overhead import ANSWER, BINARY, PROMPT, SUMMARY, cpu, load, nginx, request_body, start

UPSTREAM, GATEWAY = 18741, 18743
CASES = ["off"] + [f"{kind}-{count}" for kind in ("rejected", "refused") for count in (1, 2, 3)]
CLASSES = ("code maths extraction classification summarisation rewriting translation creative factual reasoning support "
           "conversation agentic unknown").split()


def configuration():
    """Models of rising grade and price, so that a route's candidates are asked in their order."""
    providers = "".join(f"  {name}: {{ format: openai, base_url: 'http://127.0.0.1:{UPSTREAM}/{name}/v1' }}\n"
                        for name in ("rejected", "refused", "good"))
    models = "".join(
        f"  {kind}{place}: {{ provider: {kind}, grade: {place}, price: {{ input: {place / 10}, output: {place / 5} }}, context: 128000 }}\n"
        for kind in ("rejected", "refused") for place in (1, 2))
    grades = "{" + ", ".join(f"{name}: 1" for name in CLASSES) + "}"
    routes = "".join(
        f"  {kind}-{count}: {{ candidates: [{', '.join([f'{kind}{place}' for place in range(1, count)] + ['good'])}], grades: {grades} }}\n"
        for kind in ("rejected", "refused") for count in (1, 2, 3))
    return (f"providers:\n{providers}models:\n{models}"
            f"  good: {{ provider: good, grade: 5, price: {{ input: 2.5, output: 10 }}, context: 128000 }}\nroutes:\n{routes}")


def bodies():
    """What the three upstreams answer: as many bytes each, or nearly."""
    cut = json.loads(json.dumps(ANSWER))
    # Other models use other words.
    cut["choices"][0]["message"]["content"] = " ".join(reversed(SUMMARY.split()))
    cut["choices"][0]["finish_reason"] = "length"
    refused = {"error": {"message": "no such key " + "x" * (len(json.dumps(ANSWER)) - 70), "type": "authentication_error", "code": None}}
    return {"good": (200, ANSWER), "rejected": (200, cut), "refused": (401, refused)}


def script(case):
    body = json.loads(request_body())
    # With a limit of the client's own an answer that is cut off would do.
    del body["max_tokens"]
    body["model"] = "good" if case == "off" else case
    pinned = 'wrk.headers["x-farthing-route"] = "off"' if case == "off" else ""
    return f"""wrk.method = "POST"; wrk.body = [==[{json.dumps(body)}]==]
wrk.headers["Content-Type"] = "application/json"
{pinned}
done = function(s, l) io.write(string.format("RESULT n=%d bad=%d p50=%d p99=%d\\n", s.requests,
  s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout + s.errors.status, l:percentile(50), l:percentile(99))) end
"""


def checks_time(folder):
    """Microseconds that all checks take of the prompt and the rejected answer."""
    tool = BINARY.parent / "MeasureChecks"
    if not tool.exists():
        sys.exit("attempts.py: there is no MeasureChecks: swift build -c release --static-swift-stdlib --product MeasureChecks")
    row = json.dumps({"prompt": PROMPT[:850], "outcomes": {"m": {"score": 1, "response": SUMMARY}}}) + "\n"
    for name in ("mmlu_pro", "zeroeval", "routerbench", "bfcl"):
        with gzip.open(pathlib.Path(folder, f"{name}.jsonl.gz"), "wt") as file:
            file.write(row * 5000)
    done = subprocess.run(["taskset", "-c", "1", str(tool), folder], capture_output=True, text=True)
    return statistics.median(float(found) for found in re.findall(r"p50 +([\d.]+)", done.stdout))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=2)
    options.add_argument("--connections", type=int, default=16)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        places = "".join(
            "location /%s/ { default_type application/json; return %d '%s'; }" % (name, status, json.dumps(body).replace("'", ""))
            for name, (status, body) in bodies().items())
        upstream = nginx(folder, "upstream", f"server {{ listen 127.0.0.1:{UPSTREAM}; {places} }}", "0")
        pathlib.Path(folder, "farthing.yaml").write_text(configuration())
        gateway = start(["taskset", "-c", "1", BINARY, "serve", "--config", f"{folder}/farthing.yaml", "--listen",
                         f"127.0.0.1:{GATEWAY}", "--data", f"{folder}/data"])
        for case in CASES:
            pathlib.Path(folder, f"{case}.lua").write_text(script(case))
        time.sleep(1.5)
        spent = {case: [] for case in CASES}
        try:
            for turn in range(options.rounds + 1):
                for case in CASES:
                    before = cpu(gateway.pid)
                    n, bad, *_ = load(GATEWAY, options.connections, options.seconds, pathlib.Path(folder, f"{case}.lua"))
                    if bad or not n:
                        sys.exit(f"attempts.py: {case}: {bad} of {n} requests failed")
                    if turn:
                        spent[case].append((cpu(gateway.pid) - before) / n * 1e6)
        finally:
            for process in (gateway, upstream):
                process.send_signal(signal.SIGTERM)
            for process in (gateway, upstream):
                process.wait(10)
        checks = checks_time(folder)
    for case in CASES:
        print(f"{case:11} {statistics.median(spent[case]):7.1f} us CPU/request ({min(spent[case]):.1f} to {max(spent[case]):.1f})")
    slopes = {kind: [(three - one) / 2 for one, three in zip(spent[f"{kind}-1"], spent[f"{kind}-3"])] for kind in ("rejected", "refused")}
    for kind, slope in slopes.items():
        print(f"an attempt more, {kind}: {statistics.median(slope):.1f} us ({min(slope):.1f} to {max(slope):.1f})")
    own = sorted(a - b - checks for a, b in zip(slopes["rejected"], slopes["refused"]))
    print(f"checks: {checks:.1f} us; the cascade's own part: {statistics.median(own):.1f} us ({own[0]:.1f} to {own[-1]:.1f})")


if __name__ == "__main__":
    main()
