"""Starts the real binary for the tests of this folder: gateways and rehearsal providers on free ports."""

import contextlib
import json
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Recorded answers that are too large for the repository; tests of them are skipped where they are absent.
SHARED = pathlib.Path(os.environ.get("FARTHING_SHARED", ROOT.parent / "shared"))
BINARY = pathlib.Path(os.environ.get("FARTHING_BINARY", ROOT / ".build" / "debug" / "farthing"))


def environment(**extra):
    """The environment without any provider's key, so that only what a test sets is found."""
    kept = {k: v for k, v in os.environ.items() if not re.search(r"_API_KEY$|_BASE_URL$|^OLLAMA|^FARTHING_", k)}
    return kept | extra


class Process:
    """A running `farthing` command that says on its first screen where it listens."""

    def __init__(self, *arguments, folder=None, env=None):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [str(BINARY), *map(str, arguments)], cwd=folder, env=env or environment(),
            stdout=self.log, stderr=subprocess.STDOUT, text=True)
        try:
            self.url = self._address()
        except AssertionError:
            self.__exit__()
            raise
        self.port = int(self.url.rsplit(":", 1)[1])

    def output(self):
        """The whole lines that it has written."""
        # Read by place: the process shares the file's own, which a read in pieces would lose when it writes in between.
        log = self.log.fileno()
        written = os.pread(log, os.fstat(log).st_size, 0)
        return written[:written.rfind(b"\n") + 1].decode()

    def _address(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            found = re.search(r"listening on (http://\S+:\d+)", self.output())
            if found:
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"it did not start:\n{self.output()}")

    def stop(self):
        """SIGTERM, and the exit status after the drain."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(20)
        self.log.close()

    def rss(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def run(*arguments, folder=None, env=None, input=None):
    return subprocess.run(
        [str(BINARY), *map(str, arguments)], cwd=folder, env=env or environment(), input=input,
        capture_output=True, text=True, timeout=300)


def ledger(data, statement, *values):
    """Runs a statement on the ledger of a gateway that has ended."""
    with contextlib.closing(sqlite3.connect(pathlib.Path(data) / "ledger.sqlite")) as base, base:
        return base.execute(statement, values).fetchall()


def report(data, *arguments):
    """The report of a data folder as JSON, once everything in the journal is in the store or read along with it."""
    done = run("report", "--data", data, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def http(url, body=None, headers=None, method=None):
    """Status, fields and body of one request; an error status is no exception."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={
        "content-type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
