"""What was told of answers counts for the next of their kind: over a gateway's life, its restart, an import, and in `verify`."""

import json
import random
import re
import subprocess
import unittest

from gateway import until
from harness import BINARY, environment, http, run
from learning_gateway import LearningGateway
from scripted import Answer, chat, chat_stream
from test_prediction import WORDS


def prompt(number):
    return f"Write one short line about a {WORDS[number % 12]} and a {WORDS[(number * 5 + 1) % 12]}, number {number}."


def good(number):
    return f"The {WORDS[number % 12]} rests beside the {WORDS[(number * 5 + 1) % 12]} in the evening light."


def bad(number):
    """Nothing that a check would hold against it."""
    return f"Invoice {WORDS[number % 7]} was forwarded to the accounting department for payment within thirty days."


class LearnedAnswers(LearningGateway):
    ROUTE = "escalate: off, review: off"

    def ask(self, process, number, answer, stream=False):
        """The exchange's id, and what is said of the answer."""
        self.provider.script(Answer(pieces=chat_stream((answer,))) if stream else Answer(chat(answer)))
        status, fields, body = http(f"{process.url}/v1/chat/completions", {
            "model": "auto", "stream": stream, "messages": [{"role": "user", "content": prompt(number)}]})
        self.assertEqual(status, 200, body)
        return fields["x-farthing-id"], fields.get("x-farthing-verdict")

    def right(self, process, number, answer):
        return int(re.match(r"right with (\d+) %", self.ask(process, number, answer)[1])[1])

    def export(self):
        return [json.loads(line) for line in run("outcomes", "export", "--data", self.data).stdout.splitlines()]

    def test_feedback_on_answers_teaches_what_the_next_are_worth(self):
        with self.gateway() as process:
            before = {kind: self.right(process, 1000, kind(1000)) for kind in (good, bad)}
            chance = random.Random(4)
            for number in range(130):
                kind = bad if chance.random() < 0.3 else good
                told, _ = self.ask(process, number, kind(number), stream=number % 4 == 1)
                status, _, answer = http(f"{process.url}/v1/feedback", {"id": told, "correct": kind is good})
                self.assertEqual(status, 200, answer)
            self.assertTrue(until(lambda: "outcomes=128" in process.output(), seconds=60), process.output())
            self.assertIn("answers=128", process.output())
            learned = re.findall(r"outcomes=128 .*predictor=(\w+)", process.output())[0]
            after = {kind: self.right(process, 1001, kind(1001)) for kind in (good, bad)}
            self.assertLess(after[bad], before[bad] - 30)
            self.assertGreater(after[good], after[bad] + 40)
            told, verdict = self.ask(process, 1002, bad(1002))
            self.assertIn("semantics.failures", verdict)
            process.kill()
        kept = until(lambda: len(found := self.export()) == 130 and found)
        self.assertTrue(all(360 < len(row["answer"]) < 700 for row in kept), kept[0])
        for word in ("nvoice", "accounting", "evening"):
            self.assertNotIn(word, json.dumps(kept))
        # The exchange has the sketch that its outcome took on.
        first = next(row for row in kept if row["source"] == "feedback")
        record = json.loads(run("report", "--exchange", first["exchange"], "--json", "--data", self.data).stdout)
        self.assertEqual(record["attempts"][0]["sketch"], first["answer"])
        explained = lambda answer: json.loads(run(
            "explain", prompt(1003), "--answer", answer, "--config", self.config, "--data", self.data, "--json").stdout)
        told = explained(bad(1003))["answer"]
        self.assertEqual((told["weights"], told["learned_from"]), ("learned", 128))
        self.assertLess(told["p"], explained(good(1003))["answer"]["p"] - 0.4)
        text = run("explain", prompt(1003), "--answer", bad(1003), "--config", self.config, "--data", self.data).stdout
        self.assertIn("by weights learned from 128 judged answers", text)
        self.assertRegex(text, r"semantics.failures fails: of the 10 nearest judged answers of cheap (8|9|10) failed")
        # A restart, and a rebuild from the export, come to the same bits.
        copy = self.path / "export.jsonl"
        copy.write_text(run("outcomes", "export", "--data", self.data).stdout)
        rebuilt = self.path / "rebuilt"
        self.assertEqual(run("outcomes", "import", copy, "--data", rebuilt).returncode, 0)
        for data in (self.data, rebuilt):
            self.data = data
            with self.gateway() as process:
                self.assertTrue(until(lambda: f"predictor={learned}" in process.output(), seconds=60), process.output())

    def test_without_outcomes_the_shipped_weights_speak(self):
        told = run("explain", prompt(1), "--answer", bad(1), "--config", self.config)
        self.assertIn("by shipped weights", told.stdout)
        self.assertNotIn("semantics", told.stdout)

    def test_recorded_answers_teach_verify_and_the_gateway(self):
        rows, chance = [], random.Random(4)
        for number in range(240):
            outcomes = {}
            for model, share in (("cheap", 0.5), ("strong", 0.2)):
                wrong = chance.random() < share
                outcomes[model] = {"score": 0 if wrong else 1, "response": (bad if wrong else good)(number)}
            rows.append({"id": f"own/{number}", "prompt": prompt(number), "outcomes": outcomes})
        file, predictor = self.path / "recorded.jsonl", self.path / "predictor.bin"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        done = run("train", file, "--out", predictor)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertLess(predictor.stat().st_size, 700_000)
        self.assertNotIn(b"accounting", predictor.read_bytes())
        lines = [{"id": kind.__name__, "prompt": prompt(999), "response": kind(999), "model": "cheap"} for kind in (good, bad)]
        verify = lambda *options: [json.loads(line) for line in subprocess.run(
            [str(BINARY), "verify", *options], input="".join(json.dumps(line) + "\n" for line in lines),
            capture_output=True, text=True, env=environment(), check=True).stdout.splitlines()]
        shipped, learned = verify(), verify("--predictor", predictor)
        self.assertLess(abs(shipped[0]["score"] - shipped[1]["score"]), 0.2)
        self.assertGreater(learned[0]["score"], learned[1]["score"] + 0.5)
        self.assertEqual({e["check"] for e in learned[1]["evidence"] if e["verdict"] == "fails"},
                         {"semantics.fit", "semantics.pattern", "semantics.failures"})
        self.write(f"predictor: {predictor}\n")
        with self.gateway() as process:
            self.assertLess(self.right(process, 999, bad(999)) + 50, self.right(process, 999, good(999)))
        # Imported, they teach a gateway that learns for itself.
        self.assertEqual(run("outcomes", "import", file, "--data", self.data).returncode, 0)
        self.assertTrue(all(row["answer"] for row in self.export()))
        self.write()
        told = json.loads(run("explain", prompt(7), "--answer", bad(7), "--config", self.config, "--data", self.data,
                              "--json").stdout)["answer"]
        self.assertEqual(told["weights"], "learned")
        self.assertLess(told["p"], 0.3)

    def test_evaluating_answers_says_what_learning_brings(self):
        file = self.path / "recorded.jsonl"
        chance = random.Random(4)
        with open(file, "w") as out:
            for number in range(300):
                wrong = chance.random() < 0.3
                out.write(json.dumps({"id": f"{number}", "prompt": prompt(number), "outcomes": {"cheap": {
                    "score": int(not wrong), "response": (bad if wrong else good)(number)}}}) + "\n")
        told = run("evaluate", file, "--answers")
        self.assertEqual(told.returncode, 0, told.stderr)
        areas = {line.split("  AUC")[0].strip(): float(re.search(r"AUC ([\d.]+)", line)[1])
                 for line in told.stdout.splitlines() if "AUC" in line}
        self.assertGreater(areas["learned weights"], 0.95)
        self.assertLess(areas["shipped weights"], 0.8)
        self.assertEqual(run("evaluate", file, "--answers").stdout, told.stdout)
        few = self.path / "few.jsonl"
        few.write_text("".join(file.read_text().splitlines(True)[:20]))
        done = run("evaluate", few, "--answers")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))
        self.assertIn("100 are needed", done.stderr)


if __name__ == "__main__":
    unittest.main()
