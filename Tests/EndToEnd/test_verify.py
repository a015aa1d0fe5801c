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

    def test_a_recorded_row_has_a_line_for_each_answer_in_its_order(self):
        row = {"id": "r/1", "prompt": OPTIONS, "reference": "B", "outcomes": {
            "second": {"score": 1, "response": "2/3 * 90 = 60. The answer is (B)."},
            "silent": {"score": 0, "latency_ms": 5},
            "first": {"score": 0, "response": "2/3 * 90 = 70. The answer is (C)."}}}
        done, lines = verify([row, {"id": 2, "prompt": "Hi", "response": "Hello."}])
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual([(line["id"], line.get("model")) for line in lines],
                         [("r/1", "second"), ("r/1", "first"), (2, None)])
        self.assertGreater(lines[0]["score"], lines[1]["score"])
        flipped = row | {"reference": "C", "outcomes": {name: outcome | {"score": 1 - outcome["score"]}
                                                        for name, outcome in row["outcomes"].items()}}
        self.assertEqual([line["score"] for line in verify([flipped])[1]], [line["score"] for line in lines[:2]])

    def test_calls_and_tools_are_read_in_every_layout(self):
        schema = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
        tools = [{"name": "weather", "parameters": schema | {"type": "dict"}}, [{"name": "weather", "input_schema": schema}],
                 [{"type": "function", "function": {"name": "weather", "parameters": schema}}]]
        for tool in tools + [json.dumps(tools[2])]:
            for city, ok in ("Rome", True), (7, False):
                arguments = {"city": city}
                for response in [
                        [{"weather": arguments}], [{"weather": json.dumps(arguments)}], {"name": "weather", "arguments": arguments},
                        [{"type": "tool_use", "id": "1", "name": "weather", "input": arguments}],
                        {"role": "assistant", "content": None, "tool_calls": [
                            {"id": "1", "type": "function", "function": {"name": "weather", "arguments": json.dumps(arguments)}}]}]:
                    row = {"id": 1, "prompt": "Weather in Rome?", "tools": tool, "response": response}
                    done, lines = verify([row])
                    self.assertEqual(done.stderr, "")
                    fails = [found for found in lines[0]["evidence"] if found["verdict"] == "fails"]
                    self.assertEqual(not fails, ok, (row, fails))

    def test_blank_lines_and_a_missing_last_line_end_are_no_matter(self):
        done = subprocess.run([str(BINARY), "verify"], input='\n  \r\n{"id": "é", "prompt": "x", "response": null}\r\n\t\n'
                              '{"id": 2, "messages": [{"role": "user", "content": "What is 2 + 2?"}], "response": "5"}',
                              capture_output=True, text=True, env=environment())
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([line["id"] for line in lines], ["é", 2], done.stderr)
        self.assertLess(lines[1]["score"], 0.1)

    def test_a_schema_may_be_an_object_a_text_or_a_response_format(self):
        schema = {"type": "object", "required": ["b"]}
        for given in schema, json.dumps(schema), {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}:
            row = {"id": 1, "prompt": "Give JSON.", "response": '{"a": 1}', "schema": given}
            self.assertIn("structure.schema", [found["check"] for found in verify([row])[1][0]["evidence"]], given)

    def test_says_what_is_wrong_in_one_line(self):
        good = {"id": 1, "prompt": "x", "response": "y"}
        for rows, options, status, words in [
                ([good, {"id": 2, "prompt": "x"}], [], 1, ":2: an answer needs `response`"),
                ([{"id": 2, "response": "x"}], [], 1, ":1: an answer needs `prompt`"),
                ([good | {"response": 7}], [], 1, ":1: `response` is neither text nor a list of tool calls"),
                ([{"prompt": "x", "outcomes": {"m": {"response": 7}}}], [], 1, ":1: `response` of m is neither"),
                ([{"prompt": "x", "outcomes": {"m": {"score": 1}}}], [], 1, ":1: none of the `outcomes`"),
                ([good | {"tools": 7}], [], 1, ":1: `tools` needs definitions"),
                ([good | {"schema": {"type": 7}}], [], 1, ":1: `schema` cannot be used"),
                ([good], ["--floor", "2"], 2, "--floor takes a probability")]:
            done, _ = verify(rows, *options)
            self.assertEqual(done.returncode, status)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(words, done.stderr)
        done = subprocess.run([str(BINARY), "verify"], input='{"id": 1,\n', capture_output=True, text=True, env=environment())
        self.assertEqual((done.returncode, done.stderr.count("\n")), (1, 1))


if __name__ == "__main__":
    unittest.main()
