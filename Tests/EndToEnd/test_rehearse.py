"""`farthing rehearse` as a process: its options, first screen, configuration and end."""

import hashlib
import pathlib
import tempfile
import time
import unittest

from harness import Process, http, run


class Rehearse(unittest.TestCase):
    def test_starts_answers_and_drains(self):
        with tempfile.TemporaryDirectory() as folder:
            with Process("rehearse", "--listen", "127.0.0.1:0", "--data", folder, "--latency", "30ms") as provider:
                for word in ("rehearsal-small", "$0.05 in, $0.2 out", "curl " + provider.url):
                    self.assertIn(word, provider.output())
                began = time.monotonic()
                status, _, body = http(provider.url + "/v1/chat/completions", {
                    "model": "rehearsal-small", "messages": [{"role": "user", "content": "What is 17 + 25?"}]})
                self.assertGreaterEqual(time.monotonic() - began, 0.03)
                self.assertEqual(status, 200)
                self.assertIn(b"42", body)
                self.assertEqual(provider.stop(), 0)

    def test_a_gateway_without_providers_keeps_its_other_settings(self):
        digest = hashlib.sha256(b"secret").hexdigest()
        with tempfile.TemporaryDirectory() as folder:
            settings = pathlib.Path(folder, "farthing.yaml")
            settings.write_text(f"keys: [{{name: me, sha256: {digest}}}]\nlimits: {{header: 1s}}\n")
            with Process("serve", "--listen", "127.0.0.1:0", "--data", folder, folder=folder) as gateway:
                self.assertIn("rehearsal", gateway.output())
                self.assertNotIn("Warning", gateway.output())
                body = {"model": "auto", "messages": [{"role": "user", "content": "What is 17 + 25?"}]}
                self.assertEqual(http(gateway.url + "/v1/chat/completions", body)[0], 401)
                status, _, answer = http(
                    gateway.url + "/v1/chat/completions", body, {"authorization": "Bearer secret"})
                self.assertEqual(status, 200)
                self.assertIn(b"42", answer)
            settings.write_text("predictor: none.bin\n")
            refused = run("serve", "--listen", "127.0.0.1:0", "--data", folder, folder=folder)
            self.assertEqual(refused.returncode, 3)
            self.assertIn("predictor: ", refused.stderr)

    def test_prints_a_configuration_that_check_accepts(self):
        printed = run("rehearse", "--listen", "127.0.0.1:4321", "--print-config")
        self.assertEqual(printed.returncode, 0, printed.stderr)
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(printed.stdout)
            file.flush()
            checked = run("check", "--config", file.name)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertIn("http://127.0.0.1:4321/v1", checked.stdout)
        self.assertRegex(checked.stdout, r"route +auto: 4 candidates")

    def test_refuses_options_with_the_remedy(self):
        for options, words in [
                (["--latency", "30"], "30ms"), (["--latency", "1h"], "600"), (["--faults", "slow=5"], "slow[=500ms]"),
                (["--listen", "nowhere"], "127.0.0.1:4242"), (["--prices", "x"], "--recordings")]:
            done = run("rehearse", *options)
            self.assertEqual(done.returncode, 2, options)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    unittest.main()
