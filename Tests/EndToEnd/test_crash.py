"""kill -9 under load: every completed exchange is in the ledger once, every call cut in the middle is estimated."""

import concurrent.futures
import http.client
import json
import os
import tempfile
import threading
import time
import unittest

from harness import Process, report, run

ROUNDS = int(os.environ.get("FARTHING_CRASH_ROUNDS", "5"))
IN_FLIGHT = 200


class Crash(unittest.TestCase):
    def test_nothing_completed_is_lost(self):
        with tempfile.TemporaryDirectory() as folder, \
                Process("rehearse", "--listen", "127.0.0.1:0", "--latency", "30ms") as provider:
            config = f"{folder}/farthing.yaml"
            printed = run("rehearse", "--listen", f"127.0.0.1:{provider.port}", "--print-config")
            with open(config, "w") as file:
                file.write(printed.stdout)
            data, completed = f"{folder}/data", set()
            for round in range(ROUNDS):
                with Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", data) as gateway:
                    completed |= self.load(gateway)
            with Process("serve", "--config", config, "--listen", "127.0.0.1:0", "--data", data) as gateway:
                gateway.stop()
            exchanges = report(data, "--by", "exchange")["rows"]
            ids = [row["id"] for row in exchanges]
            self.assertEqual(len(ids), len(set(ids)), "an exchange is there twice")
            self.assertEqual(completed - set(ids), set(), "a completed exchange is missing")
            self.assertGreater(len(completed), 100)
            for row in exchanges:
                if row["id"] not in completed and row["status"] != 200:
                    self.assertTrue(all(a["estimated"] for a in row["attempts"]), row)

    def load(self, gateway):
        """Ids of the exchanges whose responses arrived whole before the kill."""
        done, lock = set(), threading.Lock()
        stop = threading.Event()

        def client(number):
            body = json.dumps({
                "model": "auto", "stream": number % 2 == 1,
                "messages": [{"role": "user", "content": f"What is {number} + 1?"}]})
            while not stop.is_set():
                try:
                    link = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=10)
                    link.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
                    answer = link.getresponse()
                    answer.read()
                    if answer.status == 200:
                        with lock:
                            done.add(answer.headers["x-farthing-id"])
                    link.close()
                except (OSError, http.client.HTTPException):
                    return

        with concurrent.futures.ThreadPoolExecutor(IN_FLIGHT) as clients:
            for number in range(IN_FLIGHT):
                clients.submit(client, number)
            deadline = time.monotonic() + 20
            while len(done) < 300 and time.monotonic() < deadline:
                time.sleep(0.01)
            gateway.kill()
            stop.set()
        return done


if __name__ == "__main__":
    unittest.main()
