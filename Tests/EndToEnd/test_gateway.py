"""The running gateway between real sockets: errors, streams, formats and money, with providers that do as scripted."""

import json
import socket
import struct
import threading
import unittest

import scripted
from gateway import SECRETS, Stand, cost, nanodollars, until
from harness import run
from scripted import Answer, DONE, chat, chat_stream, chunk, event, message, message_event, message_stream

CHAT_ERROR = {"error": {"message": "the 'foo' is too bar", "type": "invalid_request_error", "param": "foo", "code": "c"}}
MESSAGE_ERROR = {"type": "error", "error": {"type": "invalid_request_error", "message": "foo: too bar"}}


class GatewayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand()
        cls.addClassCleanup(cls.stand.close)

    def setUp(self):
        stand = self.stand
        for name in ("o1", "o2"):
            stand.providers[name].script(Answer(chat()))
        for name in ("a1", "a2"):
            stand.providers[name].script(Answer(message()))

    def assertChatError(self, answer, status, kind=None):
        self.assertEqual(answer.status, status, answer.raw)
        self.assertEqual(set(answer.json["error"]), {"message", "type", "param", "code"})
        if kind:
            self.assertEqual(answer.json["error"]["type"], kind)
        self.assertTrue(answer.fields["x-request-id"])
        self.assertNoSecret(answer)

    def assertMessageError(self, answer, status, kind=None):
        self.assertEqual(answer.status, status, answer.raw)
        self.assertEqual(answer.json["type"], "error")
        self.assertEqual(answer.json["request_id"], answer.fields["request-id"])
        if kind:
            self.assertEqual(answer.json["error"]["type"], kind)
        self.assertNoSecret(answer)

    def assertNoSecret(self, answer):
        for secret in SECRETS.values():
            self.assertNotIn(secret[:12], answer.raw.decode() + str(answer.fields))

    def assertAttempts(self, answer, *outcomes):
        """The exchange's attempts as (model, outcome, status)."""
        exchange = self.stand.exchange(answer.id)
        self.assertEqual(exchange["status"], answer.status)
        found = [(a["model"], a["outcome"], a["status"]) for a in exchange["attempts"]]
        self.assertEqual(found, list(outcomes))
        return exchange


class Errors(GatewayTest):
    def test_a_providers_400_comes_back_in_the_clients_format(self):
        stand = self.stand
        stand.o1.script(Answer(CHAT_ERROR, 400))
        stand.a1.script(Answer(MESSAGE_ERROR, 400))
        for model, said in (("only-o", "the 'foo' is too bar"), ("only-a", "foo: too bar")):
            for stream in (False, True):
                answer = stand.chat(model, stream=stream)
                self.assertChatError(answer, 400, "invalid_request_error")
                self.assertEqual(answer.json["error"]["message"], said)
                answer = stand.message(model, stream=stream)
                self.assertMessageError(answer, 400, "invalid_request_error")
                self.assertEqual(answer.json["error"]["message"], said)
        answer = stand.chat("oo")
        self.assertEqual(answer.json["error"]["param"], "foo")
        self.assertAttempts(answer, ("o1", "failed", 400))
        self.assertEqual(stand.o2.received, [])

    def test_a_refusal_of_the_gateways_key_is_502_without_the_key(self):
        for status in (401, 403):
            error = {"error": {"message": f"Incorrect API key provided: {SECRETS['o1']}", "type": "x", "code": "y"}}
            self.stand.o1.script(Answer(error, status))
            self.stand.a1.script(Answer({"type": "error", "error": {"type": "a", "message": SECRETS["a1"]}}, status))
            self.assertChatError(self.stand.chat("only-o"), 502)
            self.assertMessageError(self.stand.message("only-a"), 502)
            answer = self.stand.chat("oo")
            self.assertEqual(answer.status, 200)
            self.assertAttempts(answer, ("o1", "failed", 502), ("o2", "completed", 200))

    def test_passing_failures_are_retried_and_then_left(self):
        for status in (429, 500, 502, 503, 529):
            with self.subTest(status):
                self.stand.o1.script(Answer({"error": {"message": "later", "type": "t"}}, status))
                answer = self.stand.chat("oo")
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.fields["x-farthing-model"], "o2")
                self.assertAttempts(answer, *[("o1", "failed", status)] * 3, ("o2", "completed", 200))

    def test_a_retry_may_succeed(self):
        busy = Answer({"error": {"message": "later"}}, 429, {"retry-after-ms": "20"})
        self.stand.o1.script(busy, busy, Answer(chat()))
        answer = self.stand.chat("oo")
        self.assertAttempts(answer, ("o1", "failed", 429), ("o1", "failed", 429), ("o1", "completed", 200))

    def test_a_long_retry_after_is_not_waited_for(self):
        self.stand.o1.script(Answer({"error": {"message": "later"}}, 429, {"retry-after": "30"}))
        answer = self.stand.chat("oo")
        self.assertAttempts(answer, ("o1", "failed", 429), ("o2", "completed", 200))
        answer = self.stand.message("only-o")
        self.assertMessageError(answer, 429, "rate_limit_error")
        self.assertEqual(answer.fields["retry-after"], "30")

    def test_a_refused_connection_leads_to_the_next_candidate(self):
        answer = self.stand.chat("refused")
        self.assertEqual(answer.status, 200)
        exchange = self.stand.exchange(answer.id)
        self.assertEqual([a["outcome"] for a in exchange["attempts"]][-2:], ["failed", "completed"])
        self.assertEqual(exchange["attempts"][0]["cost_nano"], 0)

    def test_when_all_fail_the_last_failure_is_told(self):
        self.stand.o1.script(Answer({"error": {"message": "one", "type": "t"}}, 404))
        self.stand.o2.script(Answer({"error": {"message": "two is broken", "type": "t"}}, 404))
        answer = self.stand.chat("oo")
        self.assertChatError(answer, 404)
        self.assertIn("two is broken", answer.json["error"]["message"])
        self.assertAttempts(answer, ("o1", "failed", 404), ("o2", "failed", 404))
        answer = self.stand.message("oo")
        self.assertMessageError(answer, 404, "not_found_error")
        rows = until(lambda: self.stand.rows(
            "SELECT a.outcome, a.cost FROM attempt a JOIN exchange e ON e.row = a.exchange WHERE e.id = ?", answer.id))
        self.assertEqual(rows, [{"outcome": "failed", "cost": 0}] * 2)

    def test_nonsense_instead_of_an_answer_is_a_failure(self):
        for body in (b"<html>", b"{}", b'{"choices": 3}', b""):
            self.stand.o1.script(Answer(body))
            answer = self.stand.chat("oo")
            self.assertEqual(answer.fields["x-farthing-model"], "o2", body)


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


class Disconnections(GatewayTest):
    def check_abandoned(self, provider, model):
        self.assertTrue(provider.abandoned.wait(3), "the upstream connection was not closed")
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
                self.assertIn(b"200 OK", link.recv(65536))
                link.close()
                attempt = self.check_abandoned(provider, model)
                self.assertGreater(attempt["usage"]["output"], 0)

    def test_a_client_that_leaves_before_the_answer(self):
        for stream in (False, True):
            self.stand.o2.script(Answer(then="hang"))
            link = self.stand.open("o2", stream=stream)
            self.assertTrue(self.stand.o2.arrived.wait(5))
            link.close()
            self.check_abandoned(self.stand.o2, "o2")

    def test_a_client_that_leaves_between_two_tries(self):
        self.stand.a2.script(Answer({"type": "error", "error": {"message": "x"}}, 529, {"retry-after": "4"}))
        link = self.stand.open("a2", "/v1/messages")
        self.assertTrue(self.stand.a2.arrived.wait(5))
        link.close()
        self.assertTrue(self.stand.latest(499, "a2"), "no 499 in the ledger")
        self.assertEqual(len(self.stand.a2.received), 1)

    def test_a_client_that_resets(self):
        self.stand.o1.script(Answer(pieces=chat_stream()[:3], then="hang"))
        link = self.stand.open("at-o1/o1", stream=True)
        link.recv(65536)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.close()
        self.assertTrue(self.stand.o1.abandoned.wait(3))

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
        self.assertTrue(self.stand.o1.abandoned.wait(3))


class Formats(GatewayTest):
    def test_what_cannot_be_carried_is_a_400_that_names_the_field(self):
        answer = self.stand.chat("only-a", logit_bias={"50256": -100})
        self.assertChatError(answer, 400, "invalid_request_error")
        self.assertEqual(answer.json["error"]["param"], "logit_bias")
        self.assertIn("logit_bias", answer.json["error"]["message"])
        answer = self.stand.message("only-o", top_k=5)
        self.assertMessageError(answer, 400, "invalid_request_error")
        self.assertIn("top_k", answer.json["error"]["message"])
        self.assertEqual(self.stand.a1.received + self.stand.o1.received, [])

    def test_or_it_goes_to_a_candidate_that_can(self):
        self.assertEqual(self.stand.chat("oa", logit_bias={"50256": -100}).fields["x-farthing-model"], "o1")
        self.assertEqual(self.stand.message("oa", top_k=5).fields["x-farthing-model"], "a1")

    def test_hints_left_out_are_named(self):
        answer = self.stand.chat("only-a", metadata={"a": "b"}, service_tier="auto")
        self.assertEqual(answer.fields["x-farthing-ignored"], "metadata, service_tier")
        self.stand.a1.script(Answer(pieces=message_stream()))
        answer = self.stand.chat("only-a", metadata={"a": "b"}, stream=True)
        self.assertEqual(answer.fields["x-farthing-ignored"], "metadata")
        self.assertIsNone(self.stand.chat("only-o", metadata={"a": "b"}).fields["x-farthing-ignored"])

    def test_unknown_fields_survive_in_the_same_format(self):
        for path, name in (("/v1/chat/completions", "o1"), ("/v1/messages", "a1")):
            body = (b'{ "model" : "only-%s","max_tokens":9, "temperature": 0.30,"of_the_future": {"deep":[1, 2.50,null]},'
                    b'"messages":[{"role":"user","content":"a \\u00e9 b","odd":1e3}] }')
            answer = self.stand.request("POST", path, body % name[0].encode())
            self.assertEqual(answer.status, 200, answer.raw)
            sent = self.stand.providers[name].received[-1][2]
            self.assertEqual(sent.decode(), (body.replace(b"only-%s", b"served-%s") % name.encode()).decode())

    def test_clients_credentials_stay_here(self):
        ours = {"authorization": "Bearer sk-of-the-client", "x-api-key": "sk-of-the-client", "cookie": "sk-of-the-client",
                "openai-organization": "sk-of-the-client", "openai-beta": "assistants=v2", "anthropic-beta": "b1"}
        for model in ("only-o", "only-a"):
            self.stand.chat(model, ours)
            self.stand.message(model, ours)
        for name in ("o1", "a1"):
            for path, fields, raw in self.stand.providers[name].received:
                self.assertNotIn("sk-of-the-client", str(fields) + path + raw.decode())
                fields = {k.lower(): v for k, v in fields.items()}
                sent = fields.get("x-api-key") if name == "a1" else fields.get("authorization").removeprefix("Bearer ")
                self.assertEqual(sent, SECRETS[name])
        self.assertEqual(self.stand.a1.received[1][1].get("anthropic-beta"), "b1")

    def test_a_pinned_model_answers_alone(self):
        answer = self.stand.chat("gpt-unheard-of")
        self.assertEqual(answer.fields["x-farthing-model"], "o1")
        self.assertEqual(self.stand.o1.bodies[-1]["model"], "served-o1")
        self.stand.o2.script(Answer({"error": {"message": "no"}}, 404))
        answer = self.stand.chat("o2", {"x-farthing-route": "off"})
        self.assertChatError(answer, 404)
        self.assertEqual(len(self.stand.o1.received), 1)
        answer = self.stand.chat("oo", {"x-farthing-route": "off"})
        self.assertChatError(answer, 404)
        self.assertEqual(answer.json["error"]["code"], "model_not_found")

    def test_mistakes_of_the_client(self):
        for ask, check in ((self.stand.chat, self.assertChatError), (self.stand.message, self.assertMessageError)):
            check(ask("no-such-model"), 404)
            check(ask("auto", messages=[]), 400)
            check(ask("auto", messages="x"), 400)
        for path, check in (("/v1/chat/completions", self.assertChatError), ("/v1/messages", self.assertMessageError)):
            fields = {"anthropic-version": "2023-06-01"} if path == "/v1/messages" else {}
            for body in (b"", b"{", b"[]", b"nonsense", b'{"model": "auto"}', b"\xff\xfe", b"{" * 5000):
                check(self.stand.request("POST", path, body, fields), 400)
            answer = self.stand.request("GET", path, fields=fields)
            check(answer, 405)
            self.assertEqual(answer.fields["allow"], "POST")
            check(self.stand.request("POST", "/v1/nothing", {}, fields), 404)

    def test_the_lists_of_models(self):
        answer = self.stand.request("GET", "/v1/models")
        self.assertEqual(answer.json["object"], "list")
        self.assertIn("oo", [m["id"] for m in answer.json["data"]])
        version = {"anthropic-version": "2023-06-01"}
        answer = self.stand.request("GET", "/v1/models", fields=version)
        self.assertEqual({m["type"] for m in answer.json["data"]}, {"model"})
        self.assertIn("has_more", answer.json)
        self.assertEqual(self.stand.request("GET", "/v1/models/oo").json["object"], "model")
        self.assertEqual(self.stand.request("GET", "/v1/models/oo", fields=version).json["type"], "model")
        self.assertMessageError(self.stand.request("GET", "/v1/models/none", fields=version), 404)
        self.assertChatError(self.stand.request("GET", "/v1/models/none"), 404)

    def test_foreign_names_and_pages(self):
        for fields in ({"host": "evil.example"}, {"origin": "https://evil.example"}):
            self.assertChatError(self.stand.chat("auto", fields), 403)
            self.assertMessageError(self.stand.message("auto", fields), 403)
        self.assertEqual(self.stand.chat("oo", {"origin": "http://localhost:3000"}).status, 200)


class Money(GatewayTest):
    CHAT = {"prompt_tokens": 1003, "completion_tokens": 507, "total_tokens": 1510,
            "prompt_tokens_details": {"cached_tokens": 401, "cache_write_tokens": 103},
            "completion_tokens_details": {"reasoning_tokens": 211}}
    CHAT_COST = cost("o1", input=499, cache_read=401, cache_write=103, output=296, reasoning=211)
    MESSAGE = {"input_tokens": 499, "cache_read_input_tokens": 401, "cache_creation_input_tokens": 103,
               "output_tokens": 507}
    MESSAGE_COST = cost("a1", input=499, cache_read=401, cache_write=103, output=507)

    def test_every_cost_is_tokens_times_price(self):
        for ask in (self.stand.chat, self.stand.message):
            for model, whole, stream, exact in (
                    ("o1", chat(usage=self.CHAT), chat_stream(usage=self.CHAT), self.CHAT_COST),
                    ("a1", message(usage=self.MESSAGE), message_stream(usage=self.MESSAGE), self.MESSAGE_COST)):
                provider = self.stand.providers[model]
                provider.script(Answer(whole))
                answer = ask(f"only-{model[0]}")
                self.assertEqual(nanodollars(answer.fields["x-farthing-cost"]), exact)
                self.assertEqual(self.stand.exchange(answer.id)["cost_nano"], exact)
                provider.script(Answer(pieces=stream))
                answer = ask(f"only-{model[0]}", stream=True)
                self.assertEqual(nanodollars(answer.note["cost"]), exact)
                self.assertIs(answer.note["estimated"], False)
                self.assertEqual(self.stand.exchange(answer.id)["cost_nano"], exact)

    def test_saving_is_baseline_less_cost(self):
        self.stand.o1.script(Answer(chat(usage=self.CHAT)))
        answer = self.stand.chat("rated")
        baseline = cost("o2", input=1003, output=507)
        exchange = self.stand.exchange(answer.id)
        self.assertEqual((exchange["baseline_model"], exchange["baseline_cost_nano"]), ("o2", baseline))
        self.assertEqual(nanodollars(answer.fields["x-farthing-saving"]), baseline - self.CHAT_COST)
        self.assertEqual(exchange["saving_nano"], baseline - self.CHAT_COST)

    def test_the_ledgers_sum_is_the_headers_sum(self):
        before = self.total()
        paid = 0
        for index in range(20):
            usage = {"prompt_tokens": 7 * index + 1, "completion_tokens": 3 * index + 1, "total_tokens": 10 * index + 2}
            self.stand.o1.script(Answer(chat(usage=usage)))
            paid += nanodollars(self.stand.chat("only-o").fields["x-farthing-cost"])
        self.assertEqual(self.total() - before, paid)
        self.assertTrue(until(lambda: self.stand.rows("SELECT sum(cost) AS s FROM attempt")[0]["s"] == before + paid))

    def total(self):
        report = json.loads(run("report", "--data", self.stand.data, "--json", "--by", "total").stdout)
        return nanodollars(report["total"]["spend"])

    def test_the_report_of_an_exchange_reads_well(self):
        answer = self.stand.chat("oo")
        done = run("report", "--data", self.stand.data, "--exchange", answer.id)
        self.assertIn(f"spend     ${answer.fields['x-farthing-cost']}", done.stdout)


if __name__ == "__main__":
    unittest.main()
