"""A gateway in front of scripted providers, and a client that sees every byte."""

import http.client
import json
import os
import socket
import tempfile
import time
import unittest
from decimal import Decimal, ROUND_HALF_UP

from harness import Process, environment, run
from scripted import Answer, Provider, chat, message

# Dollars for a million tokens: each odd enough that no other sum gives the same.
PRICES = {
    "o1": {"input": "0.1503", "output": "0.6007", "cache_read": "0.0751", "cache_write": "0.1877", "reasoning": "0.7013"},
    "o2": {"input": "2.5", "output": "10"},
    "a1": {"input": "0.8003", "output": "4.0001", "cache_read": "0.0807", "cache_write": "1.0009"},
    "a2": {"input": "3", "output": "15"},
    "dead": {"input": "0.01", "output": "0.01"},
}
CAPABILITIES = "tools, json, json_schema, vision"
# What each can do beyond that.
MORE_CAPABILITIES = {"o1": ", audio, documents", "a1": ", documents"}
SECRETS = {name: f"sk-secret-of-{name}-0123456789" for name in PRICES}
ROUTES = {
    "oo": "{candidates: [o1, o2]}", "aa": "{candidates: [a1, a2]}", "oa": "{candidates: [o1, a1]}",
    "only-o": "{candidates: [o1]}", "only-a": "{candidates: [a1]}", "refused": "{candidates: [dead, o2]}",
    "quiet": "{candidates: [o1], annotate: false}", "rewriting": "{candidates: [o1, o2], rewrites: [gpt-unheard-of]}",
    "rated": "{candidates: [o1, a1, o2], baseline: o2}", "quiet-a": "{candidates: [a1], annotate: false}",
}


def until(condition, seconds=60):
    """Waits for a condition and returns what it gave; false when the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    return condition()


def cost(model, **tokens):
    """Nanodollars of tokens by class: exact, rounded half-up once."""
    price = PRICES[model]
    exact = sum(Decimal(price.get(kind, price["output" if kind == "reasoning" else "input"])) * count * 1000
                for kind, count in tokens.items())
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def nanodollars(text):
    return int(Decimal(text) * 10**9)


class Response:
    def __init__(self, answer):
        self.status, self.fields, self.raw = answer.status, answer.headers, answer.read()

    @property
    def json(self):
        return json.loads(self.raw)

    @property
    def id(self):
        return self.fields["x-request-id"] or self.fields["request-id"]

    @property
    def events(self):
        return self.raw.decode().strip().split("\n\n")

    @property
    def note(self):
        """What the stream says of its cost."""
        lines = [e.removeprefix(": farthing ") for e in self.events if e.startswith(": farthing ")]
        return json.loads(lines[0])


class Stand:
    """Two providers of each format, one that nobody serves, and the gateway in front."""

    def __init__(self, extra="", gateway=True, providers_more=None, grades=None):
        self.providers_more, self.grades = providers_more or {}, grades or {}
        self.folder = tempfile.TemporaryDirectory()
        self.providers = {name: Provider() for name in PRICES if name != "dead"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.dead = free.getsockname()[1]
        self.config = f"{self.folder.name}/farthing.yaml"
        self.data = f"{self.folder.name}/data"
        with open(self.config, "w") as file:
            file.write(self.yaml() + extra)
        self.process = self.serve() if gateway else None

    def yaml(self):
        lines = ["providers:"]
        for name in PRICES:
            port = self.providers[name].port if name in self.providers else self.dead
            kind, path = ("anthropic", "") if name.startswith("a") else ("openai", "/v1")
            more = self.providers_more.get(name, "")
            lines.append(f"  at-{name}: {{format: {kind}, base_url: 'http://127.0.0.1:{port}{path}', "
                         f"key_env: KEY_{name}{more}}}")
        lines.append("models:")
        for name, price in PRICES.items():
            prices = ", ".join(f"{kind}: {value}" for kind, value in price.items())
            lines.append(f"  {name}: {{provider: at-{name}, grade: {self.grades.get(name, 5)}, context: 200000, price: {{{prices}}}, "
                         f"upstream: served-{name}, capabilities: [{CAPABILITIES}{MORE_CAPABILITIES.get(name, '')}]}}")
        lines.append("routes:")
        lines += [f"  {name}: {text}" for name, text in ROUTES.items()]
        return "\n".join(lines) + "\n"

    @property
    def env(self):
        return environment(**{f"KEY_{name}": secret for name, secret in SECRETS.items()})

    def serve(self, **more):
        return Process("serve", "--config", self.config, "--listen", "127.0.0.1:0", "--data", self.data,
                       folder=self.folder.name, env=self.env, **more)

    def __getattr__(self, name):
        return self.providers[name]

    def request(self, method, path, body=None, fields=None, process=None):
        link = http.client.HTTPConnection("127.0.0.1", (process or self.process).port, timeout=60)
        try:
            raw = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
            link.request(method, path, raw, {"content-type": "application/json"} | (fields or {}))
            return Response(link.getresponse())
        finally:
            link.close()

    def chat(self, model, fields=None, **more):
        return self.request("POST", "/v1/chat/completions", chat_request(model, **more), fields)

    def message(self, model, fields=None, **more):
        fields = {"anthropic-version": "2023-06-01"} | (fields or {})
        return self.request("POST", "/v1/messages", message_request(model, **more), fields)

    def open(self, model, path="/v1/chat/completions", process=None, receive=None, **more):
        """A raw socket on which a request was sent."""
        make = chat_request if path.endswith("completions") else message_request
        body = json.dumps(make(model, **more)).encode()
        link = socket.socket()
        if receive:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        link.settimeout(60)
        link.connect(("127.0.0.1", (process or self.process).port))
        link.sendall(b"POST %s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                     b"content-length: %d\r\n\r\n%s" % (path.encode(), len(body), body))
        return link

    def exchange(self, id):
        """The exchange as the ledger has it."""
        done = run("report", "--data", self.data, "--exchange", id, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def latest(self, status, model):
        """The exchange of that status and requested model, once it is in the store."""
        return until(lambda: self.rows(
            "SELECT id FROM exchange WHERE status = ? AND requested = ? ORDER BY row DESC LIMIT 1", status, model))

    def rows(self, query, *values):
        import sqlite3
        with sqlite3.connect(f"file:{self.data}/ledger.sqlite?mode=ro", uri=True) as ledger:
            ledger.row_factory = sqlite3.Row
            return [dict(row) for row in ledger.execute(query, values)]

    def close(self):
        if self.process:
            self.process.__exit__()
        for provider in self.providers.values():
            provider.close()
        self.folder.cleanup()


# A grade that every class of tasks may have, so that the cheapest model is asked first.
LOWEST = "grades: {" + ", ".join(f"{name}: 1" for name in (
    "conversation classification extraction rewriting translation summarisation factual support creative code maths "
    "agentic reasoning unknown").split()) + "}"


def chat_request(model, **more):
    return {"model": model, "messages": [{"role": "user", "content": "Say hello there to the world."}]} | more


def message_request(model, **more):
    return chat_request(model, max_tokens=100) | more


class GatewayTest(unittest.TestCase):
    """One stand for the tests of a class; each test scripts the providers anew."""

    @classmethod
    def setUpClass(cls):
        cls.stand = Stand()
        cls.addClassCleanup(cls.stand.close)

    def setUp(self):
        stand = self.stand
        for name in ("o1", "o2"):
            stand.providers[name].script(Answer(chat()))
        for name in ("a1", "a2"):
            stand.providers[name].script(Answer(message()))

    def assertChatError(self, answer, status, kind=None):
        self.assertEqual(answer.status, status, answer.raw)
        self.assertEqual(set(answer.json["error"]), {"message", "type", "param", "code"})
        if kind:
            self.assertEqual(answer.json["error"]["type"], kind)
        self.assertTrue(answer.fields["x-request-id"])
        self.assertNoSecret(answer)

    def assertMessageError(self, answer, status, kind=None):
        self.assertEqual(answer.status, status, answer.raw)
        self.assertEqual(answer.json["type"], "error")
        self.assertEqual(answer.json["request_id"], answer.fields["request-id"])
        if kind:
            self.assertEqual(answer.json["error"]["type"], kind)
        self.assertNoSecret(answer)

    def assertNoSecret(self, answer):
        for secret in SECRETS.values():
            self.assertNotIn(secret[:12], answer.raw.decode() + str(answer.fields))

    def assertAttempts(self, answer, *outcomes):
        """The exchange's attempts as (model, outcome, status)."""
        exchange = self.stand.exchange(answer.id)
        self.assertEqual(exchange["status"], answer.status)
        found = [(a["model"], a["outcome"], a["status"]) for a in exchange["attempts"]]
        self.assertEqual(found, list(outcomes))
        return exchange
