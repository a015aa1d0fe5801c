"""A cascade learned from outcomes, through the gateway: it decides as its replay says, and is certified as one."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from harness import BINARY, Process, environment, http, run
from test_prediction import answers

PRICES = {"small": 1.0, "other": 1.1, "large": 100.0}


def told(rows):
    """The rows as they are recorded: with tokens, and what they cost by the list of prices."""
    for row in rows:
        for model, outcome in row["outcomes"].items():
            outcome.update(input_tokens=20, output_tokens=6, cost_usd=26 * PRICES[model] / 1e6)
        yield row


class Cascade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = pathlib.Path(cls.folder.name)
        cls.rows = list(told(answers(1200)))
        cls.asked = [row | {"prompt": row["prompt"].replace("Case", "Item")} for row in told(answers(100, seed=8))]
        for name, rows in (("learned", cls.rows), ("asked", cls.asked)):
            (cls.path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (cls.path / "prices.json").write_text(json.dumps(
            {model: {"input_per_1m": price, "output_per_1m": price} for model, price in PRICES.items()}))
        done = run("certify", cls.path / "learned.jsonl", "--models", "small,other,large", "--baseline", "large",
                   "--cascade", "3", "--bound", "3", "--out", cls.path / "c.json", "--predictor-out", cls.path / "p.bin")
        assert done.returncode == 0, done.stderr

    def serve(self, wish, more=""):
        """The recorded answers to prompts that nothing was learned from, behind a gateway with the cascade."""
        arguments = ["rehearse", "--recordings", self.path / "asked.jsonl", "--prices", self.path / "prices.json",
                     "--models", "small,other,large"]
        provider = Process(*arguments, "--listen", "127.0.0.1:0")
        self.addCleanup(provider.__exit__)
        printed = subprocess.run(
            [str(BINARY), *map(str, arguments), "--listen", f"127.0.0.1:{provider.port}", "--print-config"],
            capture_output=True, text=True, env=environment(), timeout=300)
        self.assertEqual(printed.returncode, 0, printed.stderr)
        self.data = tempfile.mkdtemp(dir=self.path)
        config = pathlib.Path(self.data) / "farthing.yaml"
        text = printed.stdout
        text = text[:text.index("routes:")] if "routes:" in text else text
        config.write_text(text + f"predictor: {self.path / 'p.bin'}\ncertificate: {self.path / 'c.json'}\nroutes:\n"
                          f"  auto: {{candidates: [small, other, large], baseline: large, {wish}{more}}}\n")
        gateway = Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", self.data)
        self.addCleanup(gateway.__exit__)
        return gateway

    def ask(self, gateway, row, **more):
        body = {"model": "auto", "messages": [{"role": "user", "content": row["prompt"]}]} | more
        status, fields, raw = http(f"{gateway.url}/v1/chat/completions", body)
        self.assertEqual(status, 200, raw)
        return fields, raw

    def test_what_two_cheap_models_agree_on_is_delivered_and_else_the_dear_one_is_asked(self):
        gateway = self.serve("value: $0.03")
        paid = 0
        for row in self.asked:
            fields, raw = self.ask(gateway, row)
            text = json.loads(raw)["choices"][0]["message"]["content"]
            hard = row["outcomes"]["small"]["score"] == 0
            self.assertEqual(text, row["outcomes"]["large"]["response"])
            self.assertEqual(fields["x-farthing-model"] == "large", hard)
            models = ("small", "other", "large") if hard else ("small", "other")
            cost = sum(round(26 * PRICES[model] * 1000) for model in models)
            self.assertEqual(round(float(fields["x-farthing-cost"]) * 1e9), cost)
            paid += cost
        self.assertEqual(gateway.stop(), 0, gateway.output())
        total = json.loads(run("report", "--data", self.data, "--by", "total", "--json").stdout)
        self.assertEqual(round(float(total["total"]["spend"]) * 1e9), paid)

    def test_it_runs_as_it_was_certified_where_answers_are_held(self):
        gateway = self.serve("quality: within 3 points of large")
        fields, _ = self.ask(gateway, self.asked[0])
        self.assertRegex(fields["x-farthing-decision"], "; certified$")
        fields, _ = self.ask(gateway, self.asked[0], stream=True)
        self.assertRegex(fields["x-farthing-decision"], "; uncertified$")

    def test_explain_says_how_it_begins(self):
        gateway = self.serve("value: $0.03")
        _, _, raw = http(f"{gateway.url}/api/explain", {"prompt": self.asked[0]["prompt"]})
        cascade = json.loads(raw)["cascade"]
        self.assertEqual((cascade["models"], cascade["most_answers"]), (["small", "other", "large"], 3))
        self.assertGreaterEqual(cascade["value"], 0.03)
        self.assertRegex(cascade["reason"], "(small|other) is the best to begin with")

    def test_limits_that_a_certificate_does_not_know_void_it(self):
        for more, words in ((", most_cost: $1", "without a limit on dollars or time"),
                            (", most_answers: 2", "asking at most 3 models")):
            gateway = self.serve("quality: within 3 points of large", more)
            _, _, raw = http(f"{gateway.url}/api/explain", {"prompt": self.asked[0]["prompt"]})
            self.assertIn(words, raw.decode())


if __name__ == "__main__":
    unittest.main()
