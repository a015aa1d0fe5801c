"""Streams through the running gateway: byte for byte, across formats, broken off by either side."""

import concurrent.futures
import json
import pathlib
import re
import socket
import struct
import threading
import unittest

import scripted
from gateway import GatewayTest, Stand, cost, nanodollars, until
from scripted import Answer, DONE, chat, chat_stream, choice, chunk, event, message_event, message_stream


class Streams(GatewayTest):
    def streamed(self, body, note=True):
        """The body without the gateway's comment, which must stand directly before the end mark."""
        parts = [p for p in body.split(b"\n\n") if p]
        notes = [i for i, p in enumerate(parts) if p.startswith(b": farthing ")]
        self.assertEqual(notes, [len(parts) - 2] if note else [])
        return b"".join(p + b"\n\n" for p in parts if not p.startswith(b": farthing "))

    def test_the_same_format_passes_byte_for_byte(self):
        odd = [b": OPENROUTER PROCESSING\n\n", chunk({"role": "assistant"}, unknown={"x": [1, 2.50, "\u00e9"]}),
               b'data:   {"choices":[{"index":0,"delta":{"content":"\\u0041"},"x":1e3}] , "y" : null}\n\n',
               chunk({}, "stop")]
        usage = event({"choices": [], "usage": scripted.CHAT_USAGE})
        self.stand.o1.script(Answer(pieces=odd + [usage, DONE]))
        answer = self.stand.chat("only-o", stream=True)
        self.assertEqual(self.streamed(answer.raw), b"".join(odd + [DONE]))
        answer = self.stand.chat("only-o", stream=True, stream_options={"include_usage": True})
        self.assertEqual(self.streamed(answer.raw), b"".join(odd + [usage, DONE]))
        pieces = message_stream()
        pieces.insert(1, message_event("ping"))
        pieces.insert(3, message_event("of_the_future", content={"a": 1}))
        self.stand.a1.script(Answer(pieces=pieces))
        answer = self.stand.message("only-a", stream=True)
        self.assertEqual(self.streamed(answer.raw), b"".join(pieces))

    def test_any_cut_of_the_bytes_gives_the_same(self):
        whole = b"".join(chat_stream(("Gr\u00fc\u00dfe ", "\U0001F600"), usage=None))
        self.stand.o1.script(Answer(pieces=[whole[i:i + 7] for i in range(0, len(whole), 7)]))
        self.assertEqual(self.streamed(self.stand.chat("only-o", stream=True).raw), whole)

    def test_annotate_false_turns_comment_and_fields_off(self):
        self.stand.o1.script(Answer(pieces=chat_stream()))
        self.stand.a1.script(Answer(pieces=message_stream()))
        for answer in (self.stand.chat("quiet", stream=True), self.stand.message("quiet-a", stream=True)):
            self.streamed(answer.raw, note=False)
            self.assertEqual([n for n in answer.fields if n.lower().startswith("x-farthing")], [])
        self.stand.o1.script(Answer(chat()))
        answer = self.stand.chat("quiet")
        self.assertEqual([n for n in answer.fields if n.lower().startswith("x-farthing")], [])
        self.assertEqual(answer.json, chat())

    def test_a_stream_that_breaks_off_ends_in_an_error(self):
        broken = {
            "only-o": [chat_stream(done=False)[:3], chat_stream()[:3] + [event(b'{"choi')]],
            "only-a": [message_stream()[:4], message_stream()[:4] + [event(b'{"typ', "content_block_delta")]],
        }
        for model, streams in broken.items():
            for pieces in streams:
                for then in ("end", "cut"):
                    with self.subTest(model, then=then, pieces=len(pieces)):
                        provider = self.stand.o1 if model == "only-o" else self.stand.a1
                        provider.script(Answer(pieces=pieces, then=then))
                        answer = self.stand.chat(model, stream=True)
                        self.assertIn("message", json.loads(answer.events[-1].removeprefix("data: "))["error"])
                        self.assertIn("Hello", answer.raw.decode())
                        self.assertNotIn("[DONE]", answer.raw.decode())
                        self.check_broken(answer, model)
                        answer = self.stand.message(model, stream=True)
                        self.assertTrue(answer.events[-1].startswith("event: error\ndata: "), answer.events[-1])
                        self.assertEqual(json.loads(answer.events[-1].split("data: ")[1])["type"], "error")
                        self.assertNotIn("message_stop", answer.raw.decode())
                        self.check_broken(answer, model)

    def check_broken(self, answer, model):
        exchange = self.stand.exchange(answer.id)
        self.assertEqual(exchange["status"], 502)
        attempt, = exchange["attempts"]
        self.assertEqual(attempt["outcome"], "failed")
        self.assertTrue(attempt["usage"]["estimated"])
        self.assertGreater(attempt["usage"]["output"], 0)
        self.assertGreater(attempt["cost_nano"], 0)

    def test_an_error_in_the_middle_is_told_in_the_clients_format(self):
        self.stand.o1.script(Answer(pieces=chat_stream()[:2] + [event({"error": {"message": "burst", "type": "t"}})]))
        self.stand.a1.script(Answer(pieces=message_stream()[:3] + [message_event(
            "error", error={"type": "overloaded_error", "message": "burst"})]))
        for model in ("only-o", "only-a"):
            answer = self.stand.chat(model, stream=True)
            self.assertEqual(json.loads(answer.events[-1].removeprefix("data: "))["error"]["message"], "burst")
            self.check_502(answer)
            answer = self.stand.message(model, stream=True)
            self.assertEqual(json.loads(answer.events[-1].split("data: ")[1])["error"]["message"], "burst")
            self.check_502(answer)

    def check_502(self, answer):
        exchange = self.stand.exchange(answer.id)
        self.assertEqual((exchange["status"], exchange["attempts"][-1]["outcome"]), (502, "failed"))

    def test_a_failure_before_the_first_event_fails_over(self):
        over = message_event("error", error={"type": "overloaded_error", "message": "Overloaded"})
        self.stand.a1.script(Answer(pieces=[over]))
        self.stand.a2.script(Answer(pieces=message_stream()))
        answer = self.stand.message("aa", stream=True)
        self.assertEqual(answer.fields["x-farthing-model"], "a2")
        self.assertEqual(self.streamed(answer.raw), b"".join(message_stream()))
        self.stand.o2.script(Answer(pieces=chat_stream()))
        first = [Answer(pieces=[event({"error": {"message": "x"}})]), Answer(pieces=[]), Answer(pieces=[], then="cut"),
                 Answer(pieces=[b": hello\n\n"]), Answer(pieces=[event(b"nonsense")])]
        for failing in first:
            self.stand.o1.script(failing)
            answer = self.stand.chat("oo", stream=True)
            self.assertEqual(answer.fields["x-farthing-model"], "o2", failing.pieces)
            self.streamed(answer.raw)
            self.assertAttempts(answer, *[("o1", "failed", a["status"]) for a in
                                          self.stand.exchange(answer.id)["attempts"][:-1]], ("o2", "completed", 200))

    def test_missing_usage_is_counted_and_marked(self):
        self.stand.o1.script(Answer(pieces=chat_stream(usage=None)))
        for ask in (self.stand.chat, self.stand.message):
            answer = ask("only-o", stream=True)
            self.assertIs(answer.note["estimated"], True)
            self.check_counted(answer)
        self.assertGreater(self.usage_of(answer)["output_tokens"], 0)
        self.stand.o1.script(Answer(chat(usage=None)))
        self.check_counted(self.stand.chat("only-o"))

    def check_counted(self, answer):
        attempt, = self.stand.exchange(answer.id)["attempts"]
        usage = attempt["usage"]
        self.assertTrue(usage["estimated"])
        self.assertEqual(usage["output"], 2)
        self.assertEqual(attempt["cost_nano"], cost("o1", input=usage["input"], output=2))

    def usage_of(self, answer):
        return next(json.loads(e.split("data: ")[1])["usage"] for e in answer.events if "message_delta" in e)

    def test_streams_cross_the_formats(self):
        self.stand.a1.script(Answer(pieces=message_stream()))
        answer = self.stand.chat("only-a", stream=True, stream_options={"include_usage": True})
        chunks = [json.loads(e.removeprefix("data: ")) for e in answer.events if e.startswith("data: {")]
        self.assertEqual("".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]),
                         "Hello there")
        self.assertEqual(chunks[-1]["usage"]["prompt_tokens"], 100)
        self.assertEqual(answer.events[-1], "data: [DONE]")
        self.assertEqual(nanodollars(answer.note["cost"]), cost("a1", input=100, output=20))
        self.stand.o1.script(Answer(pieces=chat_stream()))
        answer = self.stand.message("only-o", stream=True)
        kinds = [e.split("\n")[0].removeprefix("event: ") for e in answer.events]
        self.assertEqual(kinds[0], "message_start")
        self.assertEqual([kinds[-3], kinds[-1]], ["message_delta", "message_stop"])
        self.assertIn("Hello", answer.raw.decode())
        self.assertEqual(self.usage_of(answer)["output_tokens"], 20)
        self.assertEqual(nanodollars(answer.note["cost"]), cost("o1", input=100, output=20))

    def test_a_lost_end_mark_is_no_broken_stream(self):
        self.stand.o1.script(Answer(pieces=chat_stream(done=False)))
        answer = self.stand.message("only-o", stream=True)
        self.assertIn("message_stop", answer.events[-1])
        self.assertEqual(self.stand.exchange(answer.id)["status"], 200)


class Choices(GatewayTest):
    """Several answers to one prompt (`n`): each is paid for, and the client gets each as it came."""
    FIRST = [choice(0, {"role": "assistant", "content": "Hello"}), choice(1, {"role": "assistant", "content": "Good"}),
             choice(1, {"content": " day"}, usage={"prompt_tokens": 1, "completion_tokens": 3}),
             choice(0, {"content": " there"}), choice(0, {}, "stop"), choice(1, {"content": " to you"})]
    LAST = choice(1, {}, "stop")
    USAGE = event({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150}})

    def attempt(self, answer):
        attempt, = self.stand.exchange(answer.id)["attempts"]
        return attempt

    def test_the_providers_usage_counts_all(self):
        self.stand.o1.script(Answer(pieces=self.FIRST + [self.LAST, self.USAGE, DONE]))
        for model in ("only-o", "at-o1/o1"):
            answer = self.stand.chat(model, stream=True, n=2)
            note = next(e for e in answer.events if e.startswith(": farthing")).encode() + b"\n\n"
            self.assertEqual(answer.raw.replace(note, b""), b"".join(self.FIRST + [self.LAST, DONE]))
            self.assertEqual(self.attempt(answer)["cost_nano"], cost("o1", input=100, output=50))
        self.assertEqual(self.stand.o1.bodies[0]["n"], 2)

    def test_without_usage_the_words_of_all_are_counted(self):
        self.stand.o1.script(Answer(pieces=[p.replace(b', "usage": {"prompt_tokens": 1, "completion_tokens": 3}', b"")
                                            for p in self.FIRST + [self.LAST, DONE]]))
        usage = self.attempt(self.stand.chat("only-o", stream=True, n=2))["usage"]
        self.assertTrue(usage["estimated"])
        # "Hello there" and "Good day to you".
        self.assertEqual(usage["output"], 6)
        body = chat("Hello there", usage=None)
        body["choices"].append({"index": 1, "message": {"role": "assistant", "content": "Good day to you"},
                                "finish_reason": "stop"})
        self.stand.o1.script(Answer(body))
        answer = self.stand.chat("only-o", n=2)
        self.assertEqual(answer.json, body)
        self.assertEqual(self.attempt(answer)["usage"]["output"], 6)

    def test_a_choice_that_breaks_off_is_a_broken_stream(self):
        self.stand.o1.script(Answer(pieces=self.FIRST))
        answer = self.stand.chat("only-o", stream=True, n=2)
        self.assertIn("error", json.loads(answer.events[-1].removeprefix("data: ")))
        self.assertEqual(self.attempt(answer)["outcome"], "failed")
        self.stand.o1.script(Answer(pieces=self.FIRST + [self.LAST]))
        self.assertEqual(self.attempt(self.stand.chat("only-o", stream=True, n=2))["outcome"], "completed")

    def test_each_is_expected_to_cost_its_own(self):
        def expected(**more):
            body = {"model": "only-o", "messages": [{"role": "user", "content": "Say hello."}]} | more
            found = self.stand.request("POST", "/api/explain", body).json
            return found["expected_output_tokens"], nanodollars(found["candidates"][0]["estimated_cost"])
        tokens, one = expected()
        self.assertEqual(expected(n=3)[0], tokens)
        self.assertEqual(expected(n=3)[1] - one, cost("o1", output=2 * tokens))


class Disconnections(GatewayTest):
    def check_abandoned(self, provider, model):
        self.assertTrue(provider.abandoned.wait(60), "the upstream connection was not closed")
        found = self.stand.latest(499, model)
        self.assertTrue(found, "no 499 in the ledger")
        exchange = self.stand.exchange(found[0]["id"])
        attempt = exchange["attempts"][-1]
        self.assertEqual(attempt["outcome"], "cancelled")
        self.assertTrue(attempt["usage"]["estimated"])
        self.assertGreater(attempt["cost_nano"], 0)
        return attempt

    def test_a_client_that_leaves_a_stream(self):
        for name, pieces in (("o1", chat_stream()[:3]), ("a1", message_stream()[:4])):
            for path in ("/v1/chat/completions", "/v1/messages"):
                model = f"at-{name}/{name}"
                provider = self.stand.providers[name]
                provider.script(Answer(pieces=pieces, then="hang"))
                link = self.stand.open(model, path, stream=True)
                got = b""
                # The head may come by itself, before anything that costs.
                while b"there" not in got:
                    got += (piece := link.recv(65536))
                    self.assertTrue(piece, got)
                self.assertIn(b"200 OK", got)
                link.close()
                attempt = self.check_abandoned(provider, model)
                self.assertGreater(attempt["usage"]["output"], 0)

    def test_a_client_that_leaves_before_the_answer(self):
        for stream in (False, True):
            self.stand.o2.script(Answer(then="hang"))
            link = self.stand.open("o2", stream=stream)
            self.assertTrue(self.stand.o2.arrived.wait(60))
            link.close()
            self.check_abandoned(self.stand.o2, "o2")

    def test_a_client_that_leaves_between_two_tries(self):
        self.stand.a2.script(Answer({"type": "error", "error": {"message": "x"}}, 529, {"retry-after": "4"}))
        link = self.stand.open("a2", "/v1/messages")
        self.assertTrue(self.stand.a2.arrived.wait(60))
        link.close()
        self.assertTrue(self.stand.latest(499, "a2"), "no 499 in the ledger")
        self.assertEqual(len(self.stand.a2.received), 1)

    def test_a_client_that_resets(self):
        self.stand.o1.script(Answer(pieces=chat_stream()[:3], then="hang"))
        link = self.stand.open("at-o1/o1", stream=True)
        link.recv(65536)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.close()
        self.assertTrue(self.stand.o1.abandoned.wait(60))

    def test_a_slow_reader_costs_no_memory(self):
        piece = chunk({"content": "x" * 16000})
        endless = (piece for _ in range(20_000))
        self.stand.o1.script(Answer(pieces=endless))
        before = self.stand.process.rss()
        link = self.stand.open("at-o1/o1", stream=True, receive=8192)
        sizes = []

        def stands_still():
            sizes.append(self.stand.o1.sent)
            return len(sizes) > 15 and sizes[-1] == sizes[-15] > 0
        self.assertTrue(until(stands_still, 15), "the provider was read to the end")
        self.assertLess(self.stand.o1.sent, 32 << 20)
        self.assertLess(self.stand.process.rss() - before, 24 << 20)
        link.close()
        self.assertTrue(self.stand.o1.abandoned.wait(60))


class HeldStreams(unittest.TestCase):
    def test_many_that_are_held_take_little_more_than_they_weigh(self):
        stand = Stand("  held: {candidates: [o1], delivery: held, hold_headers: 60s}\n")
        self.addCleanup(stand.close)
        events = chat_stream([f"{word} {n} " for n in range(150) for word in ("river", "mill", "bridge", "lantern")],
                             usage=None, done=False)
        # As it comes over a network: many events in a piece.
        pieces = [b"".join(events[i:i + 100]) for i in range(0, len(events), 100)] + [DONE]
        size, count, gate = sum(map(len, pieces)), 200, threading.Event()
        self.addCleanup(gate.set)
        stand.o1.script(Answer(pieces=pieces))
        stand.chat("held", stream=True)
        stand.o1.script(Answer(pieces=pieces, gate=gate))
        before = stand.process.rss()
        with concurrent.futures.ThreadPoolExecutor(count) as clients:
            answers = [clients.submit(stand.chat, "held", stream=True) for _ in range(count)]
            self.assertTrue(until(lambda: stand.o1.sent == count * (size - len(DONE)), 60), stand.o1.sent)
            gate.set()
            for answer in answers:
                answer.result()
        for answer in answers:
            told = answer.result().raw
            self.assertEqual(told[:size - len(DONE)], b"".join(pieces[:-1]))
            self.assertTrue(told.endswith(DONE))
        # The most that it ever had, held and on its way out.
        status = pathlib.Path(f"/proc/{stand.process.process.pid}/status").read_text()
        most = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
        self.assertLess(most - before, 3 * count * size)


if __name__ == "__main__":
    unittest.main()
