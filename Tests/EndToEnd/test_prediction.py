"""`farthing train`, `score`, `evaluate`, `replay` and `certify` on outcomes written here: a cheap model that fails long sums."""

import json
import pathlib
import random
import struct
import subprocess
import tempfile
import unittest

from harness import BINARY, environment, run

WORDS = "river stone lamp garden window bread cloud table silver paper winter bridge".split()


def outcomes(count, seed=5, cheap_price=0.0001, strong_price=0.01):
    """Half of the prompts are sums, which `cheap` mostly gets wrong; `strong` is nearly always right."""
    chance = random.Random(seed)
    for number in range(count):
        hard = chance.random() < 0.5
        if hard:
            prompt = "Compute the total of " + " + ".join(str(chance.randrange(100, 9999)) for _ in range(12)) + "."
        else:
            prompt = "Write one short line about a " + " and a ".join(chance.sample(WORDS, 3)) + "."
        right = {"cheap": chance.random() < (0.1 if hard else 0.97), "strong": chance.random() < 0.97}
        price = {"cheap": cheap_price, "strong": strong_price}
        yield {"id": f"own/{number}", "prompt": prompt, "hard": hard, "outcomes": {
            model: {"score": int(right[model]), "cost_usd": price[model]} for model in right}}


def score(lines, *options):
    done = subprocess.run([str(BINARY), "score", *options], input="\n".join(map(json.dumps, lines)) + "\n",
                          capture_output=True, text=True, env=environment())
    return done, [json.loads(line) for line in done.stdout.splitlines()]


class Prediction(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.rows = list(outcomes(800))
        cls.file = cls.path / "outcomes.jsonl"
        cls.file.write_text("".join(json.dumps(row) + "\n" for row in cls.rows))
        cls.predictor = cls.path / "predictor.bin"
        cls.trained = run("train", cls.file, "--out", cls.predictor)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_training_is_small_and_repeatable(self):
        self.assertEqual(self.trained.returncode, 0, self.trained.stderr)
        again = self.path / "again.bin"
        self.assertEqual(run("train", self.file, "--out", again).returncode, 0)
        self.assertEqual(self.predictor.read_bytes(), again.read_bytes())
        self.assertLess(self.predictor.stat().st_size, 500_000)

    def test_scores_rank_by_need_in_the_order_read(self):
        fresh = list(outcomes(200, seed=6))
        done, lines = score([{"id": row["id"], "prompt": row["prompt"]} for row in fresh],
                            "--predictor", self.predictor, "--cheap", "cheap", "--strong", "strong")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([line["id"] for line in lines], [row["id"] for row in fresh])
        hard = [line["score"] for line, row in zip(lines, fresh) if row["hard"]]
        easy = [line["score"] for line, row in zip(lines, fresh) if not row["hard"]]
        above = sum(h > e for h in hard for e in easy) / (len(hard) * len(easy))
        self.assertGreater(above, 0.95)
        for line, row in zip(lines, fresh):
            self.assertEqual(set(line["p"]), {"cheap", "strong"})
            self.assertEqual(line["p"]["cheap"] < 0.5, row["hard"], line)
            self.assertEqual(line["strong"], line["score"] >= 0.5)

    def test_scores_without_anything_but_what_is_shipped(self):
        done, lines = score([
            {"id": 7, "prompt": "Hi!"},
            {"id": "m", "messages": [{"role": "user", "content": "Prove by induction that n^3 - n is divisible by six, "
                                      "and explain every step and each case of the argument in detail. " * 4}]}])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([line["id"] for line in lines], [7, "m"])
        self.assertLess(lines[0]["score"], lines[1]["score"])
        for line in lines:
            self.assertTrue(0 <= line["score"] <= 1)
            self.assertIsNone(line["type"])

    def test_says_what_is_wrong_in_one_line(self):
        damaged = self.path / "damaged.bin"
        damaged.write_bytes(self.predictor.read_bytes()[:-100])
        other = self.path / "other.bin"
        other.write_bytes(b"something else, of some length")
        few = self.path / "few.jsonl"
        few.write_text("".join(json.dumps(row) + "\n" for row in self.rows[:20]))
        cases = [
            (["train", few, "--out", self.path / "x"], 1, "50 are needed"),
            (["train", self.file], 2, "--out FILE"),
            (["train", self.path / "missing", "--out", self.path / "x"], 1, "check that the file exists"),
            (["replay", self.file, "--models", "cheap,strong"], 2, "--baseline"),
            (["replay", self.file, "--models", "cheap,none", "--baseline", "none"], 1, "no outcome of 'none'"),
            (["certify", few, "--models", "cheap,strong", "--baseline", "strong"], 1, "100 are needed"),
        ]
        for arguments, status, words in cases:
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (status, 1), done.stderr)
            self.assertIn(words, done.stderr)
        for options, words in [(["--predictor", damaged], "train again"), (["--predictor", other], "farthing train"),
                               (["--predictor", self.predictor, "--cheap", "cheap", "--strong", "no"], "'no'"),
                               (["--cheap", "cheap"], "--strong")]:
            done, _ = score([{"id": 1, "prompt": "x"}], *options)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)
        done, lines = score([{"id": 1, "prompt": "x"}, {"id": 2}])
        self.assertEqual((done.returncode, len(lines)), (1, 1))
        self.assertIn(":2: a line needs `prompt` or `messages`", done.stderr)

    def test_evaluates(self):
        done = run("evaluate", self.file, "--json")
        found = json.loads(done.stdout)
        self.assertEqual((found["prompts"], found["folds"], found["seed"]), (800, 5, 1))
        self.assertLess(found["ece"], 0.1)
        self.assertGreater(next(m for m in found["models"] if m["model"] == "cheap")["auc"], 0.85)
        self.assertIn("mean AUC", run("evaluate", self.file).stdout)
        page = self.path / "reliability.html"
        self.assertEqual(run("evaluate", self.file, "--plot", page).returncode, 0)
        self.assertEqual(page.read_text().count("<svg"), 2)

    def test_replays(self):
        page = self.path / "replay.html"
        done = run("replay", self.file, "--models", "cheap,strong", "--baseline", "strong", "--json", "--plot", page)
        found = json.loads(done.stdout)
        self.assertEqual((found["models"], found["baseline"]), (["cheap", "strong"], "strong"))
        self.assertGreater(found["saving_minus1pt"], 0.3)
        self.assertLess(found["saving_minus1pt"], 0.7)
        self.assertEqual(found["best_constant"]["saving_minus1pt"], 0)
        low, high = found["saving_minus1pt_interval"]
        self.assertTrue(low <= found["saving_minus1pt"] <= high)
        constants = found["references"]["constants"]
        self.assertAlmostEqual(constants["strong"]["cost"], 0.01)
        self.assertAlmostEqual(constants["cheap"]["cost"], 0.0001)
        self.assertTrue(all(0.0001 <= point["cost"] <= 0.01 for point in found["curve"]))
        self.assertGreaterEqual(found["references"]["oracle"]["quality"], constants["strong"]["quality"])
        self.assertIn("<svg", page.read_text())
        again = run("replay", self.file, "--models", "cheap,strong", "--baseline", "strong", "--json")
        self.assertEqual(done.stdout, again.stdout)

    def test_certifies_what_holds_and_nothing_else(self):
        out, predictor = self.path / "certificate.json", self.path / "certified.bin"
        options = ["--models", "cheap,strong", "--baseline", "strong"]
        done = run("certify", self.file, *options, "--bound", "5", "--out", out, "--predictor-out", predictor)
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(out.read_text())
        self.assertEqual((found["bound"], found["confidence"], found["policy"]["baseline"]), (0.05, 0.95, "strong"))
        self.assertGreater(found["saving"], 0.2)
        self.assertLess(found["loss"], 0.05)
        self.assertGreater(found["pairs"], 300)
        self.assertTrue(predictor.stat().st_size > 0)
        refused = run("certify", self.file, *options, "--bound", "0.5")
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        self.assertRegex(refused.stderr, "at least 598 are needed.*record [0-9]+ more")


def answers(count, seed=7):
    """Sums that `small` and `other` answer: right where they say the same, wrong where they do not; `large` is right."""
    chance = random.Random(seed)
    for number in range(count):
        one, two = chance.randrange(10, 99), chance.randrange(10, 99)
        right, hard = one + two, chance.random() < 0.3
        said = {"small": right + (10 if hard else 0), "other": right - (10 if hard else 0), "large": right}
        price = {"small": 0.0001, "other": 0.0001, "large": 0.01}
        yield {"id": f"sum/{number}", "prompt": f"Case {number}: how many are {one} apples and {two} apples?",
               "outcomes": {model: {"score": int(said[model] == right), "cost_usd": price[model],
                                    "response": f"The answer is {said[model]}."} for model in said}}


def with_a_signal_less(file, model):
    """A predictor's file whose cascade reads one signal less of `model`, the first of three: as an older release wrote it."""
    start = file.rindex(struct.pack("<II", 3, len(model)) + model.encode())
    place = start + 8 + len(model) + 4 + 16
    body = bytearray(file[:-4])
    for _ in ("means", "scales", "weights"):
        count, = struct.unpack_from("<I", body, place)
        struct.pack_into("<I", body, place, count - 1)
        del body[place + 4:place + 8]
        place += 4 * count
    length, = struct.unpack_from("<I", body, start - 4)
    struct.pack_into("<I", body, start - 4, length - 12)
    checksum = 0xFFFFFFFF
    for byte in body:
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0x82F63B78 if checksum & 1 else 0)
    return bytes(body) + struct.pack("<I", checksum ^ 0xFFFFFFFF)


class Cascade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.file = cls.path / "answers.jsonl"
        cls.file.write_text("".join(json.dumps(row) + "\n" for row in answers(360)))
        cls.options = ["--models", "small,other,large", "--baseline", "large", "--cascade", "3"]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_replays_what_answers_say_together(self):
        done = run("replay", self.file, *self.options, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        found = json.loads(done.stdout)
        # Two small calls for all, a large one for the three in ten on which they differ; of 360 at most three may be lost.
        self.assertGreater(found["saving_minus1pt"], 0.6)
        self.assertLess(found["saving_minus1pt"], 0.7)
        cascade = found["cascade"]
        self.assertEqual(cascade["most_answers"], 3)
        self.assertEqual(len(cascade["calls"]), len(found["curve"]))
        self.assertTrue(all(1 <= calls <= 3 for calls in cascade["calls"]))
        chosen = cascade["chosen_beforehand"]
        self.assertEqual([one["loss"] for one in chosen], [0, 0.01])
        self.assertGreater(chosen[0]["saving"], 0.5)
        self.assertGreaterEqual(chosen[0]["difference"], -0.01)
        self.assertIn("routing", found["references"])
        self.assertEqual(len(found["references"]["random_mix"]), 11)
        # Routing alone cannot know which sums are hard.
        routing = run("replay", self.file, *self.options[:-2], "--json")
        self.assertLess(json.loads(routing.stdout)["saving_equal"], 0.3)
        self.assertIn("chosen on the training parts", run("replay", self.file, *self.options).stdout)

    def test_noise_is_not_taken_for_knowledge(self):
        """Nothing foretells which sums are hard: all that is known is what the answers say together, and that loses nothing."""
        file = self.path / "seeds.jsonl"
        for seed in (8, 9, 10, 11):
            file.write_text("".join(json.dumps(row) + "\n" for row in answers(360, seed)))
            found = json.loads(run("replay", file, *self.options, "--json").stdout)
            with self.subTest(seed):
                self.assertGreater(found["saving_equal"], 0.6)
                chosen = found["cascade"]["chosen_beforehand"]
                self.assertEqual([one["difference"] for one in chosen], [0, 0])

    def test_trains_and_certifies(self):
        out, predictor, plain = self.path / "c.json", self.path / "c.bin", self.path / "plain.bin"
        done = run("certify", self.file, *self.options, "--bound", "3", "--out", out, "--predictor-out", predictor)
        self.assertEqual(done.returncode, 0, done.stderr)
        certificate = json.loads(out.read_text())
        self.assertEqual((certificate["version"], certificate["policy"]["most_answers"]), (3, 3))
        self.assertGreater(certificate["saving"], 0.5)
        draws = run("certify", self.file, *self.options, "--bound", "3", "--draws", "50", "--pairs", "300")
        self.assertIn("50 draws of 300 pairs", draws.stdout)
        trained = run("train", self.file, "--models", "small,other,large", "--cascade", "3", "--out", self.path / "t.bin")
        self.assertEqual(trained.returncode, 0, trained.stderr)
        self.assertEqual(run("train", self.file, "--out", plain).returncode, 0)
        versions = [path.read_bytes()[4] for path in (predictor, self.path / "t.bin", plain)]
        self.assertEqual(versions, [5, 5, 5])
        done, lines = score([{"id": 1, "prompt": "Case 1: how many are 3 apples?"}], "--predictor", predictor,
                            "--cheap", "small", "--strong", "large")
        self.assertEqual((done.returncode, len(lines)), (0, 1), done.stderr)

    def test_what_was_learned_of_other_signals_is_refused(self):
        predictor, config = self.path / "signals.bin", self.path / "signals.yaml"
        done = run("train", self.file, *self.options[:2], *self.options[-2:], "--out", predictor)
        self.assertEqual(done.returncode, 0, done.stderr)
        predictor.write_bytes(with_a_signal_less(predictor.read_bytes(), "small"))
        config.write_text(f"predictor: {predictor}\ndata: {self.path}/data\nlisten: {{address: '127.0.0.1:0'}}\n"
                          "providers: {here: {format: openai, base_url: 'http://127.0.0.1:9/v1'}}\n"
                          "models: {small: {provider: here, grade: 1, price: {input: 1, output: 1}}}\n"
                          "routes: {auto: {candidates: [small], baseline: small}}\n")
        for arguments in (["score", "--predictor", predictor, "--cheap", "small", "--strong", "large"],
                          ["verify", "--predictor", predictor], ["check", "--config", config], ["serve", "--config", config]):
            done = run(*arguments, input="")
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
            self.assertIn(f"{predictor} was learned from other signals than this program reads: train again", done.stderr)

    def test_says_what_is_missing(self):
        silent = self.path / "silent.jsonl"
        rows = list(answers(150))
        for row in rows:
            del row["outcomes"]["other"]["response"]
        silent.write_text("".join(json.dumps(row) + "\n" for row in rows))
        for arguments, status, words in [
            (["replay", silent, *self.options], 1, "no answer of 'other' is recorded"),
            (["certify", silent, *self.options], 1, "no answer of 'other' is recorded"),
            (["train", silent, "--cascade", "3", "--out", self.path / "x"], 1, "no answer of 'other' is recorded"),
            (["replay", self.file, *self.options[:-1], "9"], 2, "--cascade"),
        ]:
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (status, 1), done.stderr)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
