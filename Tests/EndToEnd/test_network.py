"""The gateway's ways to its clients and providers: IPv6, proxies, a provider's machine that takes no connection."""

import hashlib
import http.client
import json
import socket
import tempfile
import threading
import unittest

from gateway import chat_request
from harness import Process, environment, report
from scripted import Answer, Provider, chat, chat_stream


# A caller `team` with the key `sk-team`.
TEAM = f"keys: [{{name: team, sha256: {hashlib.sha256(b'sk-team').hexdigest()}}}]\n"


class Network(unittest.TestCase):
    """A gateway with one model `m-NAME` at each of the given base addresses, and the route `both` of the first two."""

    def serve(self, addresses, listen="127.0.0.1:0", extra="", **env):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = f"{folder.name}/data"
        lines = ["providers:"]
        lines += [f"  {name}: {{format: openai, base_url: '{url}', allow_http: true}}" for name, url in addresses.items()]
        lines += ["models:"]
        lines += [f"  m-{name}: {{provider: {name}, grade: 5, context: 200000, price: {{input: {n}, output: {n}}}}}"
                  for n, name in enumerate(addresses, 1)]
        lines += ["routes:", f"  both: {{candidates: [{', '.join(f'm-{name}' for name in list(addresses)[:2])}]}}"]
        with open(f"{folder.name}/farthing.yaml", "w") as file:
            file.write("\n".join(lines) + "\n" + extra)
        plain = {k: v for k, v in environment().items() if not k.lower().endswith("_proxy")}
        self.process = Process("serve", "--config", file.name, "--listen", listen, "--data", self.data,
                               folder=folder.name, env=plain | env)
        self.addCleanup(self.process.__exit__)

    def provider(self, *answers):
        provider = Provider(answers)
        self.addCleanup(provider.close)
        return provider

    def ask(self, model, host="127.0.0.1", fields=None, **more):
        link = http.client.HTTPConnection(host, self.process.port, timeout=60)
        try:
            link.request("POST", "/v1/chat/completions", json.dumps(chat_request(model, **more)),
                         {"content-type": "application/json"} | (fields or {}))
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            link.close()

    def attempts(self, fields):
        exchange = report(self.data, "--exchange", fields["x-farthing-id"])
        return [(a["model"], a["outcome"], a["status"], a["cost_nano"]) for a in exchange["attempts"]]


class IPv6(Network):
    def test_clients_and_providers_on_the_loopback_address(self):
        upstream = Provider([Answer(chat()), Answer(pieces=chat_stream())])
        self.addCleanup(upstream.close)
        self.serve({"p": f"http://127.0.0.1:{upstream.port}/v1"}, listen="[::1]:0")
        self.assertEqual(self.process.url, f"http://[::1]:{self.process.port}")
        status, fields, body = self.ask("both", "::1")
        self.assertEqual((status, fields["x-farthing-model"]), (200, "m-p"), body)
        status, _, body = self.ask("both", "::1", stream=True)
        self.assertEqual(status, 200)
        self.assertIn(b"data: [DONE]", body)
        with self.assertRaises(ConnectionRefusedError):
            self.ask("both", "127.0.0.1")

    def test_a_provider_by_its_address(self):
        link = socket.create_server(("::1", 0), family=socket.AF_INET6)
        self.addCleanup(link.close)
        heads = []

        def answer_once():
            peer, _ = link.accept()
            with peer:
                got = b""
                while b"Say hello" not in got and (piece := peer.recv(65536)):
                    got += piece
                heads.append(got.split(b"\r\n\r\n")[0].decode())
                body = json.dumps(chat()).encode()
                peer.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))

        threading.Thread(target=answer_once, daemon=True).start()
        authority = f"[::1]:{link.getsockname()[1]}"
        self.serve({"p": f"http://{authority}/v1"})
        status, _, body = self.ask("both")
        self.assertEqual(status, 200, body)
        self.assertIn(f"host: {authority}", heads[0].lower())


    def test_all_addresses_of_both_families_with_a_key(self):
        upstream = self.provider(Answer(chat()))
        self.serve({"p": f"http://127.0.0.1:{upstream.port}/v1"}, listen="[::]:0", extra=TEAM)
        for host in ("::1", "127.0.0.1"):
            self.assertEqual(self.ask("both", host)[0], 401)
            self.assertEqual(self.ask("both", host, fields={"authorization": "Bearer sk-team"})[0], 200)


class ReverseProxy(Network):
    """The gateway behind a proxy on the same machine, as nginx and Caddy pass requests on."""

    def status(self, **fields):
        return self.ask("both", fields={name.replace("_", "-"): value for name, value in fields.items()})[0]

    def serve_behind(self, extra):
        upstream = self.provider(Answer(chat()))
        self.serve({"p": f"http://127.0.0.1:{upstream.port}/v1"}, extra=extra)

    def test_with_a_key_its_name_has_to_be_told(self):
        self.serve_behind(TEAM + "listen: {hosts: [llm.example.com], origins: ['https://app.example.com']}\n")
        key = {"authorization": "Bearer sk-team", "x_forwarded_for": "203.0.113.9"}
        own = f"127.0.0.1:{self.process.port}"
        for host in (own, "llm.example.com", "LLM.example.com:443"):
            self.assertEqual(self.status(host=host, **key), 200)
        self.assertEqual(self.status(host="other.example.com", **key), 403)
        self.assertEqual(self.status(host="llm.example.com", x_forwarded_for="203.0.113.9"), 401)
        for origin, status in (("https://llm.example.com", 200), ("https://app.example.com", 200),
                               ("https://evil.example.com", 403), ("null", 403)):
            self.assertEqual(self.status(host="llm.example.com", origin=origin, **key), status, origin)

    def test_without_a_key_nobody_else_comes_through_it(self):
        self.serve_behind("")
        own = f"127.0.0.1:{self.process.port}"
        self.assertEqual(self.status(host=own), 200)
        self.assertEqual(self.status(host=own, x_forwarded_for="127.0.0.1"), 200)
        self.assertEqual(self.status(host=own, x_forwarded_for="203.0.113.9"), 403)
        self.assertEqual(self.status(host=own, forwarded="for=203.0.113.9"), 403)


class Proxies(Network):
    def test_a_provider_by_name_is_asked_through_the_proxy(self):
        proxy, near = self.provider(Answer(chat())), self.provider(Answer(chat()))
        self.serve({"far": "http://provider.test/v1", "near": f"http://127.1:{near.port}/v1"},
                   http_proxy=f"http://127.0.0.1:{proxy.port}", no_proxy="127.0.0.1")
        status, _, body = self.ask("m-far")
        self.assertEqual(status, 200, body)
        path, fields, _ = proxy.received[0]
        self.assertEqual((path, fields["Host"]), ("http://provider.test/v1/chat/completions", "provider.test"))
        self.assertEqual(self.ask("m-near")[0], 200)
        self.assertEqual((len(proxy.received), near.received[0][0]), (1, "/v1/chat/completions"))

    def test_https_is_tunnelled_and_a_proxy_that_refuses_leads_to_the_next_candidate(self):
        near, heads = self.provider(Answer(chat())), []
        proxy = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(proxy.close)

        def refuse():
            while True:
                try:
                    peer, _ = proxy.accept()
                except OSError:
                    return
                with peer:
                    heads.append(peer.recv(65536).decode())
                    peer.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n")

        threading.Thread(target=refuse, daemon=True).start()
        for variable in ("https_proxy", "HTTPS_PROXY"):
            with self.subTest(variable):
                heads.clear()
                self.serve({"far": "https://provider.test/v1", "near": f"http://127.0.0.1:{near.port}/v1"},
                           **{variable: f"http://127.0.0.1:{proxy.getsockname()[1]}"})
                status, fields, body = self.ask("both")
                self.assertEqual((status, fields["x-farthing-model"]), (200, "m-near"), body)
                self.assertTrue(heads[0].startswith("CONNECT provider.test:443 HTTP/1.1\r\n"), heads)
                self.assertNotIn("Say hello", "".join(heads))
                self.assertEqual({(model, cost > 0) for model, _, _, cost in self.attempts(fields)},
                                 {("m-far", False), ("m-near", True)})
                status, _, body = self.ask("m-far")
                self.assertEqual(status, 502)
                self.assertIn("far could not be reached", json.loads(body)["error"]["message"])


class BlackHole(Network):
    """A listener whose queue is full: the kernel drops whoever else knocks, as a dead machine would."""

    def setUp(self):
        listener = socket.socket()
        self.addCleanup(listener.close)
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        self.port = listener.getsockname()[1]
        for _ in range(4):
            caller = socket.socket()
            self.addCleanup(caller.close)
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", self.port))

    def test_it_is_left_after_the_time_for_a_connection_and_costs_nothing(self):
        near = self.provider(Answer(chat()))
        for host in ("127.0.0.1", "127.1"):
            with self.subTest(host):
                self.serve({"hole": f"http://{host}:{self.port}/v1", "near": f"http://127.0.0.1:{near.port}/v1"},
                           extra="timeouts: {connect: 200ms}\n")
                status, fields, body = self.ask("both")
                self.assertEqual((status, fields["x-farthing-model"]), (200, "m-near"), body)
                *tried, last = self.attempts(fields)
                self.assertEqual({attempt[:1] + attempt[2:] for attempt in tried}, {("m-hole", 504, 0)})
                self.assertEqual(last[:3], ("m-near", "completed", 200))
                status, _, body = self.ask("m-hole")
                self.assertEqual(status, 504)
                self.assertIn("hole took no connection in time", json.loads(body)["error"]["message"])


if __name__ == "__main__":
    unittest.main()
