"""What a new user gets wrong on the command line: one line that says what it is and what to do, and a status for scripts."""

import os
import pathlib
import tempfile
import unittest

from harness import run

GOOD = '{"id": "1", "prompt": "a", "outcomes": {"a": {"score": 1, "cost_usd": 1}, "b": {"score": 0, "cost_usd": 2}}}\n'
PROVIDER = 'providers: {p: {format: openai, base_url: "http://127.0.0.1:1/v1"}}\n'
# The arguments, the exit status, and what the line must say.
MISTAKES = [
    ("report", 1, "cannot list farthing-data: No such file or directory: name the folder that 'farthing serve' writes"),
    ("report --data nowhere", 1, "cannot list nowhere: No such file or directory: name the folder"),
    ("report --data text", 1, "cannot list text: Not a directory: name the folder"),
    ("report --data folder", 1, "there is no ledger in folder: name the folder that 'farthing serve' writes"),
    ("report --by colour", 2, "--by takes one of total, route, model, task, key, day, not 'colour'"),
    ("report --since yesterday", 2, "--since takes a date such as 2026-11-23, not 'yesterday'"),
    ("report --since 2026-11-29 --until 2026-11-29", 2, "--since must be a day before --until"),
    ("report --json --csv", 2, "--csv does not go with --json: leave one out"),
    ("review list --data folder", 1, "there is no ledger in folder"),
    ("types --data nowhere", 1, "there is no ledger in nowhere: name the data folder with --data"),
    ("certificate --data folder", 1, "there is no ledger in folder; name the data folder with --data"),
    ("outcomes import folder --data d", 1, "folder is a folder: name a file"),
    ("outcomes import text --data d", 1, "text:1: invalid JSON near byte 0"),
    ("outcomes import bad.jsonl --data d", 1, "bad.jsonl:2: invalid JSON near byte 0"),
    ("outcomes export --data nowhere", 1, "there is no ledger in nowhere"),
    ("evaluate empty", 1, "no outcomes in empty: each line is one prompt with them"),
    ("evaluate nowhere", 1, "cannot open nowhere: check that the file exists and may be read"),
    ("replay folder --models a,b --baseline b", 1, "folder is a folder: name a file"),
    ("train empty --models a,b --out x", 1, "no outcomes in empty"),
    ("certify bad.jsonl --models a,b --baseline b --bound 2", 1, "bad.jsonl:2: invalid JSON"),
    ("score --predictor nowhere --cheap a --strong b", 1, "cannot open nowhere: No such file or directory; --predictor names"),
    ("score --predictor text --cheap a --strong b", 1, "text is not a predictor: make one with farthing train"),
    ("verify", 1, "/dev/stdin:1: invalid JSON near byte 0"),
    ("score", 1, "each line holds one JSON object"),
    ("rehearse --recordings folder", 1, "folder is a folder: name a file"),
    ("rehearse --listen 203.0.113.1:4242", 1, "Cannot assign requested address; choose an address of this machine"),
    ("serve --data text --listen 127.0.0.1:0", 1, "cannot create folder text/journal: Not a directory; --data names a folder"),
    ("serve --data /proc/x --listen 127.0.0.1:0", 1, "cannot create folder /proc/x"),
    ("serve --listen 0.0.0.0:0", 3, "--listen or FARTHING_LISTEN: without keys only this machine may call"),
    ("explain hi --config folder", 3, "folder: cannot be read: Is a directory; name a file with --config"),
    ("check --config predictor.yaml", 3, "predictor: cannot open nowhere.bin: No such file or directory"),
    ("check --config no-predictor.yaml", 3, "predictor: text is not a predictor: make one with farthing train"),
    ("check --config no-provider.yaml", 3, "for no provider is configured or found in the environment; add one under"),
    ("check --config tab.yaml", 3, "tab.yaml:2:1: not YAML: found character that cannot start any token; indent with blanks"),
]


class Mistakes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "folder").mkdir()
        for name, text in {
            "text": "hello", "empty": "", "bad.jsonl": GOOD + "{bad\n",
            "predictor.yaml": PROVIDER + "predictor: nowhere.bin\n", "no-predictor.yaml": PROVIDER + "predictor: text\n",
            "no-provider.yaml": "routes: {auto: {candidates: [some-model]}}\n", "tab.yaml": "providers:\n\ta: {}\n",
        }.items():
            (self.folder / name).write_text(text)

    def test_each_is_one_line_with_a_remedy(self):
        for arguments, status, said in MISTAKES:
            with self.subTest(arguments):
                done = run(*arguments.split(), folder=self.folder, input="nonsense\n")
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(said, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_none_leaves_a_file_behind(self):
        before = sorted(os.listdir(self.folder))
        for arguments, _, _ in MISTAKES:
            run(*arguments.split(), folder=self.folder, input="nonsense\n")
        self.assertEqual(sorted(set(os.listdir(self.folder)) - {"farthing-data"}), before)


if __name__ == "__main__":
    unittest.main()
