"""The gateway as a service: who may call, limits, the end of the process, a disk that is full."""

import hashlib
import json
import resource
import signal
import socket
import threading
import time
import unittest

from gateway import Stand, until
from harness import Process, environment, run
from scripted import Answer, chat, chat_stream, message_stream


def keys(**named):
    lines = ["keys:"]
    for name, (key, routes) in named.items():
        lines.append(f"  - name: {name}\n    sha256: {hashlib.sha256(key.encode()).hexdigest()}")
        if routes:
            lines.append(f"    routes: [{', '.join(routes)}]")
    return "\n".join(lines) + "\n"


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand(keys(everything=("key-1", None), little=("key-2", ["only-o"]))
                          + "listen: {address: '127.0.0.1:0', max_body: 4KiB}\n")
        cls.addClassCleanup(cls.stand.close)
        cls.stand.o1.script(Answer(chat()))
        cls.stand.o2.script(Answer(chat()))

    def test_401_without_a_key(self):
        for fields in ({}, {"authorization": "Bearer wrong"}, {"authorization": "key-1"}, {"x-api-key": ""}):
            answer = self.stand.chat("only-o", fields)
            self.assertEqual((answer.status, answer.fields["www-authenticate"]), (401, "Bearer"))
            self.assertEqual(set(answer.json["error"]), {"message", "type", "param", "code"})
            self.assertNotIn("wrong", answer.raw.decode())
            answer = self.stand.message("only-o", fields)
            self.assertEqual((answer.status, answer.json["error"]["type"]), (401, "authentication_error"))
        self.assertEqual(self.stand.request("GET", "/v1/models").status, 401)
        self.assertEqual(self.stand.request("GET", "/metrics").status, 401)
        self.assertEqual(self.stand.request("GET", "/healthz").status, 200)

    def test_200_with_a_key_whose_name_is_in_the_ledger(self):
        for fields in ({"authorization": "Bearer key-1"}, {"x-api-key": "key-1"}, {"authorization": "bearer key-1"}):
            answer = self.stand.chat("only-o", fields)
            self.assertEqual(answer.status, 200, answer.raw)
            self.assertEqual(self.stand.exchange(answer.id)["key"], "everything")

    def test_403_for_a_route_that_is_not_allowed(self):
        fields = {"x-api-key": "key-2"}
        self.assertEqual(self.stand.chat("only-o", fields).status, 200)
        for model, more in (("oo", {}), ("o1", {}), ("only-o", {"x-farthing-route": "off"}), ("auto", {})):
            answer = self.stand.chat(model, fields | more)
            self.assertIn(answer.status, (403, 404), model)
            self.assertEqual(answer.status, 404 if more else 403)
        answer = self.stand.message("oo", fields)
        self.assertEqual((answer.status, answer.json["error"]["type"]), (403, "permission_error"))

    def test_413_for_a_large_body(self):
        for ask in (self.stand.chat, self.stand.message):
            answer = ask("only-o", {"x-api-key": "key-1"}, user="x" * 5000)
            self.assertEqual(answer.status, 413)
            self.assertIn("error", answer.json)
        self.assertEqual(answer.json["error"]["type"], "request_too_large")


class Times(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand("timeouts: {connect: 300ms, first_byte: 400ms, idle: 400ms, total: 1s}\n"
                          "limits: {header: 300ms, body: 300ms}\n")
        cls.addClassCleanup(cls.stand.close)

    def test_a_provider_that_says_nothing_is_left_and_its_cost_estimated(self):
        self.stand.o1.script(Answer(then="hang"))
        self.stand.o2.script(Answer(chat()))
        answer = self.stand.chat("oo")
        self.assertEqual((answer.status, answer.fields["x-farthing-model"]), (200, "o2"))
        self.check(answer, ("cancelled", 504, True), ("completed", 200, False))
        self.assertTrue(self.stand.o1.abandoned.wait(60))
        self.stand.o2.script(Answer(pieces=[], then="hang"))
        for ask in (self.stand.chat, self.stand.message):
            answer = ask("only-o", stream=True)
            self.assertEqual(answer.status, 504)
            self.check(answer, ("cancelled", 504, True))

    def check(self, answer, *attempts):
        found = self.stand.exchange(answer.id)["attempts"]
        self.assertEqual([(a["outcome"], a["status"], a["usage"]["estimated"]) for a in found], list(attempts))
        for attempt in found:
            self.assertGreater(attempt["cost_nano"], 0)

    def test_a_stream_that_stops_ends_in_an_error(self):
        self.stand.o1.script(Answer(pieces=chat_stream()[:3], then="hang"))
        answer = self.stand.chat("only-o", stream=True)
        self.assertIn("did not answer in time", answer.events[-1])
        self.check(answer, ("failed", 200, True))
        self.assertEqual(self.stand.exchange(answer.id)["status"], 502)

    def test_the_total_is_for_all_attempts_together(self):
        pieces = chat_stream(("x",) * 40, usage=None)
        unsent = list(pieces)

        def trickle():
            while unsent:
                time.sleep(0.1)
                yield unsent.pop(0)
        self.stand.o1.script(Answer(pieces=trickle()))
        answer = self.stand.chat("only-o", stream=True)
        self.assertIn("did not answer in time", answer.events[-1])
        self.assertGreater(len(unsent), 0)
        for name in ("o1", "o2"):
            self.stand.providers[name].script(Answer({"error": {"message": "x"}}, 503, {"retry-after-ms": "600"}))
        self.assertEqual(self.stand.chat("oo").status, 503)
        self.assertLess(sum(len(self.stand.providers[name].received) for name in ("o1", "o2")), 4)

    def test_an_answer_cut_in_its_body_may_have_cost(self):
        self.stand.o1.script(Answer(json.dumps(chat()).encode()[:50], fields={"content-length": "4000"}))
        self.stand.o2.script(Answer(chat()))
        answer = self.stand.chat("oo")
        self.assertEqual(answer.fields["x-farthing-model"], "o2")
        first = self.stand.exchange(answer.id)["attempts"][0]
        self.assertEqual((first["outcome"], first["usage"]["estimated"]), ("failed", True))

    def test_a_client_that_dawdles_is_told(self):
        for sent in (b"POST /v1/messages HTTP/1.1\r\nhost: lo", b"POST /v1/messages HTTP/1.1\r\nhost: localhost\r\n"
                     b"content-length: 10\r\n\r\n{"):
            with socket.create_connection(("127.0.0.1", self.stand.process.port), 5) as link:
                link.sendall(sent)
                self.assertIn(b" 408 ", link.recv(4096).split(b"\r\n")[0])


class Ends(unittest.TestCase):
    def setUp(self):
        self.stand = Stand()
        self.addCleanup(self.stand.close)

    def test_sigterm_finishes_a_stream_in_flight(self):
        gate = threading.Event()
        self.stand.o1.script(Answer(pieces=chat_stream(), gate=gate))
        link = self.stand.open("only-o", stream=True)
        self.addCleanup(link.close)
        got = link.recv(65536)
        self.assertIn(b"200 OK", got)
        process = self.stand.process.process
        process.send_signal(signal.SIGTERM)
        self.assertTrue(until(self.refuses), "it still takes new connections")
        self.assertIsNone(process.poll())
        gate.set()
        while piece := link.recv(65536):
            got += piece
        self.assertIn(b"data: [DONE]", got)
        self.assertTrue(got.endswith(b"0\r\n\r\n"))
        self.assertEqual(process.wait(20), 0, self.stand.process.output())
        self.assertEqual(self.stand.rows("SELECT status FROM exchange"), [{"status": 200}])

    def test_while_it_drains_it_is_not_ready(self):
        self.stand.o1.script(Answer(pieces=chat_stream()[:3], then="hang"))
        stream = self.stand.open("only-o", stream=True)
        link = socket.create_connection(("127.0.0.1", self.stand.process.port), 5)
        link.sendall(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\n")
        stream.recv(65536)
        self.stand.process.process.send_signal(signal.SIGTERM)
        self.assertTrue(until(self.refuses))
        link.sendall(b"\r\n")
        self.assertIn(b" 503 ", link.recv(4096).split(b"\r\n")[0])
        link.close()
        stream.close()
        self.assertEqual(self.stand.process.process.wait(20), 0)

    def refuses(self):
        try:
            socket.create_connection(("127.0.0.1", self.stand.process.port), 1).close()
        except ConnectionRefusedError:
            return True
        except OSError:
            pass
        return False

    def test_sigint_ends_it_at_once_when_nothing_is_in_flight(self):
        idle = socket.create_connection(("127.0.0.1", self.stand.process.port))
        self.addCleanup(idle.close)
        self.stand.process.process.send_signal(signal.SIGINT)
        self.assertEqual(self.stand.process.process.wait(20), 0)

    def test_a_second_gateway_on_the_same_data_is_refused_in_a_line(self):
        done = run("serve", "--config", self.stand.config, "--listen", "127.0.0.1:0", "--data", self.stand.data,
                   env=environment(**{f"KEY_{n}": "x" for n in ("o1", "o2", "a1", "a2", "dead")}))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertIn(self.stand.data, done.stderr)
        self.assertIn(str(self.stand.process.process.pid), done.stderr)

    def test_a_taken_port_is_told_in_a_line(self):
        done = run("serve", "--config", self.stand.config, "--listen", f"127.0.0.1:{self.stand.process.port}",
                   "--data", self.stand.data + "2",
                   env=environment(**{f"KEY_{n}": "x" for n in ("o1", "o2", "a1", "a2", "dead")}))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertIn(str(self.stand.process.port), done.stderr)


class CommandLine(unittest.TestCase):
    def test_completions_for_the_shells_and_no_other(self):
        for shell in ("bash", "zsh", "fish"):
            done = run("completions", shell)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("fault-percent", done.stdout)
        done = run("completions", "csh")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("bash, zsh and fish", done.stderr)


class FullDisk(unittest.TestCase):
    """A file size limit of zero stands for a disk that is full: every write to a file fails."""

    def setUp(self):
        self.stand = Stand()
        self.addCleanup(self.stand.close)
        self.stand.o1.script(Answer(chat()))

    def limit(self, isFull):
        hard = resource.RLIM_INFINITY
        resource.prlimit(self.stand.process.process.pid, resource.RLIMIT_FSIZE, (0 if isFull else hard, hard))

    def test_what_cannot_be_noted_is_refused_before_it_costs(self):
        first = self.stand.chat("only-o")
        self.assertEqual(first.status, 200)
        self.assertEqual(self.stand.request("GET", "/readyz").status, 200)
        self.limit(True)
        for stream in (False, True):
            answer = self.stand.chat("oo", stream=stream)
            self.assertEqual(answer.status, 503)
            self.assertIn("journal", answer.json["error"]["message"])
            answer = self.stand.message("oo", stream=stream)
            self.assertEqual((answer.status, answer.json["error"]["type"]), (503, "overloaded_error"))
        self.assertEqual(len(self.stand.o1.received), 1)
        self.assertEqual(self.stand.o2.received, [])
        self.assertEqual(self.stand.request("GET", "/readyz").status, 503)
        self.assertEqual(self.stand.request("GET", "/healthz").status, 200)
        self.limit(False)
        self.assertTrue(until(lambda: self.stand.request("GET", "/readyz").status == 200))
        last = self.stand.chat("only-o")
        self.assertEqual(last.status, 200)
        ids = [first.id, last.id]
        self.assertTrue(until(lambda: [
            r["id"] for r in self.stand.rows("SELECT id FROM exchange WHERE status = 200 ORDER BY row")] == ids))

    def test_a_stream_under_way_does_not_end_as_if_it_were_accounted(self):
        for name, pieces, path in (("o1", chat_stream(), "/v1/chat/completions"), ("a1", message_stream(), "/v1/messages")):
            gate = threading.Event()
            self.stand.providers[name].script(Answer(pieces=pieces, gate=gate))
            link = self.stand.open(f"only-{name[0]}", path, stream=True)
            got = link.recv(65536)
            self.limit(True)
            gate.set()
            while b"0\r\n\r\n" not in got and (piece := link.recv(65536)):
                got += piece
            link.close()
            self.limit(False)
            self.assertIn(b"journal", got)
            self.assertNotIn(b"[DONE]", got)
            self.assertNotIn(b"message_stop", got)
            self.assertTrue(until(lambda: self.stand.request("GET", "/readyz").status == 200))
        self.stand.process.kill()
        with self.stand.serve() as again:
            self.assertTrue(until(lambda: len(self.stand.rows("SELECT 1 FROM attempt WHERE outcome = 'lost'")) == 2))
            self.assertEqual(again.stop(), 0)


if __name__ == "__main__":
    unittest.main()
