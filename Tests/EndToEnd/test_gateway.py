"""The running gateway between real sockets: errors, formats and money, with providers that do as scripted."""

import json
import unittest

from gateway import SECRETS, GatewayTest, cost, nanodollars, until
from harness import run
from scripted import Answer, chat, chat_stream, message, message_stream

CHAT_ERROR = {"error": {"message": "the 'foo' is too bar", "type": "invalid_request_error", "param": "foo", "code": "c"}}
MESSAGE_ERROR = {"type": "error", "error": {"type": "invalid_request_error", "message": "foo: too bar"}}


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

    SOUND = {"type": "input_audio", "input_audio": {"data": "UklGRg==" * 40_000, "format": "wav"}}
    FILE = {"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64," + "JVBERi0x" * 300_000}}
    PAGES = {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0x" * 300_000}}
    TEXT = {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "Hello"}}

    def asked(self, model, part):
        turn = {"role": "user", "content": [{"type": "text", "text": "What does it say?"}, part]}
        return json.dumps({"model": model, "max_tokens": 9, "messages": [turn]}, indent=1).encode()

    def test_sound_and_files_pass_as_they_came(self):
        for path, name, parts in (("/v1/chat/completions", "o", (self.SOUND, self.FILE)),
                                  ("/v1/messages", "a", (self.PAGES, self.TEXT))):
            provider = self.stand.providers[f"{name}1"]
            for part in parts:
                for model in (f"only-{name}", name * 2, "oa", f"at-{name}1/{name}1"):
                    answer = self.stand.request("POST", path, self.asked(model, part))
                    self.assertEqual(answer.status, 200, answer.raw)
                    self.assertEqual(provider.received[-1][2], self.asked(f"served-{name}1", part))

    def test_sound_and_files_are_refused_for_models_that_do_not_take_them(self):
        for path, model, part, missing in (("/v1/chat/completions", "o2", self.SOUND, "audio"),
                                           ("/v1/chat/completions", "o2", self.FILE, "documents"),
                                           ("/v1/messages", "a2", self.PAGES, "documents")):
            answer = self.stand.request("POST", path, self.asked(model, part))
            self.assertEqual(answer.status, 400)
            self.assertIn(f"It cannot do what is asked: {missing}.", answer.json["error"]["message"])
        self.assertEqual(self.stand.request("POST", "/v1/messages", self.asked("a2", self.TEXT)).status, 200)

    def test_sound_and_files_are_a_400_in_the_other_format(self):
        for path, model, part in (("/v1/chat/completions", "only-a", self.FILE), ("/v1/messages", "only-o", self.PAGES),
                                  ("/v1/messages", "only-o", self.TEXT)):
            answer = self.stand.request("POST", path, self.asked(model, part))
            self.assertEqual(answer.status, 400)
            self.assertIn(f"Content of type '{part['type']}' has no counterpart", answer.json["error"]["message"])
        answer = self.stand.request("POST", "/v1/chat/completions", self.asked("only-a", self.SOUND))
        self.assertEqual(answer.status, 400)
        self.assertIn("audio", answer.json["error"]["message"])

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
