"""kill -9 under load: every completed exchange is in the ledger once and to the cent, every call cut short is estimated."""

import concurrent.futures
import http.client
import json
import os
import random
import sqlite3
import tempfile
import threading
import time
import unittest

from gateway import nanodollars
from harness import Process, report, run

ROUNDS = int(os.environ.get("FARTHING_CRASH_ROUNDS", "3"))
IN_FLIGHT = 200


class Crash(unittest.TestCase):
    def test_nothing_completed_is_lost(self):
        with tempfile.TemporaryDirectory() as folder, \
                Process("rehearse", "--listen", "127.0.0.1:0", "--latency", "30ms") as provider:
            self.config, self.data = f"{folder}/farthing.yaml", f"{folder}/data"
            printed = run("rehearse", "--listen", f"127.0.0.1:{provider.port}", "--print-config")
            with open(self.config, "w") as file:
                file.write(printed.stdout)
            completed = {}
            for _ in range(ROUNDS):
                with self.serve() as gateway:
                    before = len(completed)
                    self.load(gateway, completed)
                    self.assertGreater(len(completed) - before, 100, gateway.output())
                self.check(self.reported(), completed)
            with self.serve() as gateway:
                self.assertEqual(gateway.stop(), 0, gateway.output())
            self.check(self.stored(), completed)
            total = report(self.data, "--by", "total")["total"]
            self.assertEqual(nanodollars(total["spend"]), sum(cost for cost, _ in self.stored().values()))

    def serve(self):
        return Process("serve", "--config", self.config, "--listen", "127.0.0.1:0", "--data", self.data)

    def check(self, ledger, completed):
        missing = set(completed) - set(ledger)
        self.assertEqual(missing, set(), f"{len(missing)} completed exchanges are missing")
        wrong = {id: (paid, ledger[id][0]) for id, paid in completed.items() if ledger[id][0] != paid}
        self.assertEqual(wrong, {}, "told and booked costs differ")
        cut = [attempts for _, attempts in ledger.values() if any(outcome == "lost" for outcome, *_ in attempts)]
        self.assertGreater(len(cut), 0, "no kill found a call under way")
        for attempts in cut:
            for outcome, estimated, cost in attempts:
                self.assertTrue(estimated and cost > 0, attempts)

    def stored(self):
        """Each exchange of the store with its cost and its attempts as (outcome, estimated, cost)."""
        exchanges = {}
        with sqlite3.connect(f"file:{self.data}/ledger.sqlite?mode=ro", uri=True) as ledger:
            for (id,) in ledger.execute("SELECT id FROM exchange"):
                self.assertNotIn(id, exchanges, "an exchange is there twice")
                exchanges[id] = []
            for id, *attempt in ledger.execute(
                    "SELECT e.id, a.outcome, a.estimated, a.cost FROM attempt a JOIN exchange e ON e.row = a.exchange"):
                exchanges[id].append(attempt)
        return {id: (sum(a[2] for a in attempts), attempts) for id, attempts in exchanges.items()}

    def reported(self):
        """The same after a start that drains what the killed process left."""
        with self.serve() as gateway:
            self.assertEqual(gateway.stop(), 0, gateway.output())
        return self.stored()

    def load(self, gateway, completed):
        """Adds the exchanges whose responses arrived whole before the kill, each with the cost that it told."""
        lock, stop = threading.Lock(), threading.Event()
        start = len(completed)

        def client(number):
            stream = number % 2 == 1
            body = json.dumps({
                "model": "auto", "stream": stream,
                "messages": [{"role": "user", "content": f"What is {number} + 1?"}]})
            link = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=10)
            try:
                while not stop.is_set():
                    link.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
                    answer = link.getresponse()
                    text = answer.read().decode()
                    if answer.status != 200 or (stream and "data: [DONE]" not in text):
                        continue
                    cost = answer.headers["x-farthing-cost"]
                    if stream:
                        cost = json.loads(text.split(": farthing ")[1].split("\n")[0])["cost"]
                    with lock:
                        completed[answer.headers["x-farthing-id"]] = nanodollars(cost)
            except (OSError, http.client.HTTPException):
                pass
            finally:
                link.close()

        with concurrent.futures.ThreadPoolExecutor(IN_FLIGHT) as clients:
            for number in range(IN_FLIGHT):
                clients.submit(client, number)
            deadline = time.monotonic() + 20
            goal = start + random.randrange(300, 900)
            while len(completed) < goal and time.monotonic() < deadline:
                time.sleep(0.002)
            gateway.kill()
            stop.set()


if __name__ == "__main__":
    unittest.main()
