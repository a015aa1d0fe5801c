#!/usr/bin/env python3
"""Whether a gateway decides as the replay says: recorded providers behind it, its cascade learned from the other parts.

Usage: Benchmarks/cascade.py bfcl|mmlu_pro [--prompts 2000] [--value 0.02] [--folds 5] [--differences 20]

Needs the release binary (make build), the Python environment of the tests (Scripts/python-environment) and ../shared/data. For each part a
predictor with a cascade is trained on the others (`farthing train --cascade 3 --fold K`), a gateway serves with it, and the part's prompts are sent
through OpenAI's SDK by 16 clients. Each exchange is held against what `farthing replay --cascade 3 --choices` did with the same prompt: whom
it asked, whose answer it took, and what that cost by the list of prices.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
import harness
harness.BINARY = ROOT / ".build" / "release" / "farthing"
import test_recordings as recordings
recordings.BINARY = harness.BINARY
from harness import Process, environment

DATA = recordings.DATA
POOLS = {
    "bfcl": (["gpt-4o-mini-2024-07-18-FC", "gpt-4o-mini-2024-07-18", "claude-3-haiku-20240307", "gpt-4o-2024-08-06-FC",
              "claude-3-5-sonnet-20240620"], "claude-3-5-sonnet-20240620", ["--prices", DATA / "prices.bfcl.json"]),
    "mmlu_pro": (["gemini-1.5-flash-002", "Meta-Llama-3_1-70B-Instruct", "Meta-Llama-3_1-8B-Instruct", "gemini-1.5-pro-002",
                  "gpt-4o"], "gpt-4o", ["--tokens", DATA / "mmlu_pro.tokens.jsonl.gz", "--prices",
                                        DATA / "prices.zeroeval_mmlu_pro.json"]),
}


def farthing(*arguments):
    done = subprocess.run([str(harness.BINARY), *map(str, arguments)], capture_output=True, text=True, env=environment())
    if done.returncode:
        sys.exit(f"cascade.py: farthing {arguments[0]}: {done.stderr}")
    return done.stdout


def serve(name, folder, predictor, value, ask):
    """Runs a gateway with that predictor before the recorded answers, has it asked, and returns what became of each exchange."""
    models, baseline, arguments = POOLS[name]
    rehearse = ["rehearse", "--recordings", DATA / f"{name}.jsonl.gz", *arguments, "--models", ",".join(models)]
    with Process(*rehearse, "--listen", "127.0.0.1:0") as provider:
        config = farthing(*rehearse, "--listen", f"127.0.0.1:{provider.port}", "--print-config")
        config = config[:config.index("routes:")] if "routes:" in config else config
        path = pathlib.Path(folder, "farthing.yaml")
        path.write_text(config + f"predictor: {predictor}\nroutes:\n  auto: {{candidates: [{', '.join(models)}], "
                        f"baseline: {baseline}, value: ${value}}}\n")
        with Process("serve", "--config", path, "--listen", "127.0.0.1:0", "--data", f"{folder}/data") as gateway:
            asked = ask(gateway)
            if gateway.stop():
                sys.exit(f"cascade.py: {gateway.output()}")
    with sqlite3.connect(f"{folder}/data/ledger.sqlite") as ledger:
        calls = collections.defaultdict(list)
        for exchange, model, cost in ledger.execute(
                "SELECT e.id, a.model, a.cost FROM exchange e JOIN attempt a ON a.exchange = e.row ORDER BY e.row, a.number"):
            calls[exchange].append((model, cost))
        delivered = dict(ledger.execute("SELECT id, delivered_model FROM exchange"))
    return {row: (calls[exchange], delivered[exchange]) for row, exchange in asked.items()}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("set", choices=POOLS)
    options.add_argument("--prompts", type=int, default=2000)
    options.add_argument("--value", type=float, default=0.02)
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--differences", type=int, default=0, help="how many prompts to name of which the calls differ")
    options = options.parse_args()
    import openai
    models, baseline, arguments = POOLS[options.set]
    file = DATA / f"{options.set}.jsonl.gz"
    common = [file, *arguments, "--models", ",".join(models), "--cascade", 3, "--folds", options.folds]
    counts, dollars, right, others = collections.Counter(), [0.0, 0.0], [0.0, 0.0], []
    with tempfile.TemporaryDirectory() as folder:
        farthing("replay", *common, "--baseline", baseline, "--value", options.value, "--choices", f"{folder}/choices", "--json")
        choices = {c["id"]: c for c in map(json.loads, open(f"{folder}/choices"))}
        rows = [row for row in recordings.rows(options.set) if row["id"] in choices][:options.prompts]
        for part in range(1, options.folds + 1):
            own = [row for row in rows if choices[row["id"]]["part"] == part]
            farthing("train", *common, "--fold", part, "--out", f"{folder}/predictor.bin")

            def ask(gateway):
                client = openai.OpenAI(base_url=gateway.url + "/v1", api_key="unused", max_retries=0, timeout=120)

                def one(row):
                    more = {"tools": recordings.tools(row)} if row.get("tools") else {}
                    raw = client.chat.completions.with_raw_response.create(
                        model="auto", messages=[{"role": "user", "content": row["prompt"]}], **more)
                    return row["id"], raw.headers["x-farthing-id"]

                with concurrent.futures.ThreadPoolExecutor(16) as clients:
                    return dict(clients.map(one, own))

            with tempfile.TemporaryDirectory() as place:
                served = serve(options.set, place, f"{folder}/predictor.bin", options.value, ask)
            for row in own:
                choice, (calls, delivered) = choices[row["id"]], served[row["id"]]
                counts["prompts"] += 1
                counts["same first"] += calls[0][0] == choice["calls"][0]
                counts["same calls"] += [model for model, _ in calls] == choice["calls"]
                if [model for model, _ in calls] != choice["calls"]:
                    others.append(f"{row['id']}: gateway {[model for model, _ in calls]}, replay {choice['calls']}")
                counts["same answer"] += delivered == choice["delivered"]
                paid = sum(cost for _, cost in calls) / 1e9
                counts["same dollars"] += abs(paid - choice["cost"]) < 2e-9 * len(calls)
                dollars[0] += paid
                dollars[1] += choice["cost"]
                right[0] += row["outcomes"][delivered]["score"]
                right[1] += choice["score"]
    total = counts.pop("prompts")
    print(f"{options.set}, {total} prompts, {options.folds} parts, a right answer worth ${options.value}")
    print("".join(f"{name}: {count} ({count / total:.1%})\n" for name, count in counts.items()), end="")
    print("".join(f"{other}\n" for other in others[:options.differences]), end="")
    print(f"gateway ${dollars[0]:.4f}, {right[0] / total:.1%} right; replay ${dollars[1]:.4f}, {right[1] / total:.1%} right")


if __name__ == "__main__":
    main()
