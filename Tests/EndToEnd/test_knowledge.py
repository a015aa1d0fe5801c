"""The gateway routes by what it knows: a predictor and its certificate, loaded, reloaded, and refused."""

import json
import os
import pathlib
import signal
import tempfile
import threading
import unittest

from gateway import until
from harness import Process, http, run
from scripted import Answer, Provider, chat
from test_prediction import outcomes

PRICES = {"cheap": "{input: 0.1, output: 0.4}", "strong": "{input: 10, output: 40}", "other": "{input: 1, output: 4}"}
EASY = "Write one short line about a river and a lamp and a cloud."
HARD = "Compute the total of " + " + ".join(str(9000 - 7 * place) for place in range(12)) + "."


class Knowledge(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.shared.name)
        rows = list(outcomes(1600))
        file = cls.path / "outcomes.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        cls.predictor, cls.certificate = cls.path / "predictor.bin", cls.path / "certificate.json"
        done = run("certify", file, "--models", "cheap,strong", "--baseline", "strong", "--bound", "5",
                   "--out", cls.certificate, "--predictor-out", cls.predictor)
        assert done.returncode == 0, done.stderr
        cls.other = cls.path / "other.bin"
        done = run("train", file, "--models", "cheap,strong", "--out", cls.other)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.shared.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.config = pathlib.Path(self.folder.name) / "farthing.yaml"

    def write(self, route="quality: within 5 points of strong", predictor="", certificate="", port=1, models="cheap, strong"):
        text = f"providers: {{p: {{format: openai, base_url: 'http://127.0.0.1:{port}/v1', models: []}}}}\nmodels:\n"
        for name, price in PRICES.items():
            text += f"  {name}: {{provider: p, grade: 3, price: {price}}}\n"
        text += f"routes: {{auto: {{candidates: [{models}], {route}}}}}\n"
        text += f"predictor: {predictor}\n" if predictor else ""
        text += f"certificate: {certificate}\n" if certificate else ""
        self.config.write_text(text)

    def explain(self, prompt, *options):
        done = run("explain", prompt, "--config", self.config, "--json", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def first(self, prompt):
        return self.explain(prompt)["candidates"][0]["model"]

    def test_without_outcomes_grades_decide_and_it_says_so(self):
        self.write()
        told = self.explain(HARD)
        self.assertEqual((told["decided_by"], told["certified"]), ("grades", False))
        self.assertEqual(told["candidates"][0]["model"], "cheap")
        text = run("explain", HARD, "--config", self.config).stdout
        self.assertIn("uncertified: grades decide", text)

    def test_with_outcomes_each_prompt_goes_where_it_will_be_answered_right(self):
        self.write(predictor=self.other)
        self.assertEqual((self.first(EASY), self.first(HARD)), ("cheap", "strong"))
        told = self.explain(HARD)
        self.assertEqual((told["decided_by"], told["certified"]), ("outcomes", False))
        self.assertEqual(told["uncertified_because"], "there is no certificate")
        for candidate in told["candidates"]:
            self.assertLess(candidate["p_low"], candidate["p"])
            self.assertLess(candidate["p"], candidate["p_high"])
        p = {candidate["model"]: candidate["p"] for candidate in told["candidates"]}
        self.assertLess(p["cheap"], 0.4)
        self.assertGreater(p["strong"], 0.8)

    def test_a_model_without_outcomes_is_judged_by_what_is_public(self):
        self.write(predictor=self.other, models="cheap, other, strong")
        other = next(one for one in self.explain(EASY)["candidates"] if one["model"] == "other")
        self.assertEqual((other["outcomes"], other["basis"]), (0, "by its grade 3"))
        self.assertTrue(0.3 < other["p"] < 0.99, other)
        self.assertLess(next(one for one in self.explain(HARD)["candidates"] if one["model"] == "other")["p"], other["p"])
        self.assertIn("by its grade 3", run("explain", EASY, "--config", self.config).stdout)

    def test_value_and_saving_are_what_the_operator_says(self):
        self.write(route="baseline: strong, value: $10000", predictor=self.other)
        self.assertEqual(self.first(HARD), "strong")
        self.write(route="baseline: strong, value: $0.000001", predictor=self.other)
        self.assertEqual(self.first(HARD), "cheap")

    def test_where_a_right_answer_has_a_value_a_better_one_is_asked_for_and_waited_for(self):
        cut = {"index": 0, "message": {"role": "assistant", "content": "A river"}, "finish_reason": "length"}
        provider = Provider()
        self.addCleanup(provider.close)
        self.write(route="baseline: strong, value: $0.20", predictor=self.other, port=provider.port)
        with Process("serve", "--config", self.config, "--listen", "127.0.0.1:0", folder=self.folder.name) as process:
            provider.script(Answer(chat(choices=[cut])), Answer(chat("A river, a lamp and a cloud met at dusk.")))
            _, fields, _ = http(f"{process.url}/v1/chat/completions", {
                "model": "auto", "messages": [{"role": "user", "content": EASY}]})
        self.assertEqual([json.loads(raw)["model"] for _, _, raw in provider.received], ["cheap", "strong"])
        self.assertEqual(fields["x-farthing-model"], "strong")

    def test_the_certificate_counts_for_what_it_was_made_of_alone(self):
        self.write(predictor=self.predictor, certificate=self.certificate)
        told = self.explain(EASY)
        self.assertTrue(told["certified"], told)
        self.assertEqual((told["bound"], told["candidates"][0]["model"]), (0.05, "cheap"))
        self.assertEqual(self.first(HARD), "strong")
        for change, reason in (({"predictor": self.other}, "another predictor"),
                               ({"route": "quality: within 1 point of strong"}, "a greater loss"),
                               ({"route": "quality: within 5 points of cheap"}, "compares with strong"),
                               ({"models": "cheap, other, strong"}, "does not know every candidate")):
            self.write(**{"predictor": self.predictor, "certificate": self.certificate} | change)
            told = self.explain(EASY)
            self.assertFalse(told["certified"], change)
            self.assertIn(reason, told["uncertified_because"])

    def test_files_that_are_none_are_refused_at_the_start(self):
        broken = pathlib.Path(self.folder.name) / "broken.bin"
        broken.write_bytes(self.predictor.read_bytes()[:-9])
        for files, words in (({"predictor": broken}, "broken.bin is damaged"),
                             ({"predictor": "/nowhere.bin"}, "/nowhere.bin"),
                             ({"predictor": self.predictor, "certificate": self.config}, "is no certificate")):
            self.write(**files)
            done = run("serve", "--config", self.config, "--listen", "127.0.0.1:0", folder=self.folder.name)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn(words, done.stderr)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_another_predictor_takes_over_under_load_and_nothing_is_dropped(self):
        provider = Provider()
        self.addCleanup(provider.close)
        provider.script(Answer(chat()))
        self.write(port=provider.port)
        with Process("serve", "--config", self.config, "--listen", "127.0.0.1:0", folder=self.folder.name) as process:
            def ask(prompt):
                return http(f"{process.url}/v1/chat/completions", {
                    "model": "auto", "messages": [{"role": "user", "content": prompt}]})

            self.assertEqual(ask(HARD)[1]["x-farthing-model"], "cheap")
            failed, stop = [], threading.Event()

            def load():
                while not stop.is_set():
                    answer = ask(HARD)
                    if answer[0] != 200:
                        failed.append(answer)

            threads = [threading.Thread(target=load) for _ in range(4)]
            for thread in threads:
                thread.start()
            try:
                for count in range(1, 7):
                    self.write(port=provider.port, predictor=[self.predictor, self.other][count % 2])
                    process.process.send_signal(signal.SIGHUP)
                    until(lambda: process.output().count('event="configuration reloaded"') == count or None)
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            self.assertEqual(failed, [])
            fields = ask(HARD)[1]
            self.assertEqual(fields["x-farthing-model"], "strong")
            self.assertIn("expected right with", fields["x-farthing-decision"])
            os.truncate(self.config, 0)
            self.write(port=provider.port, predictor="/nowhere.bin")
            process.process.send_signal(signal.SIGHUP)
            until(lambda: "configuration kept" in process.output() or None)
            self.assertEqual(ask(HARD)[1]["x-farthing-model"], "strong")


if __name__ == "__main__":
    unittest.main()
