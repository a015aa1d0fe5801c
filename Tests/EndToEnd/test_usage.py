"""What a call is expected to cost follows what providers said of the calls before: how long answers were, what was cached."""

import unittest

from gateway import GatewayTest
from scripted import Answer, chat

LONG = "The harbour was quiet that morning, and nobody had yet seen the letter. " * 160


def usage(prompt, completion, cached=0):
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion,
            "prompt_tokens_details": {"cached_tokens": cached}}


class Usage(GatewayTest):
    def explain(self, route, messages):
        told = self.stand.request("POST", "/api/explain", {"model": route, "messages": messages})
        return {c["model"]: c for c in told.json["candidates"]}

    def ask(self, messages, answer):
        self.stand.o1.script(Answer(answer))
        self.assertEqual(self.stand.chat("only-o", messages=messages).status, 200)

    def test_models_that_ramble_are_expected_to(self):
        question = [{"role": "user", "content": "Who wrote Middlemarch, and when did it first appear?"}]
        self.assertEqual(list(self.explain("oa", question))[0], "o1")
        for _ in range(20):
            self.ask(question, chat("George Eliot, in 1871.", usage=usage(12, 3000)))
        known = self.explain("oa", question)
        self.assertEqual(list(known)[0], "a1")
        self.assertGreater(known["o1"]["expected_output_tokens"], 1500)
        # After a restart the ledger knows it still.
        self.assertEqual(self.stand.process.stop(), 0)
        self.stand.process.__exit__()
        self.stand.process = self.stand.serve()
        again = self.explain("oa", question)
        self.assertEqual(list(again)[0], "a1")
        self.assertEqual(again["o1"]["expected_output_tokens"], known["o1"]["expected_output_tokens"])

    def test_the_model_that_was_asked_before_has_the_conversation_in_its_cache(self):
        first = [{"role": "user", "content": LONG + "What is the story about?"}]
        second = first + [{"role": "assistant", "content": "A harbour."}, {"role": "user", "content": "And then?"}]
        third = second + [{"role": "assistant", "content": "A letter."}, {"role": "user", "content": "Who wrote it?"}]
        self.ask(first, chat("A harbour.", usage=usage(2400, 5)))
        self.assertEqual(self.explain("oa", second)["o1"]["expected_cached_tokens"], 0)
        self.ask(second, chat("A letter.", usage=usage(2420, 5, cached=2304)))
        known = self.explain("oa", third)
        self.assertEqual(known["o1"]["expected_cached_tokens"], round(2304 / 2400 * 2420))
        self.assertEqual(known["a1"]["expected_cached_tokens"], 0)
        other = self.explain("oa", [{"role": "user", "content": "Another one. " + third[0]["content"]}] + third[1:])
        self.assertEqual(other["o1"]["expected_cached_tokens"], 0)
        self.assertLess(float(known["o1"]["estimated_cost"]), float(other["o1"]["estimated_cost"]))


if __name__ == "__main__":
    unittest.main()
