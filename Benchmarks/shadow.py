#!/usr/bin/env python3
"""A gateway that starts cold and compares a fifth of its answers with the baseline's: dollars, accuracy, certificate; then the subject changes.

    Benchmarks/shadow.py [--seed 1] [--share 20%] [--quality "within 5 points of large"] [--plot Docs/shadow.svg]

Recorded answers of mmlu_pro, zeroeval, bfcl and routerbench (../shared/data) stand behind the gateway under three names: `small`, `medium` and
`large` are, in each set, a cheap, a middling and the strongest model of its pool, at one price for all sets. The first part of the
traffic mixes the first three sets in the order of the seed; the second is routerbench alone. Nobody tells the gateway what is right.
"""

import argparse
import collections
import concurrent.futures
import gzip
import json
import os
import pathlib
import random
import re
import sqlite3
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks"))
from learning import BLOCK, DATA, line, mean  # noqa: E402
from harness import Process, http, run  # noqa: E402

POOLS = {
    "mmlu_pro": ("gemini-1.5-flash-002", "gemini-1.5-pro-002", "gpt-4o"),
    "zeroeval": ("gpt-4o-mini-2024-07-18", "Meta-Llama-3.1-405B-Instruct@hyperbolic", "gpt-4o-2024-08-06"),
    "bfcl": ("gpt-4o-mini-2024-07-18-FC", "gpt-4o-2024-08-06-FC", "claude-3-5-sonnet-20240620"),
    "routerbench": ("mistralai/mixtral-8x7b-chat", "gpt-3.5-turbo-1106", "gpt-4-1106-preview"),
}
NAMES = ("small", "medium", "large")
# Dollars for a million tokens.
PRICES = {"small": (0.15, 0.6), "medium": (1.25, 5), "large": (2.5, 10)}
SECOND = "routerbench"


def rows_of(name):
    """Rows with answers of the three, under their common names, one for each prompt."""
    counted = {}
    tokens = DATA / f"{name}.tokens.jsonl.gz"
    if tokens.exists():
        with gzip.open(tokens, "rt") as lines:
            counted = {row["id"]: row for row in map(json.loads, lines)}
    seen = set()
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt") as lines:
        for row in map(json.loads, lines):
            found = [row["outcomes"].get(model) for model in POOLS[name]]
            if row["prompt"] in seen or not all(one and "response" in one for one in found):
                continue
            seen.add(row["prompt"])
            outcomes = {}
            for common, model, one in zip(NAMES, POOLS[name], found):
                count = counted.get(row["id"], {})
                outcomes[common] = {
                    "score": one["score"], "response": one["response"],
                    "input_tokens": one.get("input_tokens") or count.get("prompt_tokens_cl100k") or len(row["prompt"]) // 4,
                    "output_tokens": one.get("output_tokens") or count.get("response_tokens_cl100k", {}).get(model)
                    or len(json.dumps(one["response"])) // 4 or 1}
            yield {"id": row["id"], "set": name, "prompt": row["prompt"], "tools": row.get("tools"), "outcomes": outcomes}


def cost(row, model):
    one, price = row["outcomes"][model], PRICES[model]
    return (one["input_tokens"] * price[0] + one["output_tokens"] * price[1]) / 1e6


def request(row):
    body = {"model": "auto", "messages": [{"role": "user", "content": row["prompt"]}]}
    if row["tools"]:
        body["tools"] = [{"type": "function", "function": tool} for tool in tools_of(row["tools"])]
    return body


def tools_of(tools):
    types = {"dict": "object", "float": "number", "tuple": "array", "any": "string"}

    def plain(value, key=None):
        if isinstance(value, dict):
            return {k: plain(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return types.get(value, value) if key == "type" else value
    tools = json.loads(tools) if isinstance(tools, str) else tools
    tools = [tools] if isinstance(tools, dict) else tools
    return [dict(plain(tool), name=re.sub(r"[^\w-]", "_", tool["name"])) for tool in tools]


def certificate(data):
    done = run("certificate", "--data", data, "--json")
    told = json.loads(done.stdout) if done.returncode == 0 else {"routes": [], "history": []}
    return (told["routes"] or [None])[0], told["history"]


def configuration(provider, options):
    models = "".join(
        f"  {name}: {{provider: recordings, grade: {place + 2}, price: {{input: {price[0]}, output: {price[1]}}}, "
        f"capabilities: [tools]}}\n" for place, (name, price) in enumerate(PRICES.items()))
    return (f"providers: {{recordings: {{format: openai, base_url: '{provider.url}/v1', models: []}}}}\nmodels:\n{models}"
            f"routes: {{auto: {{candidates: [small, medium, large], baseline: large, quality: {options.quality}, "
            f"shadow: {options.share}, escalate: off}}}}\n")


def traffic(rows, config, data):
    """For each block the answers as (row, model), how the certificate stood at its end, and the events so far."""
    blocks, rows_by_exchange = [], {}
    with Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", data) as gateway:
        def one(row):
            status, fields, body = http(f"{gateway.url}/v1/chat/completions", request(row))
            assert status == 200, (row["id"], body)
            rows_by_exchange[fields["x-farthing-id"]] = row
            return row, fields["x-farthing-model"], "; certified" in fields["x-farthing-decision"]

        with concurrent.futures.ThreadPoolExecutor(8) as clients:
            for start in range(0, len(rows), BLOCK):
                answers = list(clients.map(one, rows[start:start + BLOCK]))
                # Time in which comparisons end and the learner takes them in, as it would have between so many prompts.
                time.sleep(1.5)
                blocks.append((answers, certificate(data)[0]))
        gateway.stop()
        output = gateway.output()
    return blocks, output, rows_by_exchange


def verdicts(data, rows_by_exchange):
    """What comparisons said of delivered answers that were not the baseline's, beside the recorded scores."""
    counts = collections.defaultdict(collections.Counter)
    with sqlite3.connect(f"file:{data}/ledger.sqlite?mode=ro", uri=True) as ledger:
        for exchange, model, verdict in ledger.execute("SELECT exchange, model, verdict FROM pair WHERE model <> baseline"):
            scores = rows_by_exchange[exchange]["outcomes"]
            loss = scores["large"]["score"] - scores[model]["score"]
            counts[verdict]["harm" if loss > 0 else "gain" if loss < 0 else "equal"] += 1
    for verdict, found in sorted(counts.items()):
        print(f"said {verdict:9} {sum(found.values()):5} pairs, by the recorded scores {dict(found)}")


def plot(path, blocks, constant, change):
    """Three panels: right answers, dollars for a thousand prompts, certified policies; running means over five blocks."""
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="860" height="900" font-family="sans-serif" font-size="13">',
           '<rect width="860" height="900" fill="white"/>']
    served = [[(row["outcomes"][model]["score"] * 100, cost(row, model) * 1000) for row, model, _ in answers]
              for answers, _ in blocks]
    always = {name: [[(row["outcomes"][name]["score"] * 100, cost(row, name) * 1000) for row, _, _ in answers]
                     for answers, _ in blocks] for name in dict.fromkeys((constant, "large"))}
    count = len(blocks) * BLOCK
    left, width, height = 70, 600, 210

    def panel(number, title, series, low, high, places, parts=4):
        top = 40 + number * 280
        out.append(f'<text x="{left}" y="{top - 12}" font-weight="bold">{title}</text>')
        for tick in range(parts + 1):
            y = top + height * (1 - tick / parts)
            out.append(f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
                       f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{low + (high - low) * tick / parts:.{places}f}</text>')
        for tick in range(0, count + 1, 1000):
            out.append(f'<text x="{left + width * tick / count:.1f}" y="{top + height + 18}" text-anchor="middle">{tick}</text>')
        x = left + width * change / count
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + height}" stroke="#888" stroke-dasharray="2 3"/>')
        for row, (name, color, dash, values) in enumerate(series):
            out.append(line(values, color, left, top, width, height, low, high, dash))
            out.append(f'<text x="{left + width + 12}" y="{top + 20 + 20 * row}" fill="{color}">{name}</text>')

    def smooth(blocks, place):
        values = [mean(one[place] for one in block) for block in blocks]
        return [mean(values[max(0, i - 4):i + 1]) for i in range(len(values))]

    for number, title in enumerate(("right answers, %", "dollars for 1,000 prompts, comparisons apart")):
        series = [("served", "#0b6e4f", "", smooth(served, number))]
        series += [(f"always {name}", color, "6 4", smooth(values, number))
                   for (name, values), color in zip(always.items(), ("#7f8c8d", "#2c3e50"))]
        every = [value for _, _, _, values in series for value in values]
        low, high = (min(every) - 2, max(every) + 2) if number == 0 else (0, max(every) * 1.05)
        panel(number, title, series, low, high, 0 if number == 0 else 2)
    certified = [standing["certified"] if standing else 0 for _, standing in blocks]
    panel(2, "policies certified, of ten", [("certified", "#c0392b", "", certified)], 0, 10, 0, parts=5)
    out.append('<text x="370" y="892" text-anchor="middle">prompts (means over the last five hundred); the subject changes at '
               'the dotted line</text></svg>')
    pathlib.Path(path).write_text("\n".join(out) + "\n")


def interval(values):
    """Mean and half of the 95 % interval of a mean, normal."""
    m = mean(values)
    var = sum((v - m) ** 2 for v in values) / max(len(values) - 1, 1)
    return m, 1.96 * (var / len(values)) ** 0.5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", default="20%")
    parser.add_argument("--quality", default="within 5 points of large")
    parser.add_argument("--first", type=int, default=6000)
    parser.add_argument("--second", type=int, default=2500)
    parser.add_argument("--plot")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: {DATA} is absent")
        return
    chance = random.Random(options.seed)
    every = {name: list(rows_of(name)) for name in POOLS}
    first = [row for name in POOLS if name != SECOND for row in every[name]]
    second = every[SECOND]
    chance.shuffle(first)
    chance.shuffle(second)
    first, second = first[:options.first], second[:options.second]
    first = first[:len(first) // BLOCK * BLOCK]
    rows = first + second
    print(f"{len(first)} prompts of {dict(collections.Counter(row['set'] for row in first))}, then {len(second)} of {SECOND}; "
          f"seed {options.seed}, shadow {options.share}, {options.quality}")
    with tempfile.TemporaryDirectory() as folder:
        recordings = pathlib.Path(folder, "recordings.jsonl")
        recordings.write_text("".join(json.dumps(row) + "\n" for row in rows))
        with Process("rehearse", "--recordings", recordings, "--listen", "127.0.0.1:0") as provider:
            config = pathlib.Path(folder, "farthing.yaml")
            config.write_text(configuration(provider, options))
            data = f"{folder}/data"
            blocks, output, rows_by_exchange = traffic(rows, config, data)
            verdicts(data, rows_by_exchange)
        standing, history = certificate(data)
        spent = json.loads(run("report", "--data", data, "--by", "total", "--json").stdout)["total"]
        print(run("certificate", "--data", data).stdout)
    for text in re.findall(r"event=learned.*", output):
        print(text)
    for name, part in (("first", first), ("second", second)):
        ids = {row["id"] for row in part}
        for label, wanted in (("all", None), ("certified", True), ("uncertified", False)):
            found = [(row, model) for answers, _ in blocks for row, model, sure in answers
                     if row["id"] in ids and (wanted is None or sure == wanted)]
            if not found:
                continue
            loss, half = interval([row["outcomes"]["large"]["score"] - row["outcomes"][model]["score"] for row, model in found])
            paid, base = sum(cost(*one) for one in found), sum(cost(row, "large") for row, _ in found)
            models = collections.Counter(model for _, model in found)
            print(f"{name:6} {label:11} {len(found):5} prompts  right {mean(r['outcomes'][m]['score'] for r, m in found):.4f}  "
                  f"loss {loss * 100:.2f} ± {half * 100:.2f} points  dollars {paid:.3f} of {base:.3f}  {dict(models)}")
        for model in NAMES:
            print(f"{name:6} always {model:6}  right {mean(row['outcomes'][model]['score'] for row in part):.4f}  "
                  f"dollars {sum(cost(row, model) for row in part):.3f}")
    print(f"spend {spent['spend']}, of it comparisons {spent['shadow_spend']}")
    top = mean(row["outcomes"]["large"]["score"] for row in first)
    loss = float(options.quality.split()[1]) / 100
    near = [m for m in NAMES if mean(row["outcomes"][m]["score"] for row in first) >= top - loss]
    constant = min(near, key=lambda m: sum(cost(row, m) for row in first))
    print(f"best constant in the first part: {constant}")
    if options.plot:
        plot(options.plot, blocks, constant, len(first))


if __name__ == "__main__":
    main()
