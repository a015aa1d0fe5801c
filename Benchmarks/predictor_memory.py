#!/usr/bin/env python3
"""How much more memory a gateway holds that learns from outcomes than one without any: after learning, after more of it, and meanwhile.

Usage: Benchmarks/predictor_memory.py [--outcomes 19456] [--refits 20] [--answers 1]

Prompts of mmlu_pro (../shared/data), again with another first word where there are too few, each with the outcomes of so many of six
models, by turns. The first are imported before the start; then batches of 512, after each of which the gateway learns anew, are
put into its ledger while it runs. Needs the release binary (make build).
"""

import argparse
import gzip
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
os.environ.setdefault("FARTHING_BINARY", str(ROOT / ".build" / "release" / "farthing"))
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from harness import BINARY, SHARED, Process, environment  # noqa: E402

MODELS = ["gemini-1.5-flash-002", "Meta-Llama-3_1-70B-Instruct", "Meta-Llama-3_1-8B-Instruct", "gemini-1.5-pro-002",
          "gpt-4o", "Mixtral-8x7B-Instruct-v0.1"]
FIRST_WORDS = ["", "Again ", "Now ", "Well ", "So ", "Then ", "Please ", "Also "]
BATCH = 512


def recordings(count, answers):
    """At least so many outcomes, as lines of recordings with so many models each."""
    with gzip.open(SHARED / "data" / "mmlu_pro.jsonl.gz", "rt") as lines:
        rows = [row for row in map(json.loads, lines) if all(model in row["outcomes"] for model in MODELS)]
    made = []
    for word in FIRST_WORDS:
        for row in rows:
            if len(made) * answers >= count:
                return made
            models = [MODELS[(len(made) + place) % len(MODELS)] for place in range(answers)]
            made.append({"id": word + row["id"], "prompt": word + row["prompt"], "question": word + row["question"],
                         "outcomes": {model: {"score": row["outcomes"][model]["score"]} for model in models}})
    sys.exit(f"predictor_memory.py: there are no {count} outcomes: ask for fewer, or for more answers")


def bring(folder, rows):
    path = pathlib.Path(folder, "recordings.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    subprocess.run([str(BINARY), "outcomes", "import", str(path), "--data", f"{folder}/data"], check=True,
                   env=environment(), stdout=subprocess.DEVNULL)


class Watch:
    """The resident memory of a gateway, in MB, and the most of it."""

    def __init__(self, gateway):
        self.gateway, self.most = gateway, 0

    def now(self):
        self.most = max(self.most, self.gateway.rss() / 2**20)
        return self.gateway.rss() / 2**20

    def settle(self, seconds=3):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.now()
            time.sleep(0.02)
        return self.now()

    def learned(self, times):
        """Waits until it has learned so often."""
        end = time.monotonic() + 120
        while len(re.findall(r"event=learned", self.gateway.output())) < times:
            if time.monotonic() > end:
                sys.exit(f"predictor_memory.py: it did not learn: {self.gateway.output()}")
            for _ in range(10):
                self.now()
                time.sleep(0.01)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--outcomes", type=int, default=19_456)
    options.add_argument("--refits", type=int, default=20)
    options.add_argument("--answers", type=int, default=1)
    options = options.parse_args()
    if options.outcomes % BATCH or BATCH % options.answers:
        sys.exit(f"predictor_memory.py: --outcomes is a multiple of {BATCH}, --answers divides it")
    rows = recordings(options.outcomes + options.refits * BATCH, options.answers)
    first = options.outcomes // options.answers
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: pathlib.Path(folder, name) for name in ("bare", "learner", "rest")}
        for home in homes.values():
            home.mkdir()
        bring(homes["learner"], rows[:first])
        bring(homes["rest"], rows[first:])
        config = pathlib.Path(folder, "farthing.yaml")
        config.write_text("")
        arguments = ["serve", "--config", config, "--listen", "127.0.0.1:0", "--data"]
        with Process(*arguments, homes["bare"] / "data") as gateway:
            bare = Watch(gateway).settle()
        print(f"without outcomes {bare:.1f} MB", flush=True)
        with Process(*arguments, homes["learner"] / "data") as gateway:
            watch = Watch(gateway)
            watch.learned(1)
            now = watch.settle()
            print(f"learned from {options.outcomes} outcomes of {first} prompts: {now:.1f} MB, {now - bare:.1f} more; at most "
                  f"{watch.most - bare:.1f} more meanwhile", flush=True)
            ledger = sqlite3.connect(homes["learner"] / "data" / "ledger.sqlite", timeout=30)
            ledger.execute("ATTACH ? AS rest", [str(homes["rest"] / "data" / "ledger.sqlite")])
            columns = ", ".join(name for _, name, *_ in ledger.execute("PRAGMA table_info(outcome)") if name != "number")
            for refit in range(options.refits):
                with ledger:
                    ledger.execute(f"INSERT INTO outcome ({columns}) SELECT {columns} FROM rest.outcome ORDER BY rowid "
                                   f"LIMIT {BATCH} OFFSET {refit * BATCH}")
                watch.learned(refit + 2)
            now = watch.settle()
            print(f"after {options.refits} more times: {now:.1f} MB, {now - bare:.1f} more; at most "
                  f"{watch.most - bare:.1f} more meanwhile")


if __name__ == "__main__":
    main()
