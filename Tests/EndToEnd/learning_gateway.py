"""A gateway with a cheap and a dear model of one scripted provider, whose data outlives it."""

import pathlib
import tempfile
import unittest

from harness import Process
from scripted import Provider

MODELS = ("models:\n  cheap: {provider: p, grade: 3, price: {input: 0.1, output: 0.4}}\n"
          "  strong: {provider: p, grade: 3, price: {input: 10, output: 40}}\n")


class LearningGateway(unittest.TestCase):
    # What the route `auto` says beside its candidates.
    ROUTE = ""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.data = self.path / "data"
        self.provider = Provider()
        self.addCleanup(self.provider.close)
        self.config = self.path / "farthing.yaml"
        self.write()

    def write(self, more=""):
        self.config.write_text(f"providers: {{p: {{format: openai, base_url: 'http://127.0.0.1:{self.provider.port}/v1', "
                               f"models: []}}}}\n{MODELS}"
                               f"routes: {{auto: {{candidates: [cheap, strong], {self.ROUTE}}}}}\n{more}")

    def gateway(self):
        return Process("serve", "--config", self.config, "--listen", "127.0.0.1:0", "--data", self.data)
