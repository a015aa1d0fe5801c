"""An answer that will not do is never delivered where it was held: what the client sees, what the ledger says, what was paid."""

import hashlib
import json
import pathlib
import socket
import struct
import subprocess
import tempfile
import threading
import unittest

from gateway import LOWEST, GatewayTest, Stand, cost, nanodollars, until
from harness import report, run
from scripted import Answer, DONE, chat, chat_stream, chunk, message, message_event, message_stream

DRAFT, FINAL = "DRAFT-OF-THE-CHEAP-ONE", "The world greets you back."
# Cut off at the provider's own limit: no check takes that for a right answer.
CUT = {"choices": [{"index": 0, "message": {"role": "assistant", "content": DRAFT}, "finish_reason": "length"}]}
ROUTES = """
  both: {candidates: [o1, o2], baseline: o2}
  mixed: {candidates: [o1, a2], baseline: a2}
  held: {candidates: [o1, o2], baseline: o2, delivery: held}
  held-mixed: {candidates: [o1, a2], baseline: a2, delivery: held}
  off: {candidates: [o1, o2], baseline: o2, escalate: off}
  unseen: {candidates: [o1, o2], baseline: o2, checks: off}
  once: {candidates: [o1, o2], baseline: o2, most_answers: 1}
  thrifty: {candidates: [o1, o2], baseline: o2, most_cost: $0.000001}
  hurried: {candidates: [o1, o2], baseline: o2, most_time: 10ms, delivery: held, hold_headers: 20ms}
  guarded: {candidates: [o1, o2], baseline: o2, delivery: guarded, guard: 10 tokens}
  guarded-mixed: {candidates: [o1, a2], baseline: a2, delivery: guarded, guard: 10 tokens}
  by-class: {candidates: [o1, o2], baseline: o2, delivery: {else: held, code: streamed}}
  patient: {candidates: [o1, o2], baseline: o2, delivery: held, hold_headers: 20ms}
  shown: {candidates: [o1, o2], baseline: o2, handover: draft}
  shown-mixed: {candidates: [o1, a2], baseline: a2, handover: draft}
  hedged: {candidates: [o1, o2], baseline: o2, hedge: 20ms}
  together: {candidates: [o1, o2], baseline: o2, at_once: 2, delivery: held}
  flagged: {candidates: [o1], baseline: o1, review: flag, review_between: 0% to 100%}
  strict: {candidates: [o1, o2], baseline: o2, escalate: below 99%}
  strict-held: {candidates: [o1, o2], baseline: o2, escalate: below 99%, delivery: held}
  kept: {candidates: [o1], baseline: o1, review: hold, review_between: 0% to 100%, delivery: held}
  kept-patient: {candidates: [o1], baseline: o1, review: hold, review_between: 0% to 100%, delivery: held, hold_headers: 20ms}
"""
REFUSAL = ("I'm sorry, but I cannot help ", "with that request, ", "since it is too hard for me.")


def cut_stream(text=DRAFT):
    pieces = chat_stream((text,))
    pieces[2] = chunk({}, "length")
    return pieces


class Escalation(GatewayTest):
    @classmethod
    def setUpClass(cls):
        # The least grade is that of the cheap model, so that it is asked first.
        extra = "".join(f"{line[:-1]}, {LOWEST}}}\n" for line in ROUTES.strip("\n").split("\n"))
        cls.stand = Stand(extra, grades={"o1": 1, "o2": 4, "a1": 2, "a2": 5})
        cls.addClassCleanup(cls.stand.close)

    def bill(self, answer, *models):
        """The attempts as the ledger has them, checked to add up to the header's cost."""
        exchange = self.stand.exchange(answer.id)
        self.assertEqual([a["model"] for a in exchange["attempts"]], list(models))
        paid = sum(a["cost_nano"] for a in exchange["attempts"])
        self.assertEqual(exchange["cost_nano"], paid)
        return exchange

    def test_a_whole_answer_that_will_not_do_is_replaced(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        self.stand.o2.script(Answer(chat(FINAL)))
        answer = self.stand.chat("both")
        self.assertEqual(answer.json["choices"][0]["message"]["content"], FINAL)
        self.assertNotIn(DRAFT, answer.raw.decode())
        exchange = self.bill(answer, "o1", "o2")
        self.assertEqual(exchange["delivered_attempt"], 1)
        draft, final = exchange["attempts"]
        self.assertLess(draft["verdict"]["p"], 0.4)
        self.assertGreater(final["verdict"]["p"], 0.4)
        self.assertIn(("completeness.ending", "fails"),
                      [(e["check"], e["verdict"]) for e in draft["verdict"]["evidence"]])
        self.assertNotIn(DRAFT, json.dumps(exchange))
        self.assertEqual(nanodollars(answer.fields["x-farthing-cost"]), exchange["cost_nano"])
        self.assertEqual(nanodollars(answer.fields["x-farthing-drafts"]), draft["cost_nano"])
        self.assertEqual(answer.fields["x-farthing-model"], "o2")
        self.assertRegex(answer.fields["x-farthing-verdict"], r"^right with \d+ %$")
        self.assertEqual(exchange["baseline_cost_nano"], cost("o2", input=100, output=20))
        shown = run("report", "--data", self.stand.data, "--exchange", answer.id).stdout
        self.assertRegex(shown, r"right with \d+ %, not delivered; against it: completeness.ending")

    def test_drafts_are_held_against_the_answer_that_was_delivered(self):
        """What of it is known at once, what a caller's word adds, and what the report makes of it."""
        before = report(self.stand.data, "--cascade")
        question = {"messages": [{"role": "user", "content": "What is 17 + 25? Give the number."}]}
        answers = {}
        for draft, final, likeness in (
                ("17 + 25 = 42, so the answer is 42.", "The answer is 42.", "same"),
                ("17 + 25 = 43, so the answer is 43.", "The answer is 42.", "different"),
                ("It is a number that you would like.", "I would rather speak about the weather.", "unclear")):
            for route in ("strict", "strict-held"):
                with self.subTest(likeness, route=route):
                    streams = route == "strict-held"
                    self.stand.o1.script(Answer(pieces=chat_stream((draft,))) if streams else Answer(chat(draft)))
                    self.stand.o2.script(Answer(pieces=chat_stream((final,))) if streams else Answer(chat(final)))
                    answer = self.stand.chat(route, stream=streams, **question)
                    first, second = self.bill(answer, "o1", "o2")["attempts"]
                    self.assertEqual((first.get("likeness"), second.get("likeness")), (likeness, None))
                    answers[likeness] = answer.id
        for likeness in ("different", "unclear"):
            told = self.stand.request("POST", "/v1/feedback", {"id": answers[likeness], "correct": True})
            self.assertEqual(told.status, 200, told.raw)
        learned = until(lambda: (found := self.stand.rows(
            "SELECT id, model, score FROM outcome WHERE exchange IN (?, ?) ORDER BY number",
            answers["different"], answers["unclear"])) and len(found) == 3 and found)
        self.assertEqual([(row["model"], row["score"]) for row in learned], [("o2", 1), ("o1", 0), ("o2", 1)])
        after = report(self.stand.data, "--cascade")
        grown = {name: after[name] - before[name] for name in (
            "escalated", "errors_caught", "false_escalations", "not_mended", "not_known", "judged_by_feedback")}
        self.assertEqual(grown, {"escalated": 6, "errors_caught": 1, "false_escalations": 2, "not_mended": 0,
                                 "not_known": 3, "judged_by_feedback": 2})
        text = run("report", "--data", self.stand.data, "--cascade").stdout
        self.assertRegex(text, r"errors caught +\d+ \(\d+\.\d% of them\)")
        csv = run("report", "--data", self.stand.data, "--cascade", "--csv").stdout
        self.assertIn(f"total,,errors_caught,{after['errors_caught']}\n", csv)

    def test_a_good_answer_is_delivered_at_once(self):
        self.stand.o2.script(Answer(status=500))
        answer = self.stand.chat("both")
        self.assertEqual(answer.json, chat())
        exchange = self.bill(answer, "o1")
        self.assertEqual(exchange["delivered_attempt"], 0)
        self.assertNotIn("x-farthing-drafts", {name.lower() for name in answer.fields})

    def test_where_none_will_do_the_stronger_one_is_delivered(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        self.stand.o2.script(Answer(chat(**CUT)))
        answer = self.stand.chat("both")
        self.assertEqual(answer.fields["x-farthing-model"], "o2")
        self.assertIn("against it: completeness.ending", answer.fields["x-farthing-verdict"])
        self.assertEqual(self.bill(answer, "o1", "o2")["delivered_attempt"], 1)

    def test_a_stronger_model_that_fails_leaves_the_draft(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        for status in (400, 401, 404):
            self.stand.o2.script(Answer({"error": {"message": "no"}}, status=status))
            answer = self.stand.chat("both")
            self.assertEqual((answer.status, answer.fields["x-farthing-model"]), (200, "o1"))
            exchange = self.bill(answer, "o1", "o2")
            self.assertEqual((exchange["delivered_attempt"], exchange["status"]), (0, 200))

    def test_the_operator_may_forbid_it(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        for route in ("off", "once", "thrifty"):
            answer = self.stand.chat(route)
            self.assertIn(DRAFT, answer.raw.decode())
            self.assertIn("against it", answer.fields["x-farthing-verdict"])
            self.bill(answer, "o1")

    def test_a_route_without_checks_delivers_what_comes_and_keeps_nothing_of_it(self):
        for body, script in (({}, Answer(chat(**CUT))), ({"stream": True}, Answer(pieces=cut_stream()))):
            with self.subTest(body):
                self.stand.o1.script(script)
                answer = self.stand.chat("unseen", **body)
                self.assertIn(DRAFT, answer.raw.decode())
                self.assertIsNone(answer.fields["x-farthing-verdict"])
                if body:
                    self.assertNotIn("verdict", answer.note)
                attempt, = self.bill(answer, "o1")["attempts"]
                self.assertNotIn("verdict", attempt)
                self.assertEqual(self.sketches(answer), 0)
                # Of the same answer there is a sketch where checks look at it.
                self.stand.o1.script(script)
                self.assertEqual(self.sketches(self.stand.chat("off", **body)), 1)
        self.stand.o1.script(Answer({"error": {"message": "no"}}, 401))
        self.stand.o2.script(Answer(chat(FINAL)))
        answer = self.stand.chat("unseen")
        self.assertEqual(answer.json["choices"][0]["message"]["content"], FINAL)

    def sketches(self, answer):
        """Of how many of the exchange's answers something is kept."""
        [kept] = until(lambda: self.stand.rows(
            "SELECT count(answer) AS n FROM exchange WHERE id = ? AND features IS NOT NULL GROUP BY row",
            answer.id))
        return kept["n"]

    def test_a_client_that_set_the_limit_gets_what_it_asked_for(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        answer = self.stand.chat("both", max_tokens=5)
        self.assertIn(DRAFT, answer.raw.decode())

    def test_across_formats_either_way(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        self.stand.a2.script(Answer(message(FINAL)))
        answer = self.stand.chat("mixed")
        self.assertEqual(answer.json["choices"][0]["message"]["content"], FINAL)
        self.bill(answer, "o1", "a2")

    def test_a_stream_that_is_passed_on_is_judged_afterwards(self):
        self.stand.o1.script(Answer(pieces=cut_stream()))
        answer = self.stand.chat("both", stream=True)
        self.assertIn(DRAFT, answer.raw.decode())
        self.assertIn("against it: completeness.ending", answer.note["verdict"])
        exchange = self.bill(answer, "o1")
        self.assertLess(exchange["attempts"][0]["verdict"]["p"], 0.4)

    def test_of_a_held_stream_that_will_not_do_no_byte_is_seen(self):
        for route, final, script in (("held", "o2", chat_stream((FINAL[:5], FINAL[5:]))),
                                     ("held-mixed", "a2", message_stream((FINAL[:5], FINAL[5:])))):
            self.stand.o1.script(Answer(pieces=cut_stream()))
            self.stand.providers[final].script(Answer(pieces=script))
            answer = self.stand.chat(route, stream=True, stream_options={"include_usage": True})
            self.assertNotIn(DRAFT, answer.raw.decode())
            deltas = [json.loads(e[6:])["choices"] for e in answer.events if e.startswith("data: {")]
            text = "".join(c[0]["delta"].get("content") or "" for c in deltas if c)
            self.assertEqual(text, FINAL)
            self.assertEqual(answer.events[-1], "data: [DONE]")
            exchange = self.bill(answer, "o1", final)
            self.assertEqual((answer.note["model"], answer.fields["x-farthing-model"]), (final, final))
            self.assertEqual(nanodollars(answer.note["cost"]), exchange["cost_nano"])
            self.assertEqual(nanodollars(answer.note["drafts"]), exchange["attempts"][0]["cost_nano"])
        self.stand.o1.script(Answer(pieces=chat_stream()))
        answer = self.stand.chat("held", stream=True)
        kept = b"".join(part + b"\n\n" for part in answer.raw.split(b"\n\n") if part and not part.startswith(b": "))
        self.assertEqual(kept, b"".join(chat_stream()[:-2] + [DONE]))
        self.bill(answer, "o1")

    def test_a_held_stream_that_breaks_off_is_answered_by_the_next(self):
        for pieces, then in ((chat_stream((DRAFT,))[:2], "end"), (chat_stream((DRAFT,))[:2], "cut")):
            self.stand.o1.script(Answer(pieces=pieces, then=then))
            self.stand.o2.script(Answer(pieces=chat_stream((FINAL,))))
            answer = self.stand.chat("held", stream=True)
            self.assertNotIn(DRAFT, answer.raw.decode())
            self.assertIn(FINAL, answer.raw.decode())
            exchange = self.bill(answer, "o1", "o2")
            self.assertEqual([a["outcome"] for a in exchange["attempts"]], ["failed", "completed"])
            self.assertGreater(exchange["attempts"][0]["cost_nano"], 0)

    def test_a_held_stream_that_nobody_ends_is_an_error(self):
        self.stand.o1.script(Answer(pieces=chat_stream((DRAFT,))[:2], then="cut"))
        self.stand.o2.script(Answer({"error": {"message": "no"}}, status=400))
        answer = self.stand.chat("held", stream=True)
        self.assertChatError(answer, 400)
        self.assertNotIn(DRAFT, answer.raw.decode())

    def test_a_held_stream_that_grows_too_long_is_handed_out(self):
        words = [hashlib.sha256(b"%d" % n).hexdigest() + " " for n in range(8000)]
        self.stand.o1.script(Answer(pieces=chat_stream(words)))
        answer = self.stand.chat("held", stream=True)
        self.assertTrue(all(word.encode() in answer.raw for word in (words[0], words[4000], words[-1])))
        self.assertEqual(answer.events[-1], "data: [DONE]")
        self.bill(answer, "o1")

    def test_tool_calls_are_released_once(self):
        call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": "nonsense", "arguments": "{}"}}
        good = call | {"id": "call_2", "function": {"name": "greet", "arguments": "{\"whom\": \"world\"}"}}
        def stream(call):
            return [chunk({"role": "assistant", "tool_calls": [call]}), chunk({}, "tool_calls"), DONE]
        tools = [{"type": "function", "function": {
            "name": "greet", "description": "Say hello to the world.", "parameters": {
                "type": "object", "properties": {"whom": {"type": "string"}}, "required": ["whom"]}}}]
        self.stand.o1.script(Answer(pieces=stream(call)))
        self.stand.o2.script(Answer(pieces=stream(good)))
        answer = self.stand.chat("held", stream=True, tools=tools)
        self.assertNotIn("nonsense", answer.raw.decode())
        self.assertEqual(answer.raw.decode().count("call_2"), 1)
        exchange = self.bill(answer, "o1", "o2")
        self.assertIn("structure.tool_call", [e["check"] for e in exchange["attempts"][0]["verdict"]["evidence"]])

    def test_a_client_that_leaves_during_the_second_attempt_is_recorded_with_both(self):
        for route, stream, pieces in (("both", False, None), ("held", True, chat_stream()[:2])):
            self.stand.o1.script(Answer(pieces=cut_stream()) if stream else Answer(chat(**CUT)))
            self.stand.o2.script(Answer(pieces=pieces, then="hang"))
            link = self.stand.open(route, stream=stream)
            self.assertTrue(self.stand.o2.arrived.wait(60))
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            link.close()
            self.assertTrue(self.stand.o2.abandoned.wait(60))
            row = self.stand.latest(499, route)[0]
            exchange = self.stand.exchange(row["id"])
            self.assertEqual([(a["model"], a["outcome"]) for a in exchange["attempts"]],
                             [("o1", "completed"), ("o2", "cancelled")])
            self.assertGreater(exchange["attempts"][0]["cost_nano"], 0)
            self.assertNotIn("delivered_attempt", exchange)

    def test_no_other_is_asked_when_time_is_up(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=cut_stream(), gate=gate))
        link = self.stand.open("hurried", stream=True)
        seen = self.read(link, until=b": farthing is looking")
        gate.set()
        seen = self.read(link, seen, until=b"[DONE]")
        link.close()
        self.assertIn(DRAFT.encode(), seen)
        self.assertEqual(self.stand.o2.received, [])

    def read(self, link, seen=b"", until=b"", times=1):
        """All bytes up to those that hold the marker so often."""
        while seen.count(until) < times:
            more = link.recv(65536)
            self.assertTrue(more, seen)
            seen += more
        return seen

    def test_of_a_guarded_stream_that_begins_badly_no_byte_is_seen(self):
        for route, final, script in (("guarded", "o2", chat_stream((FINAL[:5], FINAL[5:]))),
                                     ("guarded-mixed", "a2", message_stream((FINAL[:5], FINAL[5:])))):
            self.stand.o1.script(Answer(pieces=chat_stream(REFUSAL)[:-2], then="hang"))
            self.stand.providers[final].script(Answer(pieces=script))
            answer = self.stand.chat(route, stream=True)
            self.assertNotIn("sorry", answer.raw.decode())
            self.assertIn(FINAL[5:], answer.raw.decode())
            self.assertEqual(answer.events[-1], "data: [DONE]")
            self.assertTrue(self.stand.o1.abandoned.wait(60))
            exchange = self.bill(answer, "o1", final)
            draft, delivered = exchange["attempts"]
            self.assertEqual((draft["outcome"], delivered["outcome"]), ("cancelled", "completed"))
            self.assertTrue(draft["usage"]["estimated"])
            self.assertGreater(draft["cost_nano"], 0)
            self.assertLess(draft["verdict"]["p"], 0.4)
            self.assertEqual(nanodollars(answer.note["drafts"]), draft["cost_nano"])
            self.assertEqual(nanodollars(answer.note["cost"]), exchange["cost_nano"])

    def test_a_guarded_stream_is_let_through_before_its_end(self):
        gate = threading.Event()
        words = ("The world is a large and friendly place, ", "and it says hello ", "back to you, cut off he")
        pieces = chat_stream(words)
        pieces[4] = chunk({}, "length")
        self.stand.o1.script(Answer(pieces=pieces, gate=gate))
        link = self.stand.open("guarded", stream=True)
        seen = self.read(link, until=b"back to you")
        self.assertNotIn(b"[DONE]", seen)
        gate.set()
        seen = self.read(link, seen, until=b"[DONE]")
        link.close()
        note = json.loads(next(l for l in seen.decode().splitlines() if l.startswith(": farthing "))[11:])
        self.assertIn("against it: completeness.ending", note["verdict"])
        exchange = self.stand.exchange(note["id"])
        self.assertEqual([(a["model"], a["outcome"]) for a in exchange["attempts"]], [("o1", "completed")])
        self.assertEqual(exchange["delivered_attempt"], 0)

    def test_a_guarded_stream_that_ends_early_is_judged_whole(self):
        self.stand.o1.script(Answer(pieces=cut_stream()))
        self.stand.o2.script(Answer(pieces=chat_stream((FINAL,))))
        answer = self.stand.chat("guarded", stream=True)
        self.assertNotIn(DRAFT, answer.raw.decode())
        self.assertIn(FINAL, answer.raw.decode())
        self.bill(answer, "o1", "o2")

    def test_a_bad_beginning_is_let_through_where_nobody_else_answers(self):
        self.stand.o1.script(Answer(pieces=chat_stream(REFUSAL)))
        self.stand.o2.script(Answer({"error": {"message": "no"}}, status=400))
        answer = self.stand.chat("guarded", stream=True)
        self.assertIn("sorry", answer.raw.decode())
        self.assertEqual(answer.events[-1], "data: [DONE]")
        exchange = self.bill(answer, "o1", "o2")
        self.assertEqual((exchange["delivered_attempt"], exchange["attempts"][0]["outcome"]), (0, "completed"))

    def test_a_guarded_stream_that_calls_tools_is_read_to_its_end(self):
        call = {"index": 0, "id": "call_1", "type": "function",
                "function": {"name": "nonsense", "arguments": json.dumps({"text": "x" * 400})}}
        good = call | {"id": "call_2", "function": {"name": "greet", "arguments": "{\"whom\": \"world\"}"}}
        tools = [{"type": "function", "function": {
            "name": "greet", "description": "Say hello to the world.", "parameters": {
                "type": "object", "properties": {"whom": {"type": "string"}}, "required": ["whom"]}}}]
        def stream(call):
            return [chunk({"role": "assistant", "tool_calls": [call]}), chunk({}, "tool_calls"), DONE]
        self.stand.o1.script(Answer(pieces=stream(call)))
        self.stand.o2.script(Answer(pieces=stream(good)))
        answer = self.stand.chat("guarded", stream=True, tools=tools)
        self.assertNotIn("nonsense", answer.raw.decode())
        self.assertEqual(answer.raw.decode().count("call_2"), 1)
        self.bill(answer, "o1", "o2")

    def test_delivery_may_depend_on_the_task(self):
        self.stand.o2.script(Answer(pieces=chat_stream((FINAL,))))
        self.stand.o1.script(Answer(pieces=cut_stream()))
        self.assertNotIn(DRAFT, self.stand.chat("by-class", stream=True).raw.decode())
        code = [{"role": "user", "content": "```python\nx = 1\n```\nWrite a Python function that adds two numbers."}]
        self.stand.o1.script(Answer(pieces=cut_stream()))
        self.assertIn(DRAFT, self.stand.chat("by-class", stream=True, messages=code).raw.decode())

    def test_a_client_that_waits_long_hears_that_it_is_not_forgotten(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=cut_stream(), gate=gate))
        self.stand.o2.script(Answer(pieces=chat_stream((FINAL,))))
        link = self.stand.open("patient", stream=True)
        seen = self.read(link, until=b": farthing is looking", times=3)
        self.assertIn(b"HTTP/1.1 200", seen)
        gate.set()
        seen = self.read(link, seen, until=b"[DONE]")
        link.close()
        self.assertNotIn(DRAFT.encode(), seen)
        self.assertIn(FINAL.encode(), seen)
        self.assertIn(b'"model":"o2"', seen.replace(b": ", b":"))

    def test_a_failure_after_the_head_is_an_event(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=chat_stream((DRAFT,))[:3], then="cut", gate=gate))
        self.stand.o2.script(Answer({"error": {"message": "no"}}, status=400))
        link = self.stand.open("patient", stream=True)
        seen = self.read(link, until=b": farthing is looking")
        gate.set()
        seen = self.read(link, seen, until=b'"error"')
        link.close()
        self.assertNotIn(DRAFT.encode(), seen)
        row = self.stand.latest(400, "patient")[0]
        self.assertEqual(len(self.stand.exchange(row["id"])["attempts"]), 2)

    def test_the_next_model_may_be_shown_the_draft(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        for route, final, script in (("shown", "o2", chat(FINAL)), ("shown-mixed", "a2", message(FINAL))):
            self.stand.providers[final].script(Answer(script))
            answer = self.stand.chat(route, seed=7) if final == "o2" else self.stand.chat(route)
            self.bill(answer, "o1", final)
            body = self.stand.providers[final].bodies[0]
            turns = [(m["role"], m["content"] if isinstance(m["content"], str) else m["content"][0]["text"])
                     for m in body["messages"]]
            self.assertEqual([role for role, _ in turns], ["user", "assistant", "user"])
            self.assertEqual(turns[1][1], DRAFT)
            self.assertIn("may be wrong", turns[2][1])
            if final == "o2":
                self.assertEqual(body["seed"], 7)
        self.stand.o2.script(Answer(chat(FINAL)))
        self.stand.chat("both")
        self.assertEqual(len(self.stand.o2.bodies[0]["messages"]), 1)

    def test_where_one_is_late_another_is_asked_beside_it(self):
        self.stand.o1.script(Answer(then="hang"))
        self.stand.o2.script(Answer(chat(FINAL)))
        answer = self.stand.chat("hedged")
        self.assertIn(FINAL, answer.raw.decode())
        self.assertTrue(self.stand.o1.abandoned.wait(60))
        exchange = self.bill(answer, "o1", "o2")
        self.assertEqual([a["outcome"] for a in exchange["attempts"]], ["cancelled", "completed"])
        self.assertGreater(exchange["attempts"][0]["cost_nano"], 0)
        self.assertEqual(exchange["delivered_attempt"], 1)

    def test_two_may_be_asked_at_once(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=chat_stream((FINAL,)), gate=gate))
        self.stand.o2.script(Answer(pieces=chat_stream((DRAFT,))[:2], then="hang"))
        link = self.stand.open("together", stream=True)
        self.assertTrue(self.stand.o2.arrived.wait(60))
        gate.set()
        seen = self.read(link, until=b"[DONE]")
        link.close()
        self.assertIn(FINAL.encode(), seen)
        self.assertNotIn(DRAFT.encode(), seen)
        self.assertTrue(self.stand.o2.abandoned.wait(60))
        note = json.loads(next(l for l in seen.decode().splitlines() if l.startswith(": farthing {"))[11:])
        exchange = self.stand.exchange(note["id"])
        self.assertEqual([(a["model"], a["outcome"]) for a in exchange["attempts"]],
                         [("o1", "completed"), ("o2", "cancelled")])
        self.assertEqual(nanodollars(note["cost"]), sum(a["cost_nano"] for a in exchange["attempts"]))

    def test_of_two_asked_at_once_the_one_that_will_do_is_delivered(self):
        self.stand.o1.script(Answer(pieces=cut_stream()))
        self.stand.o2.script(Answer(pieces=chat_stream((FINAL,))))
        answer = self.stand.chat("together", stream=True)
        self.assertIn(FINAL, answer.raw.decode())
        self.assertNotIn(DRAFT, answer.raw.decode())
        exchange = self.stand.exchange(answer.id)
        self.assertEqual([a["model"] for a in exchange["attempts"]], ["o1", "o2"])
        self.assertEqual(exchange["delivered_attempt"], 1)

    def test_a_client_that_leaves_ends_all_that_was_asked_at_once(self):
        for name in ("o1", "o2"):
            self.stand.providers[name].script(Answer(pieces=chat_stream((DRAFT,))[:2], then="hang"))
        link = self.stand.open("together", stream=True)
        for name in ("o1", "o2"):
            self.assertTrue(self.stand.providers[name].arrived.wait(60))
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.close()
        for name in ("o1", "o2"):
            self.assertTrue(self.stand.providers[name].abandoned.wait(60))
        exchange = self.stand.exchange(self.stand.latest(499, "together")[0]["id"])
        self.assertEqual([(a["model"], a["outcome"]) for a in exchange["attempts"]],
                         [("o1", "cancelled"), ("o2", "cancelled")])

    def test_an_ambiguous_answer_is_flagged_for_review(self):
        for more in ({}, {"stream": True}):
            self.stand.o1.script(Answer(pieces=chat_stream()) if more else Answer(chat()))
            answer = self.stand.chat("flagged", **more)
            self.assertEqual(answer.status, 200)
            self.assertEqual(self.stand.exchange(answer.id)["review"], "flag: doubtful")
            items = [json.loads(line) for line in
                     run("review", "list", "--data", self.stand.data, "--json").stdout.splitlines()]
            item = next(i for i in items if i["id"] == answer.id)
            self.assertEqual((item["action"], item["reasons"], item["model"]), ("flag", ["doubtful"], "o1"))
            self.assertIn(answer.id, run("review", "list", "--data", self.stand.data).stdout)

    def test_an_ambiguous_answer_may_be_kept_back(self):
        for more in ({}, {"stream": True}):
            self.stand.o1.script(Answer(pieces=chat_stream((DRAFT,))) if more else Answer(chat(DRAFT)))
            answer = self.stand.chat("kept", **more)
            self.assertChatError(answer, 422)
            self.assertEqual(answer.json["error"]["code"], "held_for_review")
            self.assertNotIn(DRAFT, answer.raw.decode())
            exchange = self.bill(answer, "o1")
            self.assertEqual(exchange["review"], "hold: doubtful")
            self.assertNotIn("delivered_attempt", exchange)
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=chat_stream((DRAFT,)), gate=gate))
        link = self.stand.open("kept-patient", stream=True)
        seen = self.read(link, until=b": farthing is looking")
        gate.set()
        seen = self.read(link, seen, until=b"held_for_review")
        link.close()
        self.assertNotIn(DRAFT.encode(), seen)

    def test_reports_and_metrics_count_it(self):
        self.stand.o1.script(Answer(chat(**CUT)))
        self.stand.o2.script(Answer(chat(FINAL)))
        before = self.stand.request("GET", "/metrics").raw.decode()
        answer = self.stand.chat("both")
        after = self.stand.request("GET", "/metrics").raw.decode()

        def count(text):
            lines = [l for l in text.splitlines() if l.startswith('farthing_escalations_total{route="both"}')]
            return float(lines[0].split()[-1]) if lines else 0

        self.assertEqual(count(after), count(before) + 1)
        self.bill(answer, "o1", "o2")


class Mistakes(unittest.TestCase):
    def test_settings_are_refused_with_their_line(self):
        for text, complaint in (
            ("escalate: below", "should be 'off', or such as 'below 40%', not 'below'"),
            ("escalate: below 0%", "should be 'off', or such as 'below 40%', not 'below 0%'"),
            ("delivery: later", "later"), ("delivery: {poetry: held}", "poetry"), ("guard: long", "40 tokens or 800ms"),
            ("handover: all", "nothing, draft"), ("review_between: 40%", "should be such as '35% to 45%'"), ("most_answers: 0", "most_answers"), ("most_cost: dear", "should be the most dollars"),
        ):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "farthing.yaml"
                path.write_text("providers: {p: {format: openai, base_url: 'http://127.0.0.1:1/v1'}}\nmodels:\n"
                                "  m: {provider: p, grade: 3, price: {input: 1, output: 1}}\n"
                                f"routes:\n  auto: {{candidates: [m], {text}}}\n")
                done = run("check", "--config", path)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(complaint, done.stdout + done.stderr)
                self.assertIn(":5:", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
