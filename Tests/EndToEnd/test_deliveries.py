"""Every delivery in every format under every fault: what the client saw, what the ledger says, what was paid."""

import itertools
import json
import socket
import struct
import unittest

from gateway import LOWEST, GatewayTest, Stand, nanodollars, until
from scripted import Answer, chat, chat_stream, message, message_stream

# It says that it does not know: no check takes that for a right answer.
DRAFT, FINAL = "A DRAFT: I don't know.", "The world greets you back."
LONG = ("The world is a large and friendly place, ", "and it says hello back to you in many ways, ")
DELIVERIES, PAIRS = ("streamed", "held", "guarded"), (("o1", "o2"), ("o1", "a2"), ("a1", "o2"), ("a1", "a2"))
FAULTS = ("busy", "silent", "stalled", "cut", "cut late", "rejected", "left")
ROUTES = "".join(
    f"  {delivery}-{first}{second}: {{candidates: [{first}, {second}], baseline: {second}, delivery: {delivery}, "
    f"guard: 10 tokens, {LOWEST}}}\n"
    for delivery, (first, second) in itertools.product(DELIVERIES, PAIRS))
TIMES = "timeouts: {first_byte: 300ms, idle: 300ms}\n"


def speaks_chat(name):
    return name.startswith("o")


def whole(name, text):
    return (chat if speaks_chat(name) else message)(text)


def stream(name, words):
    return (chat_stream if speaks_chat(name) else message_stream)(words)


def beginning(name, words):
    """A stream up to its last word."""
    return stream(name, words)[:(1 if speaks_chat(name) else 2) + len(words)]


def faulty(name, fault, streamed):
    if fault == "busy":
        kind = {"message": "later", "type": "rate_limit_error"}
        return Answer({"type": "error", "error": kind}, 429, {"retry-after": "30"})
    if fault == "silent" or fault == "stalled" and not streamed:
        return Answer(then="hang")
    if fault in ("rejected", "left"):
        return Answer(pieces=stream(name, (DRAFT,))) if streamed else Answer(whole(name, DRAFT))
    if not streamed:
        return Answer(b'{"id": "', fields={"content-length": "5000"})
    words = LONG if fault == "cut late" else (DRAFT,)
    return Answer(pieces=beginning(name, words), then="hang" if fault == "stalled" else "cut")


def text_of(answer, is_chat, streamed):
    """What the client was told, and whether it was told of a failure."""
    if not streamed:
        content = answer.json["choices"][0]["message"]["content"] if is_chat else answer.json["content"][0]["text"]
        return content, False
    text, failed = "", False
    for line in answer.raw.decode().splitlines():
        if not line.startswith("data: {"):
            continue
        data = json.loads(line[6:])
        failed |= "error" in data
        for choice in data.get("choices", []):
            text += choice["delta"].get("content") or ""
        text += data.get("delta", {}).get("text", "")
    return text, failed


class Deliveries(GatewayTest):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand(ROUTES + TIMES, grades={"o1": 1, "o2": 4, "a1": 1, "a2": 5})
        cls.addClassCleanup(cls.stand.close)

    def test_every_combination(self):
        for delivery, (first, second), is_chat, streamed, fault in itertools.product(
                DELIVERIES, PAIRS, (True, False), (False, True), FAULTS):
            with self.subTest(delivery=delivery, first=first, second=second, chat=is_chat, stream=streamed, fault=fault):
                self.stand.providers[first].script(faulty(first, fault, streamed))
                final = Answer(pieces=stream(second, (FINAL,))) if streamed else Answer(whole(second, FINAL))
                self.stand.providers[second].script(Answer(then="hang") if fault == "left" else final)
                route = f"{delivery}-{first}{second}"
                # A stream that is passed on is never judged ahead of its first byte.
                passes = streamed and delivery == "streamed"
                if fault == "left" and not passes:
                    self.leave(route, is_chat, streamed, first, second)
                else:
                    self.stay(route, is_chat, streamed, first, second, fault, delivery)

    def stay(self, route, is_chat, streamed, first, second, fault, delivery):
        ask = self.stand.chat if is_chat else self.stand.message
        answer = ask(route, stream=True) if streamed else ask(route)
        text, failed = text_of(answer, is_chat, streamed)
        passes = streamed and delivery == "streamed"
        broken = streamed and (passes and fault in ("stalled", "cut", "cut late") or delivery == "guarded" and fault == "cut late")
        if passes and fault in ("rejected", "left"):
            told, attempts = DRAFT, [(first, "completed")]
        elif broken:
            told, attempts = "".join(LONG) if fault == "cut late" else DRAFT, [(first, "failed")]
        else:
            told = FINAL
            ended = {"busy": "failed", "silent": "cancelled", "rejected": "completed"}.get(fault, "failed")
            if fault == "stalled" and not streamed:
                ended = "cancelled"
            attempts = [(first, ended), (second, "completed")]
        self.assertEqual((text, failed), (told, broken))
        if told == FINAL:
            self.assertNotIn("DRAFT", answer.raw.decode())
        exchange = self.stand.exchange(answer.id)
        self.assertEqual(list(dict.fromkeys((a["model"], a["outcome"]) for a in exchange["attempts"])), attempts)
        self.assertEqual(exchange["status"], 502 if broken else 200)
        self.paid(exchange, fault)
        if not broken:
            told = answer.note["cost"] if streamed else answer.fields["x-farthing-cost"]
            self.assertEqual(nanodollars(told), exchange["cost_nano"])
            model = answer.note["model"] if streamed else answer.fields["x-farthing-model"]
            self.assertEqual(model, attempts[-1][0])

    def paid(self, exchange, fault):
        self.assertEqual(sum(a["cost_nano"] for a in exchange["attempts"]), exchange["cost_nano"])
        draft = exchange["attempts"][0]
        self.assertEqual(draft["cost_nano"] > 0, fault != "busy", draft)
        if fault in ("rejected", "left"):
            self.assertFalse(draft["usage"]["estimated"])
        elif fault != "busy":
            self.assertTrue(draft["usage"]["estimated"])

    def leave(self, route, is_chat, streamed, first, second):
        path = "/v1/chat/completions" if is_chat else "/v1/messages"
        link = self.stand.open(route, path, stream=streamed)
        self.assertTrue(self.stand.providers[second].arrived.wait(60))
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.close()
        self.assertTrue(self.stand.providers[second].abandoned.wait(60))
        kind = "openai" if is_chat else "anthropic"
        rows = self.rows_of(route, kind, streamed)
        exchange = self.stand.exchange(rows[0]["id"])
        self.assertEqual([(a["model"], a["outcome"]) for a in exchange["attempts"]],
                         [(first, "completed"), (second, "cancelled")])
        self.paid(exchange, "left")

    def rows_of(self, route, kind, streamed):
        return until(lambda: self.stand.rows(
            "SELECT id FROM exchange WHERE status = 499 AND requested = ? AND format = ? AND streamed = ?",
            route, kind, int(streamed)))


if __name__ == "__main__":
    unittest.main()
