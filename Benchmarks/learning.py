#!/usr/bin/env python3
"""A gateway that starts cold and learns from feedback: dollars and accuracy over time, and a picture of it.

    Benchmarks/learning.py [--prompts 3000] [--seed 1] [--plot Docs/learning.svg]

Recorded answers of mmlu_pro (../shared/data) stand behind a gateway; prompts come in blocks of a hundred, and a fifth of the answers, drawn by
seed, are followed by feedback with the recorded score. Beside it the same prompts go through a gateway that learns nothing and
goes by grades, and each model's own figures are given.
"""

import argparse
import concurrent.futures
import gzip
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
os.environ.setdefault("FARTHING_BINARY", str(ROOT / ".build" / "release" / "farthing"))
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from harness import BINARY, SHARED, Process, environment, http  # noqa: E402

DATA = SHARED / "data"
POOL = ["gemini-1.5-flash-002", "Meta-Llama-3_1-70B-Instruct", "Meta-Llama-3_1-8B-Instruct", "gemini-1.5-pro-002", "gpt-4o"]
BLOCK = 100


def complete_rows():
    with gzip.open(DATA / "mmlu_pro.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    seen, unique = set(), []
    for row in rows:
        if row["prompt"] not in seen and all(model in row["outcomes"] for model in POOL):
            seen.add(row["prompt"])
            unique.append(row)
    return unique


def traffic(rows, config, folder, feedback, seed):
    """Accuracy and dollars of each block."""
    chance = random.Random(seed)
    told = {row["id"] for row in rows if chance.random() < feedback}
    points = []
    with Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", f"{folder}/data") as gateway:
        def one(row):
            status, fields, body = http(f"{gateway.url}/v1/chat/completions", {
                "model": "auto", "messages": [{"role": "user", "content": row["prompt"]}]})
            assert status == 200, body
            model = fields["x-farthing-model"]
            score = row["outcomes"][model]["score"]
            if row["id"] in told:
                status, _, body = http(f"{gateway.url}/v1/feedback", {"id": fields["x-farthing-id"], "score": score})
                assert status == 200, body
            return model, score, float(fields["x-farthing-cost"])

        with concurrent.futures.ThreadPoolExecutor(8) as clients:
            for start in range(0, len(rows), BLOCK):
                points.append(list(clients.map(one, rows[start:start + BLOCK])))
                if feedback:
                    # Time in which the learner takes in what was told, as it would have between so many prompts.
                    time.sleep(2.5)
    return points


def configuration(provider, arguments, route):
    printed = subprocess.run(
        [str(BINARY), *map(str, arguments), "--listen", f"127.0.0.1:{provider.port}", "--print-config"],
        capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout
    return printed + f"routes: {{auto: {{baseline: gpt-4o, {route}}}}}\n"


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def line(points, color, left, top, width, height, low, high, dash=""):
    spots = " ".join(f"{left + width * (i + 1) / len(points):.1f},{top + height * (1 - (p - low) / (high - low)):.1f}"
                     for i, p in enumerate(points))
    return f'<polyline points="{spots}" fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"/>'


def plot(path, series, count):
    """Two panels: accuracy and dollars for a thousand prompts, each as running means over five blocks."""
    colors = {"learning": "#0b6e4f", "grades": "#c0392b", "best constant": "#7f8c8d", "gpt-4o": "#2c3e50"}
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="860" height="640" font-family="sans-serif" font-size="13">',
           '<rect width="860" height="640" fill="white"/>']
    for panel, (title, place) in enumerate((("right answers, %", 0), ("dollars for 1,000 prompts", 1))):
        top, left, width, height = 40 + panel * 300, 70, 600, 230
        smooth = {}
        for name, blocks in series.items():
            values = [mean(one[place] for one in block) * (100 if place == 0 else 1000) for block in blocks]
            smooth[name] = [mean(values[max(0, i - 4):i + 1]) for i in range(len(values))]
        every = [v for values in smooth.values() for v in values]
        low, high = (min(every) - 2, max(every) + 2) if place == 0 else (0, max(every) * 1.05)
        out.append(f'<text x="{left}" y="{top - 12}" font-weight="bold">{title}</text>')
        for tick in range(5):
            value = low + (high - low) * tick / 4
            y = top + height * (1 - tick / 4)
            out.append(f'<line x1="{left}" x2="{left + width}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
                       f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.{0 if place == 0 else 2}f}</text>')
        for tick in range(0, count + 1, 500):
            x = left + width * tick / count
            out.append(f'<text x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{tick}</text>')
        for row, (name, values) in enumerate(smooth.items()):
            color = colors.get(name.split(":")[0], "#888")
            dash = "6 4" if name.startswith(("best", "gpt")) else ""
            out.append(line(values, color, left, top, width, height, low, high, dash))
            out.append(f'<text x="{left + width + 12}" y="{top + 20 + 20 * row}" fill="{color}">{name}</text>')
    out.append('<text x="370" y="632" text-anchor="middle">prompts (means over the last five hundred)</text></svg>')
    pathlib.Path(path).write_text("\n".join(out) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prompts", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--feedback", type=float, default=0.2)
    parser.add_argument("--explore", default="40%")
    parser.add_argument("--quality", default="within 2 points of gpt-4o")
    parser.add_argument("--plot")
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: {DATA} is absent")
        return
    rows = complete_rows()
    random.Random(options.seed).shuffle(rows)
    rows = rows[:options.prompts]
    arguments = ["rehearse", "--recordings", DATA / "mmlu_pro.jsonl.gz", "--tokens", DATA / "mmlu_pro.tokens.jsonl.gz",
                 "--prices", DATA / "prices.zeroeval_mmlu_pro.json", "--models", ",".join(POOL)]
    prices = json.loads((DATA / "prices.zeroeval_mmlu_pro.json").read_text())
    with gzip.open(DATA / "mmlu_pro.tokens.jsonl.gz", "rt") as lines:
        tokens = {row["id"]: row for row in map(json.loads, lines)}
    series = {}
    with tempfile.TemporaryDirectory() as folder, Process(*arguments, "--listen", "127.0.0.1:0") as provider:
        for name, route, share in (("learning", f"quality: {options.quality}, explore: {options.explore}", options.feedback),
                                   ("grades", "annotate: true", 0)):
            home = f"{folder}/{name}"
            os.mkdir(home)
            config = f"{home}/farthing.yaml"
            pathlib.Path(config).write_text(configuration(provider, arguments, route))
            blocks = traffic(rows, config, home, share, options.seed)
            series[name] = [[(score, cost) for _, score, cost in block] for block in blocks]
            for start in range(0, len(blocks), 5):
                part = [one for block in blocks[start:start + 5] for one in block]
                models = {m: sum(1 for one in part if one[0] == m) for m in POOL}
                print(f"{name:9} {start * BLOCK:5}-{(start + 5) * BLOCK:5}  right {mean(o[1] for o in part):.3f}  "
                      f"dollars {sum(o[2] for o in part):.4f}  " + " ".join(f"{m}:{n}" for m, n in models.items()))

    def constant(model):
        def cost(row):
            entry, price = tokens[row["id"]], prices[model]
            return (entry["prompt_tokens_cl100k"] * price["input_per_1m"]
                    + entry["response_tokens_cl100k"][model] * price["output_per_1m"]) / 1e6
        return [[(row["outcomes"][model]["score"], cost(row)) for row in rows[s:s + BLOCK]] for s in range(0, len(rows), BLOCK)]

    constants = {model: constant(model) for model in POOL}
    for name, blocks in {**series, **constants}.items():
        every = [one for block in blocks for one in block]
        late = [one for block in blocks[len(blocks) // 2:] for one in block]
        print(f"{name:30} right {mean(o[0] for o in every):.4f}  dollars {sum(o[1] for o in every):.4f}   "
              f"second half: right {mean(o[0] for o in late):.4f}  dollars {sum(o[1] for o in late):.4f}")
    top = mean(o[0] for block in constants["gpt-4o"] for o in block)
    near = [m for m in POOL if mean(o[0] for block in constants[m] for o in block) >= top - 0.02]
    best = min(near, key=lambda m: sum(o[1] for block in constants[m] for o in block))
    series[f"best constant: {best}"] = constants[best]
    series["gpt-4o"] = constants["gpt-4o"]
    if options.plot:
        plot(options.plot, series, len(rows))


if __name__ == "__main__":
    main()
