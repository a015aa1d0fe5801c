"""The page that `replay --plot` writes: everything it shows is said in words and figures too."""

import html.parser
import json
import pathlib
import re
import tempfile
import unittest

from harness import run
from test_prediction import answers

MODELS = ["small", "other", "large"]


class Page(html.parser.HTMLParser):
    """The text of a page by where it stands: cells of tables by caption, items of the legend, names in the picture."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.tables, self.legend, self.names, self.texts = [], {}, [], [], []
        self.open, self.caption, self.cells = [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        attributes = dict(attributes)
        self.open.append((tag, attributes))
        if tag == "caption":
            self.caption = ""
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.cells.append("")
        elif tag == "li":
            self.legend.append("")
        elif tag == "text" and attributes.get("class") == "label":
            self.names.append([float(attributes["x"]), float(attributes["y"]), ""])

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "caption":
            self.tables[self.caption] = []
        elif tag == "tr":
            list(self.tables.values())[-1].append(self.cells)

    def handle_data(self, data):
        self.texts.append(data)
        inside = [tag for tag, _ in self.open]
        if "caption" in inside:
            self.caption += data
        elif "td" in inside or "th" in inside:
            self.cells[-1] += data
        elif "li" in inside:
            self.legend[-1] += data
        elif "text" in inside and self.open[-1][1].get("class") == "label":
            self.names[-1][2] += data

    def table(self, words):
        """The rows of the table whose caption has the words, without its head."""
        return next(rows for caption, rows in self.tables.items() if words in caption)[1:]


class ReplayPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = pathlib.Path(cls.folder.name)
        cls.file = cls.path / "answers.jsonl"
        cls.file.write_text("".join(json.dumps(row) + "\n" for row in answers(600)))

    def replay(self, *more):
        page = self.path / "page.html"
        done = run("replay", self.file, "--models", ",".join(MODELS), "--baseline", "large", "--json", "--plot", page,
                   *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.text = page.read_text()
        return Page(self.text), json.loads(done.stdout)

    def test_a_cascade_is_shown_beside_all_that_it_is_compared_with(self):
        page, found = self.replay("--cascade", "3", "--bound", "3")
        self.assertEqual([word for word in ("script", "link", "img", "iframe") if word in page.tags], [])
        self.assertNotIn("http", self.text)
        for words in ("Cascade: at most 3 models", "Routing only", "By length", "By chance", "Always the baseline",
                      "Always one other model", "Oracle", "read off the curve", "chosen beforehand", "Certified"):
            self.assertEqual(sum(words in item for item in page.legend), 1, (words, page.legend))
        points = page.table("Intervals have 95 %")
        known = found["operating_points"] + found["cascade"]["chosen_beforehand"]
        self.assertEqual([row[0] for row in points], [
            "1: equal quality, read off the curve", "2: 1 point less, read off the curve",
            "3: equal quality, chosen beforehand", "4: 1 point less, chosen beforehand"])
        for row, point in zip(points, known):
            self.assertEqual(row[2], f"{point['saving'] * 100:.1f} %")
            self.assertAlmostEqual(float(row[6]), point["calls"], delta=0.006)
            low, high = point["values"]
            self.assertTrue(re.fullmatch(r"\$[\d.]+( to \$[\d.]+)?", row[1]), row[1])
            self.assertAlmostEqual(float(row[1].split()[0][1:]), low, delta=low / 100)
            self.assertAlmostEqual(float(row[1].split("$")[-1]), high, delta=high / 100)
        references = {row[0]: row for row in page.table("What needs no policy")}
        for model in MODELS:
            name = f"always {model}" + (" (baseline)" if model == "large" else "")
            self.assertAlmostEqual(float(references[name][2]), found["references"]["constants"][model]["quality"],
                                   delta=0.0006)
        for name in ("oracle", "best constant at 1 point less: large", "routing only at equal quality"):
            self.assertIn(name, references)
        self.assertEqual(len(page.table("each policy")), len(found["curve"]))
        others = len(found["references"]["prompt_length"] + found["references"]["random_mix"] +
                     found["references"]["routing"])
        self.assertEqual(len(page.table("The other lines")), others)

    def test_the_certificate_is_said_as_certify_would_say_it(self):
        page, found = self.replay("--cascade", "3", "--bound", "3")
        said = found["certificate"]
        self.assertEqual((said["bound"], said["confidence"], said["pairs"], said["certified"]), (0.03, 0.95, 600, True))
        text = " ".join("".join(page.texts).split())
        self.assertIn(f"600 pairs, {said['harms']} harms, {said['gains']} gains", text)
        page, found = self.replay("--cascade", "3", "--bound", "0.4")
        self.assertFalse(found["certificate"]["certified"])
        self.assertIn("not certified: 600 pairs to look at, at least 748 are needed for a bound of 0.400 points: "
                      "record 148 more", " ".join("".join(page.texts).split()))
        self.assertFalse(any("Certified" in item for item in page.legend))
        done = run("replay", self.file, "--models", "small,large", "--baseline", "large", "--bound", "none")
        self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1))
        self.assertIn("--bound", done.stderr)

    def test_names_in_the_picture_do_not_cover_each_other(self):
        page, _ = self.replay("--cascade", "3", "--bound", "3")
        names = [name for _, _, name in page.names]
        self.assertEqual(sorted(names), sorted(["1", "2", "3", "4", "certified", "oracle", *MODELS]))
        boxes = [(x, x + 6.6 * len(name), y - 12, y + 3) for x, y, name in page.names]
        for place, one in enumerate(boxes):
            for other in boxes[:place]:
                self.assertFalse(one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3],
                                 page.names)

    def test_routing_alone_has_no_cascade_to_show(self):
        page, found = self.replay()
        self.assertTrue(any(item.startswith("Routing: one model") for item in page.legend))
        self.assertEqual([row[0] for row in page.table("Intervals have 95 %")], [
            "1: equal quality, read off the curve", "2: 1 point less, read off the curve"])
        self.assertEqual([row[6] for row in page.table("Intervals have 95 %")], ["1", "1"])


if __name__ == "__main__":
    unittest.main()
