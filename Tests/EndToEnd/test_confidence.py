"""How sure a model was of its tokens: asked for where the provider tells it, looked at, and hidden from who did not ask."""

import json
import unittest

from gateway import GatewayTest, Stand
from scripted import Answer, chat, chat_stream, chunk


def told(*tokens):
    return {"content": [{"token": text, "logprob": sure, "bytes": None,
                         "top_logprobs": [{"token": text, "logprob": sure, "bytes": None},
                                          {"token": "no", "logprob": other, "bytes": None}]}
                        for text, sure, other in tokens], "refusal": None}


SURE = told(("Hello", -0.01, -9.0), (" there", -0.02, -8.0))
UNSURE = told(("Hello", -0.01, -9.0), (" there", -2.5, -2.6))


def whole(tokens):
    answer = chat()
    answer["choices"][0]["logprobs"] = tokens
    return answer


def stream(tokens):
    pieces = chat_stream(())
    words = [chunk({"content": token["token"]}) for token in tokens["content"]]
    for place, token in enumerate(tokens["content"]):
        event = json.loads(words[place].removeprefix(b"data: "))
        event["choices"][0]["logprobs"] = {"content": [token], "refusal": None}
        words[place] = b"data: " + json.dumps(event).encode() + b"\n\n"
    return pieces[:1] + words + pieces[1:]


class Confidence(GatewayTest):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand("  unseen: {candidates: [o1], checks: off}\n", providers_more={"o1": ", logprobs: true"})
        cls.addClassCleanup(cls.stand.close)

    def seen(self, answer):
        """The signs of the check on the answer that was delivered."""
        verdict = self.stand.exchange(answer.id)["attempts"][-1]["verdict"]
        return [e["verdict"] for e in verdict["evidence"] if e["check"] == "confidence.tokens"]

    def test_it_is_asked_for_looked_at_and_hidden(self):
        for tokens, verdict in ((SURE, "passes"), (UNSURE, "fails")):
            self.stand.o1.script(Answer(whole(tokens)))
            answer = self.stand.chat("o1")
            asked = self.stand.o1.bodies[0]
            self.assertEqual((asked["logprobs"], asked["top_logprobs"]), (True, 2))
            self.assertEqual(answer.json, whole(None))
            self.assertEqual(self.seen(answer), [verdict])

    def test_in_a_stream_too(self):
        self.stand.o1.script(Answer(pieces=stream(UNSURE)))
        answer = self.stand.chat("o1", stream=True)
        self.assertNotIn("logprob\"", answer.raw.decode())
        self.assertIn("Hello", answer.raw.decode())
        chunks = [json.loads(e[6:]) for e in answer.events if e.startswith("data: {")]
        self.assertEqual({json.dumps(c["choices"][0].get("logprobs")) for c in chunks}, {"null"})
        self.assertEqual(self.seen(answer), ["fails"])

    def test_who_asks_gets_it_as_it_came(self):
        self.stand.o1.script(Answer(whole(SURE)))
        answer = self.stand.chat("o1", logprobs=True)
        self.assertEqual(answer.json, whole(SURE))
        self.assertNotIn("top_logprobs", self.stand.o1.bodies[0])
        self.assertEqual(self.seen(answer), ["passes"])
        self.stand.o1.script(Answer(pieces=stream(SURE)))
        answer = self.stand.chat("o1", logprobs=True, stream=True)
        self.assertIn('"logprob": -0.02', answer.raw.decode())

    def test_across_formats(self):
        self.stand.o1.script(Answer(whole(UNSURE)))
        answer = self.stand.message("o1")
        self.assertEqual(answer.json["content"], [{"type": "text", "text": "Hello there"}])
        self.assertEqual(self.stand.o1.bodies[0]["top_logprobs"], 2)
        self.assertEqual(self.seen(answer), ["fails"])
        self.stand.o1.script(Answer(pieces=stream(UNSURE)))
        answer = self.stand.message("o1", stream=True)
        self.assertNotIn("logprob", answer.raw.decode())
        self.assertEqual(self.seen(answer), ["fails"])

    def test_providers_that_were_not_named_are_not_asked(self):
        self.stand.chat("o2")
        self.assertNotIn("logprobs", self.stand.o2.bodies[0])
        self.stand.chat("unseen")
        self.assertNotIn("logprobs", self.stand.o1.bodies[-1])
        tools = [{"type": "function", "function": {"name": "greet", "parameters": {"type": "object"}}}]
        self.stand.chat("o1", tools=tools)
        self.assertNotIn("logprobs", self.stand.o1.bodies[-1])


if __name__ == "__main__":
    unittest.main()
