"""Outcomes: feedback on answers, import and export, and a gateway that learns from them and comes to the same after a restart."""

import hashlib
import json
import re
import unittest

from gateway import until
from harness import http, run
from learning_gateway import LearningGateway
from scripted import Answer, chat, chat_stream
from test_knowledge import EASY, HARD
from test_prediction import outcomes


def digest(name):
    return hashlib.sha256(name.encode()).hexdigest()


class Outcomes(LearningGateway):
    ROUTE = "quality: within 5 points of strong"

    def ask(self, process, prompt, stream=False, **fields):
        self.provider.script(Answer(pieces=chat_stream()) if stream else Answer(chat()))
        status, got, body = http(f"{process.url}/v1/chat/completions", {
            "model": "auto", "stream": stream, "messages": [{"role": "user", "content": prompt}]}, fields)
        self.assertEqual(status, 200, body)
        return got

    def tell(self, process, body, **fields):
        status, _, answer = http(f"{process.url}/v1/feedback", body, fields)
        return status, json.loads(answer)

    def export(self):
        done = run("outcomes", "export", "--data", self.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_feedback_is_kept_once_and_survives_a_kill(self):
        with self.gateway() as process:
            whole = self.ask(process, EASY)["x-farthing-id"]
            streamed = self.ask(process, HARD, stream=True)["x-farthing-id"]
            status, told = self.tell(process, {"id": whole, "rating": "up"})
            self.assertEqual((status, told["model"], told["score"]), (200, "cheap", 1), told)
            self.assertEqual(self.tell(process, {"id": streamed, "corrected": "better"})[1]["score"], 0)
            self.assertEqual(self.tell(process, {"id": whole, "correct": False})[0], 200)
            metrics = http(f"{process.url}/metrics")[2].decode()
            self.assertIn("farthing_feedback_total 3", metrics)
            process.kill()
        with self.gateway() as process:
            kept = until(lambda: (found := self.export()) and len(found) == 2 and found)
            self.assertEqual({row["exchange"]: row["score"] for row in kept}, {whole: 1, streamed: 0})
            for row in kept:
                self.assertEqual((row["source"], row["weight"], row["propensity"]), ("feedback", 0.5, 1))
                self.assertGreater(len(row["features"]), 400)
            self.assertNotIn("river", json.dumps(kept))
            # Long after, the ledger knows the exchange.
            self.assertEqual(self.tell(process, {"id": whole, "score": 0.5})[0], 200)

    def test_an_answer_that_another_models_failure_brought_was_not_chosen(self):
        with self.gateway() as process:
            self.provider.script(Answer({"error": {"message": "no such model"}}, 404), Answer(chat()))
            status, fields, body = http(f"{process.url}/v1/chat/completions", {
                "model": "auto", "messages": [{"role": "user", "content": EASY}]})
            self.assertEqual((status, fields["x-farthing-model"]), (200, "strong"), body)
            chosen = self.ask(process, EASY)
            self.assertEqual(chosen["x-farthing-model"], "cheap")
            for exchange in (fields["x-farthing-id"], chosen["x-farthing-id"]):
                self.assertEqual(self.tell(process, {"id": exchange, "correct": True})[0], 200)
            kept = until(lambda: (found := self.export()) and len(found) == 2 and found)
            self.assertEqual({row["model"]: row["propensity"] for row in kept}, {"strong": 0, "cheap": 1})

    def test_feedback_that_makes_no_sense_is_refused(self):
        with self.gateway() as process:
            known = self.ask(process, EASY)["x-farthing-id"]
            for body, status, words in (
                    ({}, 400, "x-farthing-id"), ({"id": "x", "correct": True}, 404, "no exchange of yours"),
                    ({"id": known}, 400, "needs one of"), ({"id": known, "correct": 1}, 400, "true or false"),
                    ({"id": known, "score": 3}, 400, "0 to 1"), ({"id": known, "rating": "meh"}, 400, "up")):
                got, told = self.tell(process, body)
                self.assertEqual(got, status, (body, told))
                self.assertIn(words, told["error"]["message"], body)

    def test_a_caller_judges_his_own_exchanges_only(self):
        self.write(f"keys: [{{name: a, sha256: {digest('key-a')}}}, {{name: b, sha256: {digest('key-b')}}}]\n")
        with self.gateway() as process:
            mine = self.ask(process, EASY, **{"x-api-key": "key-a"})["x-farthing-id"]
            self.assertEqual(self.tell(process, {"id": mine, "correct": True}, **{"x-api-key": "key-b"})[0], 404)
            self.assertEqual(self.tell(process, {"id": mine, "correct": True})[0], 401)
            self.assertEqual(self.tell(process, {"id": mine, "correct": True}, **{"x-api-key": "key-a"})[0], 200)

    def test_import_twice_changes_nothing_and_an_export_is_an_import(self):
        file = self.path / "recorded.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in outcomes(60)))
        first = run("outcomes", "import", file, "--data", self.data)
        self.assertEqual((first.returncode, first.stdout), (0, "120 new, 0 known\n"), first.stderr)
        self.assertEqual(run("outcomes", "import", file, "--data", self.data).stdout, "0 new, 120 known\n")
        exported = run("outcomes", "export", "--data", self.data).stdout
        copy = self.path / "export.jsonl"
        copy.write_text(exported)
        other = self.path / "other"
        self.assertEqual(run("outcomes", "import", copy, "--data", other).stdout, "120 new, 0 known\n")
        self.assertEqual(run("outcomes", "export", "--data", other).stdout, exported)
        with self.gateway():
            done = run("outcomes", "import", file, "--data", self.data)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("a gateway runs on", done.stderr)
        copy.write_text(exported.splitlines()[0] + "\n{\"features\": 3}\n")
        done = run("outcomes", "import", copy, "--data", self.data)
        self.assertEqual(done.returncode, 1)
        self.assertIn("export.jsonl:2", done.stderr)

    def test_it_learns_and_comes_to_the_same_after_a_restart(self):
        file = self.path / "recorded.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in outcomes(300)))
        self.assertEqual(run("outcomes", "import", file, "--data", self.data).returncode, 0)
        learned = []
        for _ in range(2):
            with self.gateway() as process:
                self.assertTrue(until(lambda: "event=learned" in process.output(), seconds=60))
                learned.append(re.search(r"predictor=(\w+)", process.output())[1])
                self.assertEqual(self.ask(process, HARD)["x-farthing-model"], "strong")
                fields = self.ask(process, EASY)
                self.assertEqual(fields["x-farthing-model"], "cheap")
                self.assertIn("uncertified", fields["x-farthing-decision"])
                process.stop()
        self.assertEqual(learned[0], learned[1])
        # As of the 576th of 600 outcomes, when learning was due last.
        told = json.loads(run("types", "--data", self.data, "--json").stdout)
        # An outcome counts a little less with each that comes after it.
        self.assertAlmostEqual(sum(type["prompts"] for type in told), 288, delta=8)
        for type in told:
            self.assertEqual({model["model"] for model in type["models"]}, {"cheap", "strong"})
            self.assertRegex(type["name"], r"^\w+, \w+, \w+$")
        told = json.loads(run("explain", HARD, "--config", self.config, "--data", self.data, "--json").stdout)
        self.assertEqual((told["decided_by"], told["candidates"][0]["model"]), ("outcomes", "strong"))
        failures = {candidate["model"]: candidate["resembles"]["failures"] for candidate in told["candidates"]}
        self.assertGreater(failures["cheap"], 6)
        self.assertLess(failures["strong"], 4)
        text = run("explain", HARD, "--config", self.config, "--data", self.data).stdout
        self.assertRegex(text, r"memory     cheap: looks like \d+ of its last failures, .*: import/\w+")
        # From nothing but the export, too.
        copy = self.path / "export.jsonl"
        copy.write_text(run("outcomes", "export", "--data", self.data).stdout)
        self.data = self.path / "rebuilt"
        run("outcomes", "import", copy, "--data", self.data)
        with self.gateway() as process:
            self.assertTrue(until(lambda: "event=learned" in process.output(), seconds=60))
            self.assertIn(f"predictor={learned[0]}", process.output())


class Reports(unittest.TestCase):
    def test_a_data_folder_that_is_not_there_is_no_empty_one(self):
        for command in (("report",), ("outcomes", "export"), ("types",), ("certificate",)):
            done = run(*command, "--data", "/nowhere/data")
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), done.stderr)
            self.assertIn("--data", done.stderr)


if __name__ == "__main__":
    unittest.main()
