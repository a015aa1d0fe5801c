"""SIGHUP: the gateway reads its configuration again, drops no request, and refuses what has mistakes."""

import hashlib
import os
import pty
import re
import signal
import subprocess
import tempfile
import threading
import unittest

from gateway import Stand, cost, nanodollars, until
from harness import BINARY, Process, environment, http
from scripted import CHAT_USAGE, Answer, chat, chat_stream


class Reload(unittest.TestCase):
    def setUp(self):
        self.stand = Stand()
        self.addCleanup(self.stand.close)
        for name in ("o1", "o2"):
            self.stand.providers[name].script(Answer(chat()))
        with open(self.stand.config) as file:
            self.before = file.read()

    def reload(self, text):
        """Writes the file, sends the signal, and returns what the gateway logs of it."""
        with open(self.stand.config, "w") as file:
            file.write(text)
        return self.read_again()

    def read_again(self):
        """Sends the signal, and returns what the gateway logs of it, up to the line that says what came of it."""
        length = len(self.stand.process.output())
        self.stand.process.process.send_signal(signal.SIGHUP)
        return until(lambda: re.search(r'(?s).*event="configuration (reloaded|kept)[^\n]*\n',
                                       self.stand.process.output()[length:]))[0]

    def test_new_requests_follow_the_new_file_and_those_in_flight_the_old_one(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=chat_stream(), gate=gate))
        link = self.stand.open("only-o", stream=True)
        self.addCleanup(link.close)
        got = link.recv(65536)
        self.assertEqual(self.stand.chat("fresh").status, 404)
        log = self.reload(self.before.replace("  only-o: {candidates: [o1]}", "  fresh: {candidates: [o2]}")
                          .replace("input: 0.1503", "input: 7"))
        self.assertNotIn("level=error", log)
        answer = self.stand.chat("fresh")
        self.assertEqual((answer.status, answer.fields["x-farthing-model"]), (200, "o2"))
        self.assertEqual(self.stand.chat("only-o").status, 404)
        listed = {model["id"] for model in self.stand.request("GET", "/v1/models").json["data"]}
        self.assertEqual(listed & {"fresh", "only-o"}, {"fresh"})
        gate.set()
        while piece := link.recv(65536):
            got += piece
            if got.endswith(b"0\r\n\r\n"):
                break
        self.assertIn(b"data: [DONE]", got)
        [exchange] = until(lambda: self.stand.rows(
            "SELECT id FROM exchange WHERE requested = 'only-o' AND status = 200"))
        usage = {"input": CHAT_USAGE["prompt_tokens"], "output": CHAT_USAGE["completion_tokens"]}
        [attempt] = self.stand.exchange(exchange["id"])["attempts"]
        self.assertEqual(attempt["cost_nano"], cost("o1", **usage))
        self.stand.o1.script(Answer(chat()))
        answer = self.stand.chat("o1", {"x-farthing-route": "off"})
        self.assertEqual(nanodollars(answer.fields["x-farthing-cost"]),
                         cost("o1", **usage) + round((7 - 0.1503) * 1000 * usage["input"]))

    def test_a_file_with_mistakes_is_refused_with_line_and_setting_and_the_old_one_stays(self):
        line = self.before.count("\n") + 1
        for text, mistake in ((self.before + "  broken: {candidates: [o1, nobody]}\n", f":{line}:"),
                              (self.before + "lisen: x\n", "lisen"), ("providers: [", "farthing.yaml:2:1")):
            log = self.reload(text)
            self.assertIn("level=error", log)
            self.assertIn(mistake, log)
            self.assertIn(f"{self.stand.config}:", log)
            self.assertEqual(self.stand.chat("only-o").status, 200)
        os.remove(self.stand.config)
        self.assertIn("there is no such file", self.read_again())
        self.assertEqual(self.stand.chat("only-o").status, 200)
        self.assertIn("configuration reloaded", self.reload(self.before))

    def test_keys_count_at_once(self):
        key = f"keys: [{{name: k, sha256: {hashlib.sha256(b'key-1').hexdigest()}}}]\n"
        self.reload(self.before + key)
        self.assertEqual(self.stand.chat("only-o").status, 401)
        self.assertEqual(self.stand.chat("only-o", {"x-api-key": "key-1"}).status, 200)
        self.reload(self.before)
        self.assertEqual(self.stand.chat("only-o").status, 200)

    def test_what_needs_a_restart_is_told_and_left(self):
        log = self.reload(self.before + "listen: {address: '127.0.0.1:1', max_body: 2KiB}\ntimeouts: {total: 3s}\n"
                          "grace: 1s\nlog: debug\n")
        told = {word for word in log.split() if word.startswith("setting=")}
        # The address of the command line wins over the file's.
        self.assertEqual(told, {f"setting={name}" for name in ("listen.max_body", "timeouts", "grace", "log")})
        self.assertEqual(self.stand.chat("only-o", user="x" * 3000).status, 200)

    def test_no_request_fails_while_it_reloads(self):
        failed, stop = [], threading.Event()

        def ask():
            while not stop.is_set():
                answer = self.stand.chat("only-o")
                if answer.status != 200:
                    failed.append(answer.raw)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(10):
            self.reload(self.before)
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])


class Start(unittest.TestCase):
    def test_the_address_of_a_file_needs_a_restart(self):
        with tempfile.TemporaryDirectory() as folder:
            config = f"{folder}/farthing.yaml"
            text = "providers: {p: {format: openai, base_url: 'http://127.0.0.1:1/v1'}}\n"
            with open(config, "w") as file:
                file.write(text + "listen: '127.0.0.1:0'\n")
            with Process("serve", "--config", config, "--data", f"{folder}/data", folder=folder) as process:
                with open(config, "w") as file:
                    file.write(text + "listen: '127.0.0.1:4'\n")
                process.process.send_signal(signal.SIGHUP)
                self.assertTrue(until(lambda: "configuration reloaded" in process.output()))
                self.assertIn('event="setting needs a restart" setting=listen.address', process.output())
                self.assertEqual(http(f"{process.url}/healthz")[0], 200)

    def test_rehearsal_models_stay_until_the_file_has_providers(self):
        with (tempfile.TemporaryDirectory() as folder,
              Process("serve", "--listen", "127.0.0.1:0", folder=folder) as process):
            ask = {"model": "auto", "messages": [{"role": "user", "content": "What is 17 + 25?"}]}
            process.process.send_signal(signal.SIGHUP)
            self.assertTrue(until(lambda: "configuration reloaded" in process.output()))
            self.assertEqual(http(f"{process.url}/v1/chat/completions", ask)[0], 200)
            with open(f"{folder}/farthing.yaml", "w") as file:
                file.write("providers: {p: {format: openai, base_url: 'http://127.0.0.1:1/v1'}}\n")
            process.process.send_signal(signal.SIGHUP)
            self.assertTrue(until(lambda: process.output().count("configuration reloaded") == 2))
            self.assertNotEqual(http(f"{process.url}/v1/chat/completions", ask)[0], 200)
            os.remove(f"{folder}/farthing.yaml")
            process.process.send_signal(signal.SIGHUP)
            self.assertTrue(until(lambda: process.output().count("configuration reloaded") == 3))
            self.assertEqual(http(f"{process.url}/v1/chat/completions", ask)[0], 200)

    def test_it_ends_with_its_terminal_unless_told_to_stay(self):
        for stays in (False, True):
            with self.subTest(stays), tempfile.TemporaryDirectory() as folder:
                ours, theirs = pty.openpty()

                def take_terminal():
                    os.close(os.open(os.ttyname(0), os.O_RDWR))
                    # Ignored as nohup(1) does it, and not because these tests were run under it.
                    signal.signal(signal.SIGHUP, signal.SIG_IGN if stays else signal.SIG_DFL)

                with tempfile.TemporaryFile("a+") as log:
                    def output():
                        log.seek(0)
                        return log.read()

                    process = subprocess.Popen(
                        [str(BINARY), "serve", "--listen", "127.0.0.1:0"], cwd=folder, env=environment(), stdin=theirs,
                        stdout=log, stderr=subprocess.STDOUT, text=True, start_new_session=True,
                        preexec_fn=take_terminal)
                    os.close(theirs)
                    try:
                        self.assertTrue(until(lambda: "listening on" in output(), 30), output())
                        os.close(ours)
                        if stays:
                            def reloads():
                                # The kernel's own signal may still be on its way, and two of a kind that wait are one.
                                process.send_signal(signal.SIGHUP)
                                return until(lambda: "configuration reloaded" in output(), 0.5)

                            self.assertTrue(until(reloads), output())
                            self.assertNotIn("shutting down", output())
                            url = re.search(r"listening on (\S+)", output())[1]
                            self.assertEqual(http(f"{url}/healthz")[0], 200)
                            process.terminate()
                        self.assertEqual(process.wait(20), 0)
                    finally:
                        process.kill()
                        process.wait(20)


if __name__ == "__main__":
    unittest.main()
