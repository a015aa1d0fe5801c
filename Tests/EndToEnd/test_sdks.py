"""The official SDKs against a gateway without any key: rehearsal providers answer."""

import asyncio
import json
import tempfile
import unittest

import anthropic
import openai
from pydantic import BaseModel

from harness import Process, http

WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string", "description": "The city"}},
    "required": ["city"],
}


class SDKs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.gateway = Process("serve", "--listen", "127.0.0.1:0", "--data", cls.folder.name, folder=cls.folder.name)
        cls.openai = openai.OpenAI(base_url=cls.gateway.url + "/v1", api_key="unused", max_retries=0)
        cls.anthropic = anthropic.Anthropic(base_url=cls.gateway.url, api_key="unused", max_retries=0)

    @classmethod
    def tearDownClass(cls):
        status = cls.gateway.stop()
        cls.gateway.__exit__()
        cls.folder.cleanup()
        assert status == 0, f"the drain ended with {status}"

    def test_openai_whole(self):
        raw = self.openai.chat.completions.with_raw_response.create(
            model="auto", messages=[{"role": "user", "content": "What is 17 + 25?"}])
        answer = raw.parse()
        self.assertIn("42", answer.choices[0].message.content)
        self.assertGreater(answer.usage.prompt_tokens, 0)
        for name in ("model", "provider", "task", "cost", "saving", "overhead-us", "decision"):
            self.assertIn("x-farthing-" + name, raw.headers)
        self.assertTrue(answer._request_id)

    def test_openai_streamed(self):
        stream = self.openai.chat.completions.create(
            model="auto", stream=True, stream_options={"include_usage": True},
            messages=[{"role": "user", "content": "What is 6 * 7?"}])
        chunks = list(stream)
        text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
        self.assertIn("42", text)
        self.assertGreater(chunks[-1].usage.completion_tokens, 0)

    def test_openai_stream_without_usage_has_none(self):
        stream = self.openai.chat.completions.create(
            model="auto", stream=True, messages=[{"role": "user", "content": "What is 6 * 7?"}])
        self.assertTrue(all(c.choices for c in stream))

    def test_openai_async(self):
        async def both():
            async with openai.AsyncOpenAI(base_url=self.gateway.url + "/v1", api_key="unused") as client:
                ask = [{"role": "user", "content": "What is 40 + 2?"}]
                whole = await client.chat.completions.create(model="auto", messages=ask)
                stream = await client.chat.completions.create(model="auto", messages=ask, stream=True)
                text = "".join([c.choices[0].delta.content or "" async for c in stream])
                return whole.choices[0].message.content, text
        for text in asyncio.run(both()):
            self.assertIn("42", text)

    def test_openai_tools(self):
        tools = [{"type": "function", "function": {
            "name": "get_weather", "description": "The current weather in a city", "parameters": WEATHER}}]
        ask = [{"role": "user", "content": "What is the weather in Paris?"}]
        for stream in (False, True):
            if stream:
                name, arguments = "", ""
                for chunk in self.openai.chat.completions.create(model="auto", messages=ask, tools=tools, stream=True):
                    for call in (chunk.choices[0].delta.tool_calls or []) if chunk.choices else []:
                        name += call.function.name or ""
                        arguments += call.function.arguments or ""
            else:
                call = self.openai.chat.completions.create(
                    model="auto", messages=ask, tools=tools).choices[0].message.tool_calls[0]
                name, arguments = call.function.name, call.function.arguments
            self.assertEqual(name, "get_weather")
            self.assertEqual(json.loads(arguments)["city"], "Paris")

    def test_openai_structured_output(self):
        class Contact(BaseModel):
            name: str
            email: str
        answer = self.openai.chat.completions.parse(
            model="auto", response_format=Contact,
            messages=[{"role": "user", "content": "Extract the contact: Ada Lovelace, ada@example.org"}])
        self.assertEqual(answer.choices[0].message.parsed.email, "ada@example.org")

    def test_openai_errors(self):
        with self.assertRaises(openai.NotFoundError) as caught:
            self.openai.chat.completions.create(model="no-such-model", messages=[{"role": "user", "content": "x"}])
        self.assertIn("no-such-model", str(caught.exception))
        with self.assertRaises(openai.BadRequestError):
            self.openai.chat.completions.create(model="auto", messages="not a list")

    def test_openai_models(self):
        self.assertIn("auto", [m.id for m in self.openai.models.list()])
        self.assertEqual(self.openai.models.retrieve("auto").id, "auto")

    def test_anthropic_whole(self):
        answer = self.anthropic.messages.create(
            model="auto", max_tokens=200, messages=[{"role": "user", "content": "What is 17 + 25?"}])
        self.assertIn("42", answer.content[0].text)
        self.assertGreater(answer.usage.input_tokens, 0)
        self.assertTrue(answer._request_id)

    def test_anthropic_streamed(self):
        with self.anthropic.messages.stream(
                model="auto", max_tokens=200, messages=[{"role": "user", "content": "What is 6 * 7?"}]) as stream:
            self.assertIn("42", "".join(stream.text_stream))
            self.assertGreater(stream.get_final_message().usage.output_tokens, 0)

    def test_anthropic_async(self):
        async def ask():
            async with anthropic.AsyncAnthropic(base_url=self.gateway.url, api_key="unused") as client:
                answer = await client.messages.create(
                    model="auto", max_tokens=200, messages=[{"role": "user", "content": "What is 40 + 2?"}])
                return answer.content[0].text
        self.assertIn("42", asyncio.run(ask()))

    def test_anthropic_tools(self):
        answer = self.anthropic.messages.create(
            model="auto", max_tokens=200, messages=[{"role": "user", "content": "What is the weather in Paris?"}],
            tools=[{"name": "get_weather", "description": "The current weather in a city", "input_schema": WEATHER}])
        call = next(part for part in answer.content if part.type == "tool_use")
        self.assertEqual((call.name, call.input), ("get_weather", {"city": "Paris"}))
        self.assertEqual(answer.stop_reason, "tool_use")

    def test_anthropic_errors(self):
        with self.assertRaises(anthropic.NotFoundError):
            self.anthropic.messages.create(
                model="no-such-model", max_tokens=5, messages=[{"role": "user", "content": "x"}])

    def test_stream_ends_with_its_cost(self):
        _, _, body = http(self.gateway.url + "/v1/chat/completions", {
            "model": "auto", "stream": True, "messages": [{"role": "user", "content": "What is 1 + 1?"}]})
        events = body.decode().strip().split("\n\n")
        self.assertEqual(events[-1], "data: [DONE]")
        self.assertTrue(events[-2].startswith(": farthing {"))
        note = json.loads(events[-2].removeprefix(": farthing "))
        self.assertRegex(note["cost"], r"^\d+\.\d{9}$")

    def test_the_service_pages(self):
        self.assertEqual(http(self.gateway.url + "/healthz")[0], 200)
        self.assertEqual(http(self.gateway.url + "/readyz")[0], 200)
        self.assertIn(b"farthing_requests_total", http(self.gateway.url + "/metrics")[2])
        status, _, body = http(self.gateway.url + "/api/explain", {"prompt": "Translate good morning into French"})
        self.assertEqual((status, json.loads(body)["task"]), (200, "translation"))

    def test_a_foreign_web_page_is_refused(self):
        ask = {"model": "auto", "messages": [{"role": "user", "content": "What is 1 + 1?"}]}
        url = self.gateway.url + "/v1/chat/completions"
        self.assertEqual(http(url, ask, {"origin": "https://evil.example"})[0], 403)
        self.assertEqual(http(url, ask, {"host": "evil.example"})[0], 403)


if __name__ == "__main__":
    unittest.main()
