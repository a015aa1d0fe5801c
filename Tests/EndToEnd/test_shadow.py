"""Answers compared with the baseline's after they were delivered: what is asked, what is paid, what is kept, what a client sees."""

import concurrent.futures
import json
import pathlib
import random
import threading
import unittest

from gateway import GatewayTest, Stand, cost, nanodollars, until
from harness import report, run
from scripted import Answer, DONE, chat, chat_stream
from test_prediction import WORDS, outcomes

GRADES = "grades: {%s}" % ", ".join(f"{name}: 1" for name in (
    "code", "maths", "extraction", "classification", "summarisation", "rewriting", "translation", "creative", "factual",
    "reasoning", "support", "conversation", "agentic", "unknown"))
ROUTES = {
    "compared": "escalate: off, shadow: 100%", "budgeted": "escalate: off, shadow: 100%, shadow_budget: $0.0021 a day", "plain": "explore: 0%",
    "waiting": "shadow: 100%, until_certified: baseline", "escalating": "shadow: 100%, escalate: below 40%",
    "eager": "escalate: off, shadow: 1%, shadow_uncertified: 100%",
}
# Enough that both halves get some.
TEXTS = [f"What is the capital of country number {n}?" for n in range(40)]


class GradedStand(Stand):
    """The cheap model is the weaker one, so that the other may take its place."""

    def yaml(self):
        return super().yaml().replace("o1: {provider: at-o1, grade: 5", "o1: {provider: at-o1, grade: 1")


class Shadow(GatewayTest):
    @classmethod
    def setUpClass(cls):
        extra = "".join(f"  {name}: {{candidates: [o1, o2], baseline: o2, {GRADES}, {more}}}\n"
                        for name, more in ROUTES.items())
        cls.stand = GradedStand(extra)
        cls.addClassCleanup(cls.stand.close)

    def pairs(self, exchange):
        return self.stand.rows("SELECT * FROM pair WHERE exchange = ?", exchange)

    def pair(self, answer):
        found = until(lambda: self.pairs(answer.id))
        self.assertTrue(found, self.stand.process.output())
        return found[0]

    def shadow(self, answer):
        """The exchange that compares another, from the store."""
        found = until(lambda: self.stand.rows("SELECT id FROM exchange WHERE shadowed = ?", answer.id))
        return self.stand.exchange(found[0]["id"])

    def ask(self, route, text, **more):
        return self.stand.chat(route, messages=[{"role": "user", "content": text}], **more)

    def test_the_baseline_is_asked_the_same_and_paid_apart(self):
        self.stand.o1.script(Answer(chat("Paris is the capital.")))
        self.stand.o2.script(Answer(chat("paris is the capital")))
        before = report(self.stand.data)["total"]
        answer = self.stand.chat("compared")
        self.assertEqual(answer.fields["x-farthing-model"], "o1")
        pair = self.pair(answer)
        self.assertEqual((pair["verdict"], pair["model"], pair["baseline"], pair["propensity"], pair["route"]),
                         ("agree", "o1", "o2", 1, "compared"))
        self.assertEqual(self.stand.o2.bodies[0]["messages"], self.stand.o1.bodies[0]["messages"])
        shadow = self.shadow(answer)
        self.assertEqual([(a["model"], a["cost_nano"]) for a in shadow["attempts"]],
                         [("o2", cost("o2", input=100, output=20))])
        self.assertIsNone(shadow.get("baseline_cost_nano"))
        # The client's bill is its own call alone; the spend is both, to the nanodollar.
        own = cost("o1", input=100, output=20)
        self.assertEqual(nanodollars(answer.fields["x-farthing-cost"]), own)
        after = report(self.stand.data)["total"]
        self.assertEqual(nanodollars(after["spend"]) - nanodollars(before["spend"]), own + shadow["cost_nano"])
        self.assertEqual(nanodollars(after["shadow_spend"]) - nanodollars(before["shadow_spend"]), shadow["cost_nano"])
        self.assertEqual(after["exchanges"] - before["exchanges"], 1)
        self.assertIn("only compared", run("report", "--data", self.stand.data).stdout)

    def test_a_stream_is_compared_too(self):
        self.stand.o1.script(Answer(pieces=chat_stream(("One", " two"))))
        self.stand.o2.script(Answer(pieces=chat_stream(("One two!",))))
        answer = self.stand.chat("compared", stream=True)
        self.assertTrue(answer.raw.endswith(DONE))
        self.assertEqual(self.pair(answer)["verdict"], "agree")

    def test_a_difference_that_nothing_decides_is_undecided_and_one_that_checks_decide_is_not(self):
        cut = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "It is"}, "finish_reason": "length"}]}
        for own, other, verdict in (
                (chat("It is Paris."), chat("It is London."), "undecided"),
                (chat(**cut), chat("It is the city of Paris in France."), "harm"),
                (chat("It is the city of Paris in France."), chat(**cut), "gain")):
            self.stand.o1.script(Answer(own))
            self.stand.o2.script(Answer(other))
            with self.subTest(verdict):
                answer = self.stand.chat("compared")
                self.assertEqual(self.pair(answer)["verdict"], verdict)
                listed = [json.loads(line) for line in
                          run("review", "list", "--data", self.stand.data, "--json").stdout.splitlines()]
                reasons = [item["reasons"] for item in listed if item["id"] == answer.id]
                self.assertEqual(["differs from the baseline"] in reasons, verdict == "undecided")

    def test_a_reviewer_decides_what_nothing_else_does(self):
        self.stand.o1.script(Answer(chat("It is Paris.")))
        self.stand.o2.script(Answer(chat("It is London.")))
        seen = set()
        for text in TEXTS:
            answer = self.ask("compared", text)
            pair = self.pair(answer)
            if pair["certifies"] in seen:
                continue
            seen.add(pair["certifies"])
            done = run("review", "resolve", answer.id, "--right", "--note", "an atlas says so", "--data", self.stand.data)
            self.assertEqual((done.returncode, done.stdout), (0, f"{answer.id} is right\n"), done.stderr)
            both = until(lambda: len(self.pairs(answer.id)) == 2 and self.pairs(answer.id))
            self.assertEqual([p["verdict"] for p in both], ["undecided", "agree"])
            said = [o for o in self.outcomes([answer.id]) if o["source"] == "review"]
            # The half that certifies is not learned from.
            self.assertEqual([(o["model"], o["score"], o["weight"]) for o in said], [("o1", 1, 0 if pair["certifies"] else 1)])
            listed = run("review", "list", "--data", self.stand.data, "--json").stdout
            self.assertNotIn(answer.id, listed)
            if len(seen) == 2:
                break
        self.assertEqual(len(seen), 2)
        for arguments, code, words in (
                (("resolve", answer.id, "--wrong"), 1, "a verdict is final"), (("resolve", "none", "--wrong"), 1, "no exchange 'none'"),
                (("resolve", answer.id), 2, "one of --right and --wrong"), (("resolve",), 2, "list' or 'resolve ID'"),
                (("list", "more"), 2, "list' or 'resolve ID'")):
            done = run("review", *arguments, "--data", self.stand.data)
            self.assertEqual(done.returncode, code, done.stdout)
            self.assertIn(words, done.stderr)

    def test_an_answer_that_came_by_escalation_is_the_baselines_own(self):
        cut = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "It is"}, "finish_reason": "length"}]}
        self.stand.o1.script(Answer(chat(**cut)))
        answer = self.stand.chat("escalating")
        self.assertEqual(answer.fields["x-farthing-model"], "o2")
        self.assertEqual(self.pair(answer)["verdict"], "agree")
        asked = self.stand.rows("SELECT a.model FROM attempt a JOIN exchange e ON e.row = a.exchange WHERE e.shadowed = ?",
                                answer.id)
        self.assertNotIn("o2", [call["model"] for call in asked])

    def test_halves_are_kept_apart(self):
        self.stand.o1.script(Answer(chat("Yes, it is.")))
        self.stand.o2.script(Answer(chat("Yes, it is.")))
        halves = {}
        for text in TEXTS:
            answer = self.ask("compared", text)
            pair = self.pair(answer)
            halves.setdefault(bool(pair["certifies"]), []).append(answer.id)
            first = bool(pair["certifies"]) if text == TEXTS[0] else first
        self.assertGreater(len(halves.get(True, [])), 8)
        self.assertGreater(len(halves.get(False, [])), 8)
        learned = until(lambda: len(self.outcomes(halves[False])) == 2 * len(halves[False]) and self.outcomes(halves[False]))
        self.assertEqual({(o["source"], o["weight"], o["score"]) for o in learned}, {("shadow", 0.8, 1.0)})
        self.assertEqual({o["model"] for o in learned}, {"o1", "o2"})
        # What was delivered and what it was compared with are sketched alike.
        for exchange in halves[False]:
            own = [o["answer"] for o in learned if o["exchange"] == exchange]
            self.assertEqual((own[0], len(own[0]) > 200), (own[1], True))
        self.assertEqual(self.outcomes(halves[True]), [])
        # Equal prompts are of one half for ever.
        again = self.pair(self.ask("compared", TEXTS[0].upper()))
        self.assertEqual(bool(again["certifies"]), first)

    def outcomes(self, exchanges):
        marks = ",".join("?" * len(exchanges))
        return self.stand.rows(f"SELECT * FROM outcome WHERE exchange IN ({marks})", *exchanges)

    def test_an_answer_does_not_wait_for_its_comparison(self):
        gate = threading.Event()
        self.addCleanup(gate.set)
        self.stand.o2.script(Answer(pieces=chat_stream(), gate=gate))
        answer = self.stand.chat("compared")
        self.assertEqual(answer.status, 200)
        self.assertTrue(self.stand.o2.arrived.wait(60))
        self.assertEqual(self.pairs(answer.id), [])

    def test_the_budget_of_a_day_is_kept(self):
        # A comparison costs 450 microdollars and is expected to cost 2,035: the second one does not fit.
        answers = [self.stand.chat("budgeted") for _ in range(4)]
        self.pair(answers[0])
        until(lambda: 'route="budgeted",verdict="skipped"} 3' in self.metrics())
        self.assertIn('farthing_shadow_comparisons_total{route="budgeted",verdict="skipped"} 3', self.metrics())
        self.assertEqual(len(self.stand.o2.received), 1)

    def metrics(self):
        return self.stand.request("GET", "/metrics").raw.decode()

    def test_a_baseline_that_fails_makes_no_pair(self):
        self.stand.o2.script(Answer({"error": {"message": "no"}}, status=400))
        answer = self.stand.chat("compared")
        self.assertEqual(answer.status, 200)
        until(lambda: 'route="compared",verdict="unanswered"} ' in self.metrics())
        self.assertEqual([a["outcome"] for a in self.shadow(answer)["attempts"]], ["failed"])
        self.assertEqual(self.pairs(answer.id), [])

    def test_more_is_compared_while_nothing_is_certified(self):
        self.assertEqual(self.pair(self.stand.chat("eager"))["propensity"], 1)

    def test_routes_that_do_not_ask_for_it_are_left_alone(self):
        answer = self.stand.chat("plain")
        self.assertEqual(answer.fields["x-farthing-model"], "o1")
        self.assertEqual(self.stand.o2.received, [])
        pinned = self.stand.chat("o1", {"x-farthing-route": "off"})
        self.assertEqual(pinned.status, 200)
        self.assertEqual(self.stand.o2.received, [])

    def test_until_it_is_certified_the_baseline_answers_where_that_is_wanted(self):
        answer = self.stand.chat("waiting")
        self.assertEqual(answer.fields["x-farthing-model"], "o2")
        self.assertIn("uncertified, so the baseline answers", answer.fields["x-farthing-decision"])
        told = self.stand.request("POST", "/api/explain", {"prompt": "Say hello.", "model": "waiting"}).json
        self.assertEqual((told["decided_by"], told["candidates"][0]["model"]), ("until_certified", "o2"))


class ShadowAtTheEnd(unittest.TestCase):
    def test_a_shutdown_cancels_what_is_compared_and_keeps_its_cost(self):
        stand = Stand(f"  compared: {{candidates: [o1, o2], baseline: o2, escalate: off, {GRADES}, shadow: 100%}}\n")
        self.addCleanup(stand.close)
        stand.o1.script(Answer(chat("Hello there")))
        stand.o2.script(Answer(then="hang"))
        answer = stand.chat("compared")
        self.assertTrue(stand.o2.arrived.wait(60))
        self.assertEqual(stand.process.stop(), 0)
        shadow = stand.rows("SELECT id FROM exchange WHERE shadowed = ?", answer.id)
        attempts = stand.exchange(shadow[0]["id"])["attempts"]
        self.assertEqual([a["outcome"] for a in attempts], ["cancelled"])
        self.assertGreater(attempts[0]["cost_nano"], 0)
        self.assertEqual(stand.rows("SELECT * FROM pair"), [])

    def test_a_restart_remembers_what_was_paid_today(self):
        stand = Stand("  compared: {candidates: [o1, o2], baseline: o2, escalate: off, %s, shadow: 100%%, "
                      "shadow_budget: $0.0021 a day}\n" % GRADES)
        self.addCleanup(stand.close)
        stand.o1.script(Answer(chat("Hello there")))
        stand.o2.script(Answer(chat("Hello there")))
        stand.chat("compared")
        self.assertTrue(until(lambda: stand.rows("SELECT * FROM pair")))
        stand.process.__exit__()
        stand.process = stand.serve()
        stand.o2.script(Answer(chat("Hello there")))
        stand.chat("compared")
        metrics = until(lambda: (m := stand.request("GET", "/metrics").raw.decode()) and "skipped" in m and m)
        self.assertIn('farthing_shadow_comparisons_total{route="compared",verdict="skipped"} 1', metrics)
        self.assertEqual(stand.o2.received, [])


class Certificate(unittest.TestCase):
    """Outcomes say that the cheap model is good at short lines: whether it may serve them is for pairs to show."""

    SAME, CUT = "A river runs by.", {"choices": [{"index": 0, "message": {"role": "assistant", "content": "A river"},
                                                  "finish_reason": "length"}]}

    def setUp(self):
        self.stand = Stand("  live: {candidates: [o1, o2], quality: within 5 points of o2, shadow: 100%, escalate: off, "
                           "until_certified: baseline}\n"
                           "  served: {candidates: [o1, o2], quality: within 10 points of o2, shadow: 100%, escalate: off}\n",
                           gateway=False)
        self.addCleanup(self.stand.close)
        rows = [json.dumps(row).replace('"cheap"', '"o1"').replace('"strong"', '"o2"') for row in outcomes(300)]
        file = pathlib.Path(self.stand.folder.name, "recorded.jsonl")
        file.write_text("\n".join(rows) + "\n")
        self.assertEqual(run("outcomes", "import", file, "--data", self.stand.data).returncode, 0)
        self.serve()
        chance = random.Random(7)
        self.prompts = iter(["Write one short line about a " + " and a ".join(chance.sample(WORDS, 3)) + f" in {n} words."
                             for n in range(2000)])

    def serve(self):
        self.stand.process = self.stand.serve()
        self.assertTrue(until(lambda: "event=learned" in self.stand.process.output(), seconds=60))

    def ask(self, count=1):
        with concurrent.futures.ThreadPoolExecutor(8) as clients:
            def one(text):
                return self.stand.chat("live", messages=[{"role": "user", "content": text}])
            answers = list(clients.map(one, [next(self.prompts) for _ in range(count)]))
        return answers[-1]

    def script(self, cheap):
        self.stand.o1.script(Answer(chat(**cheap)))
        self.stand.o2.script(Answer(chat(self.SAME)))

    def standing(self):
        """How the route's latest version stands, and the events so far."""
        told = json.loads(run("certificate", "--data", self.stand.data, "--json").stdout)
        return told["routes"][0] if told["routes"] else None, [event["event"] for event in told["history"]]

    def ask_until(self, condition, most=1000):
        for _ in range(0, most, 40):
            self.ask(40)
            if until(condition, seconds=3):
                return
        self.fail(self.stand.process.output() + str(self.standing()))

    def test_a_reviewer_says_what_policies_lost_that_deliver_the_same_answer(self):
        self.stand.o1.script(Answer(chat("It is Paris.")))
        self.stand.o2.script(Answer(chat("It is London.")))

        def undecided():
            answer = self.stand.chat("served", messages=[{"role": "user", "content": next(self.prompts)}])
            pair = until(lambda: self.stand.rows("SELECT * FROM pair WHERE exchange = ?", answer.id))[0]
            return "u" in pair["path"] and pair["verdict"] == "undecided" and pair

        pair = next(filter(None, (undecided() for _ in range(40))))
        # Of two models the one that is not the baseline's is the delivered one's.
        self.assertEqual(pair["own"], pair["path"].replace("u", "1").replace("a", "0"))
        before = json.loads(run("certificate", "--data", self.stand.data, "--json").stdout)["routes"][0]
        done = run("review", "resolve", pair["exchange"], "--right", "--data", self.stand.data)
        self.assertEqual(done.returncode, 0, done.stderr)
        after = json.loads(run("certificate", "--data", self.stand.data, "--json").stdout)["routes"][0]
        self.assertEqual((after["pairs"], after["policies"]), (before["pairs"], before["policies"]))
        reviewed = self.stand.rows("SELECT path FROM pair WHERE id = ?", "review/" + pair["exchange"])[0]
        self.assertEqual(set(reviewed["path"]), {"a"})

    def test_what_is_tested_stays_the_same_whatever_calls_use(self):
        tokens = {"prompt_tokens": 20, "completion_tokens": 3000, "total_tokens": 3020}
        self.stand.o1.script(Answer(chat(self.SAME, usage=tokens)))
        asked = [{"role": "user", "content": next(self.prompts)}]
        for _ in range(5):
            self.stand.chat("only-o", messages=asked)

        def expected(route):
            body = {"model": route, "messages": asked}
            told = self.stand.request("POST", "/api/explain", body).json["candidates"]
            return {one["model"]: one["expected_output_tokens"] for one in told}

        self.assertGreater(expected("oo")["o1"], expected("oo")["o2"])
        self.assertEqual(expected("live")["o1"], expected("live")["o2"])

    def test_it_is_earned_serves_and_is_lost(self):
        self.script({"text": self.SAME})
        self.assertEqual(self.ask().fields["x-farthing-model"], "o2")
        # All pairs agree: some hundred of them show a loss under five points.
        self.ask_until(lambda: (self.standing()[0] or {}).get("certified", 0) == 10)
        standing, events = self.standing()
        self.assertEqual((events[0], events[-1], standing["loss"], standing["failed"]), ("began", "loosened", 0, False))
        self.assertLess(standing["pairs"], 200)
        answer = until(lambda: (a := self.ask()).fields["x-farthing-model"] == "o1" and a)
        self.assertRegex(answer.fields["x-farthing-decision"], r"; certified$")
        metrics = self.stand.request("GET", "/metrics").raw.decode()
        self.assertIn('farthing_certificate_policies{route="live"} 10', metrics)

        with self.subTest("a restart reads the same from the pairs"):
            self.stand.process.stop()
            self.stand.process.__exit__()
            self.serve()
            self.assertTrue(until(lambda: self.ask().fields["x-farthing-model"] == "o1"))

        # From now on its answers are cut off, and checks are sure of it.
        self.script(self.CUT)
        self.ask_until(lambda: "failed" in self.standing()[1])
        self.assertTrue(until(lambda: "event=\"certificate failed\"" in self.stand.process.output()), self.stand.process.output())
        self.assertTrue(until(lambda: self.ask().fields["x-farthing-model"] == "o2"))
        metrics = self.stand.request("GET", "/metrics").raw.decode()
        self.assertRegex(metrics, r'farthing_certificate_failures_total{route="live"} [1-9]')
        self.assertIn("FAILED", run("certificate", "--data", self.stand.data).stdout)


if __name__ == "__main__":
    unittest.main()
