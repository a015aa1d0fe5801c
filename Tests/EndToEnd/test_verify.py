"""`farthing verify`: evidence and one probability for each answer that is read, in order, with nothing but the program."""

import json
import subprocess
import unittest

from harness import BINARY, environment

OPTIONS = "What is 2/3 of 90?\nOptions:\nA. 45\nB. 60\nC. 61\nD. 30"


def verify(lines, *options):
    done = subprocess.run([str(BINARY), "verify", *options], input="".join(json.dumps(line) + "\n" for line in lines),
                          capture_output=True, text=True, env=environment())
    return done, [json.loads(line) for line in done.stdout.splitlines()]


class Verify(unittest.TestCase):
    def test_answers_come_back_in_order_with_evidence(self):
        rows = [
            {"id": 1, "prompt": OPTIONS, "response": "We have 2/3 * 90 = 60. The answer is (B)."},
            {"id": "two", "prompt": OPTIONS, "response": "We have 2/3 * 90 = 70, so 61 is closest. The answer is (C).",
             "model": "cheap"},
            {"id": None, "prompt": OPTIONS, "response": ""},
            {"prompt": "Weather in Rome?", "response": [{"weather": "{\"city\": \"Rome\"}"}],
             "tools": {"name": "weather", "parameters": {"type": "dict", "properties": {"city": {"type": "string"}}}}},
        ]
        done, lines = verify(rows)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual([line["id"] for line in lines], [1, "two", None, None])
        for line in lines:
            self.assertEqual(set(line), {"id", "accept", "score", "evidence"})
            self.assertTrue(0 <= line["score"] <= 1)
            self.assertEqual(line["accept"], line["score"] >= 0.6)
            for found in line["evidence"]:
                self.assertEqual(set(found), {"check", "verdict", "strength", "reason"})
                self.assertIn(found["verdict"], ["passes", "fails", "cannot tell"])
        self.assertGreater(lines[0]["score"], lines[1]["score"])
        self.assertGreater(lines[1]["score"], lines[2]["score"])
        reasons = [found["reason"] for found in lines[1]["evidence"]]
        self.assertIn('"2/3 * 90 = 70" does not hold: it comes to 60', reasons)

    def test_the_floor_decides(self):
        row = {"id": 1, "prompt": "Hi", "response": "Hello."}
        self.assertTrue(verify([row], "--floor", "0")[1][0]["accept"])
        self.assertFalse(verify([row], "--floor", "1")[1][0]["accept"])

    def test_a_task_may_be_named_and_the_answer_may_have_been_cut_off(self):
        row = {"id": 1, "prompt": "Tell me of Rome.", "response": "Rome is", "task": "factual"}
        _, lines = verify([row, row | {"finish": "length"}])
        self.assertGreater(lines[0]["score"], lines[1]["score"])

    def test_says_what_is_wrong_in_one_line(self):
        good = {"id": 1, "prompt": "x", "response": "y"}
        for rows, options, status, words in [
                ([good, {"id": 2, "prompt": "x"}], [], 1, ":2: an answer needs `prompt`"),
                ([good | {"response": 7}], [], 1, ":1: an answer needs `prompt`"),
                ([good], ["--floor", "2"], 2, "--floor takes a probability")]:
            done, _ = verify(rows, *options)
            self.assertEqual(done.returncode, status)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(words, done.stderr)
        done = subprocess.run([str(BINARY), "verify"], input='{"id": 1,\n', capture_output=True, text=True, env=environment())
        self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))


if __name__ == "__main__":
    unittest.main()
