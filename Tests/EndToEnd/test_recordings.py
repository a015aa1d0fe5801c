"""Recorded answers of real models behind the gateway: what is delivered, and that the ledger holds to the nano-dollar."""

import concurrent.futures
import gzip
import json
import re
import subprocess
import tempfile
import unittest
from decimal import Decimal, ROUND_HALF_UP

import openai

from harness import BINARY, SHARED, Process, environment, http, report

DATA = SHARED / "data"
POOLS = {
    "zeroeval": {
        "models": ["gpt-4o-mini-2024-07-18", "gemini-1.5-flash", "Meta-Llama-3.1-405B-Instruct@hyperbolic",
                   "claude-3-5-sonnet-20241022", "gpt-4o-2024-08-06"],
        "arguments": ["--tokens", DATA / "zeroeval.tokens.jsonl.gz", "--prices", DATA / "prices.zeroeval_mmlu_pro.json"],
    },
    "bfcl": {
        "models": ["gpt-4o-mini-2024-07-18-FC", "gpt-4o-mini-2024-07-18", "claude-3-haiku-20240307",
                   "gpt-4o-2024-08-06-FC", "claude-3-5-sonnet-20240620"],
        "arguments": ["--prices", DATA / "prices.bfcl.json"],
    },
}
PYTHON_TYPES = {"dict": "object", "float": "number", "tuple": "array", "any": "string", "list": "array"}


def rows(name):
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def schema(value):
    """Python's type names as JSON Schema's, as a client of a real provider would have to send them."""
    if isinstance(value, dict):
        out = {k: schema(v) for k, v in value.items()}
        if isinstance(out.get("type"), str):
            out["type"] = PYTHON_TYPES.get(out["type"], out["type"])
            if value["type"] == "any":
                del out["type"]
        return out
    return [schema(v) for v in value] if isinstance(value, list) else value


def tools(row):
    functions = row.get("tools") or []
    functions = functions if isinstance(functions, list) else [functions]
    return [{"type": "function", "function": {
        "name": f["name"].replace(".", "_"), "description": f.get("description", ""),
        "parameters": schema(f.get("parameters", {}))}} for f in functions]


@unittest.skipUnless(DATA.is_dir(), "../shared/data is absent: the recorded answers are not tested")
class Recordings(unittest.TestCase):
    def check(self, name, count):
        pool = POOLS[name]
        arguments = ["rehearse", "--recordings", DATA / f"{name}.jsonl.gz", *pool["arguments"],
                     "--models", ",".join(pool["models"])]
        with tempfile.TemporaryDirectory() as folder, Process(*arguments, "--listen", "127.0.0.1:0") as provider:
            printed = subprocess.run(
                [str(BINARY), *map(str, arguments), "--listen", f"127.0.0.1:{provider.port}", "--print-config"],
                capture_output=True, text=True, env=environment(), timeout=300)
            self.assertEqual(printed.returncode, 0, printed.stderr)
            config = f"{folder}/farthing.yaml"
            with open(config, "w") as file:
                file.write(printed.stdout)
            data = f"{folder}/data"
            with Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", data) as gateway:
                answers = self.ask(gateway, name, count)
                self.assertEqual(gateway.stop(), 0, gateway.output())
            self.compare(name, answers, report(data), data)

    def ask(self, gateway, name, count):
        client = openai.OpenAI(base_url=gateway.url + "/v1", api_key="unused", max_retries=0, timeout=300)

        def one(indexed):
            index, row = indexed
            ask = {"model": "auto", "messages": [{"role": "user", "content": row["prompt"]}]}
            if row.get("tools"):
                ask["tools"] = tools(row)
            if index % 2:
                with client.chat.completions.with_streaming_response.create(**ask, stream=True) as raw:
                    text, calls, note = "", {}, None
                    for line in raw.iter_lines():
                        if line.startswith(": farthing "):
                            note = json.loads(line.removeprefix(": farthing "))
                        elif line.startswith("data: {"):
                            for choice in json.loads(line[6:])["choices"]:
                                text += choice["delta"].get("content") or ""
                                for call in choice["delta"].get("tool_calls") or []:
                                    entry = calls.setdefault(call["index"], ["", ""])
                                    entry[0] += call["function"].get("name") or ""
                                    entry[1] += call["function"].get("arguments") or ""
                    return row, note["model"], note["cost"], text, list(calls.values()), note["id"] if "drafts" in note else None
            raw = client.chat.completions.with_raw_response.create(**ask)
            message = raw.parse().choices[0].message
            calls = [[c.function.name, c.function.arguments] for c in message.tool_calls or []]
            escalated = raw.headers["x-farthing-id"] if "x-farthing-drafts" in raw.headers else None
            return row, raw.headers["x-farthing-model"], raw.headers["x-farthing-cost"], message.content or "", calls, escalated

        unique, seen = [], set()
        for row in rows(name):
            key = (row["prompt"], json.dumps(row.get("tools")))
            if key not in seen and all(m in row["outcomes"] for m in POOLS[name]["models"]):
                seen.add(key)
                unique.append(row)
        with concurrent.futures.ThreadPoolExecutor(32) as clients:
            return list(clients.map(one, enumerate(unique[:count])))

    def compare(self, name, answers, ledger, data):
        prices = json.loads(POOLS[name]["arguments"][-1].read_text())
        counted = {}
        if name == "zeroeval":
            with gzip.open(DATA / "zeroeval.tokens.jsonl.gz", "rt") as lines:
                counted = {r["id"]: r for r in map(json.loads, lines)}
        total = 0
        escalations = 0
        for row, model, cost, text, calls, escalated in answers:
            outcome = row["outcomes"][model]
            if calls:
                wanted = [[n.replace(".", "_"), json.loads(a)] for call in outcome["response"] for n, a in call.items()] \
                    if isinstance(outcome["response"], list) else None
                self.assertEqual([[n, json.loads(a)] for n, a in calls], wanted, row["id"])
            elif isinstance(outcome["response"], str):
                self.assertEqual(text, outcome["response"], row["id"])
            called = [model]
            if escalated:
                called = [a["model"] for a in report(data, "--exchange", escalated)["attempts"]]
                self.assertEqual(called[-1], model)
                self.assertGreater(len(called), 1)
                escalations += 1
            nanodollars = sum(self.price(row, name, prices, counted) for name in called)
            self.assertEqual(Decimal(cost) * 10**9, nanodollars, (row["id"], called))
            total += nanodollars
        cascade = report(data, "--cascade")
        self.assertEqual((cascade["exchanges"], cascade["escalated"]), (len(answers), escalations))
        self.assertEqual(Decimal(cascade["spend"]) * 10**9, total)
        self.assertEqual(ledger["total"]["exchanges"], len(answers))
        self.assertEqual(Decimal(ledger["total"]["spend"]) * 10**9, total)

    def price(self, row, model, prices, counted):
        outcome = row["outcomes"][model]
        used = (outcome.get("input_tokens"), outcome.get("output_tokens"))
        if row["id"] in counted:
            entry = counted[row["id"]]
            used = (entry["prompt_tokens_cl100k"], entry["response_tokens_cl100k"][model])
        price = prices[model]
        exact = (Decimal(str(price["input_per_1m"])) * int(used[0])
                 + Decimal(str(price["output_per_1m"])) * int(used[1])) * 1000
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    def test_crux(self):
        self.check("zeroeval", 500)

    def test_tools(self):
        self.check("bfcl", 500)


if __name__ == "__main__":
    unittest.main()
