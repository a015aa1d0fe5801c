"""Exchanges that are older than the operator wants to keep them: gone one by one, and still in every sum."""

import unittest

from gateway import Stand, until
from harness import ledger, report, run
from scripted import Answer, chat

DAY = 86_400_000_000


class Retention(unittest.TestCase):
    def test_old_exchanges_are_removed_and_stay_in_the_sums(self):
        stand = Stand(extra="retain: 3 days\n")
        self.addCleanup(stand.close)
        self.assertIn("retain     3 days, then sums only\n", run("check", "--config", stand.config, env=stand.env).stdout)
        stand.o1.script(Answer(chat()))
        ids = [stand.chat("only-o").id for _ in range(6)]
        # A start later the journal does not tell these exchanges again, as it never does of old ones.
        for _ in range(2):
            self.assertEqual(stand.process.stop(), 0)
            stand.process.__exit__()
            stand.process = stand.serve()
        self.assertEqual(stand.process.stop(), 0)
        for age, id in enumerate(ids):
            ledger(stand.data, "UPDATE exchange SET arrival = arrival - ? WHERE id = ?", age * DAY, id)
        groups = ("total", "route", "model", "task", "key", "day")
        before = {group: report(stand.data, "--by", group) for group in groups}
        stand.process.__exit__()
        stand.process = stand.serve()
        self.assertTrue(until(lambda: "exchanges removed" in stand.process.output()), stand.process.output())
        self.assertEqual(stand.process.stop(), 0)
        self.assertEqual({group: report(stand.data, "--by", group) for group in groups}, before)
        self.assertEqual([id for id, in ledger(stand.data, "SELECT id FROM exchange ORDER BY arrival DESC")], ids[:4])
        for kept in ("attempt", "exchange WHERE features IS NOT NULL"):
            left, = ledger(stand.data, f"SELECT count(*) FROM {kept}")[0]
            self.assertEqual(left, 4)
        told = report(stand.data, "--cascade")
        self.assertEqual((told["exchanges"], told["removed"]), (4, 2))
        gone = run("report", "--data", stand.data, "--exchange", ids[-1])
        self.assertEqual(gone.returncode, 1)
        self.assertIn("older ones were removed, as 'retain' says", gone.stderr)


if __name__ == "__main__":
    unittest.main()
