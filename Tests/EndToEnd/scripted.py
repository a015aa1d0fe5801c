"""A provider that answers as a test tells it to, in either format, over real sockets."""

import http.server
import json
import select
import threading
import time


class Answer:
    """One scripted answer: whole, or streamed piece by piece."""

    def __init__(self, body=b"", status=200, fields=None, pieces=None, then="end", gate=None):
        self.body = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
        self.status, self.fields = status, dict(fields or {})
        # Pieces of a stream; what follows them: its "end", a "cut" of the connection, or a "hang" until the caller goes.
        self.pieces, self.then = pieces, then
        # An event that is waited for before the last piece.
        self.gate = gate


class Provider:
    """Serves scripted answers in turn, the last one again and again, and keeps what it received."""

    def __init__(self, answers=()):
        self.answers = list(answers)
        self.received, self.lock = [], threading.Lock()
        self.abandoned, self.arrived, self.sent = threading.Event(), threading.Event(), 0
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                raw = self.rfile.read(int(self.headers["content-length"]))
                with provider.lock:
                    provider.received.append((self.path, dict(self.headers), raw))
                    answer = provider.answers.pop(0) if len(provider.answers) > 1 else provider.answers[0]
                provider.arrived.set()
                try:
                    provider.serve(self, answer)
                except OSError:
                    provider.abandoned.set()
                    self.close_connection = True

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def script(self, *answers):
        with self.lock:
            self.answers = list(answers)
            self.received = []
        self.abandoned.clear()
        self.arrived.clear()
        self.sent = 0

    @property
    def bodies(self):
        return [json.loads(raw) for _, _, raw in self.received]

    def serve(self, handler, answer):
        fields = {"content-type": "application/json" if answer.pieces is None else "text/event-stream"} | answer.fields
        if answer.then == "hang" and answer.pieces is None:
            return self.hang(handler)
        handler.send_response(answer.status)
        for name, value in fields.items():
            handler.send_header(name, value)
        if answer.pieces is None:
            if "content-length" not in answer.fields:
                handler.send_header("content-length", str(len(answer.body)))
            handler.end_headers()
            handler.wfile.write(answer.body)
            handler.close_connection |= "content-length" in answer.fields
            return
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        pieces = list(answer.pieces) if isinstance(answer.pieces, list) else answer.pieces
        for index, piece in enumerate(pieces):
            if answer.gate and index == len(answer.pieces) - 1:
                answer.gate.wait(60)
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            handler.wfile.flush()
            self.sent += len(piece)
        if answer.then == "hang":
            return self.hang(handler)
        if answer.then == "cut":
            handler.close_connection = True
            return
        handler.wfile.write(b"0\r\n\r\n")

    def hang(self, handler):
        """Says nothing more, and notices when the caller leaves."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if select.select([handler.connection], [], [], 0.05)[0] and not handler.connection.recv(1024):
                self.abandoned.set()
                break
        handler.close_connection = True

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def event(data, name=None):
    """One server-sent event."""
    head = b"event: %s\n" % name.encode() if name else b""
    return head + b"data: " + (data if isinstance(data, bytes) else json.dumps(data).encode()) + b"\n\n"


DONE = event(b"[DONE]")
CHAT_USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
MESSAGE_USAGE = {"input_tokens": 100, "output_tokens": 20}


def chat(text="Hello there", usage=CHAT_USAGE, **more):
    """OpenAI's whole answer."""
    message = {"role": "assistant", "content": text}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "served",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    return body | ({"usage": usage} if usage else {}) | more


def chunk(delta, finish=None, **more):
    body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "served",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
    return event(body | more)


def choice(index, delta, finish=None, **more):
    """A chunk of one of several choices."""
    return event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "served",
                  "choices": [{"index": index, "delta": delta, "finish_reason": finish}]} | more)


def chat_stream(words=("Hello", " there"), usage=CHAT_USAGE, done=True):
    """OpenAI's stream, with the usage chunk that `include_usage` asks for."""
    pieces = [chunk({"role": "assistant", "content": ""})]
    pieces += [chunk({"content": word}) for word in words]
    pieces.append(chunk({}, "stop"))
    if usage:
        pieces.append(event({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "served",
                             "choices": [], "usage": usage}))
    return pieces + ([DONE] if done else [])


def message(text="Hello there", usage=MESSAGE_USAGE, **more):
    """Anthropic's whole answer."""
    return {"id": "msg_1", "type": "message", "role": "assistant", "model": "served",
            "content": [{"type": "text", "text": text}], "stop_reason": "end_turn", "stop_sequence": None,
            "usage": usage} | more


def message_event(name, **body):
    return event({"type": name} | body, name)


def message_stream(words=("Hello", " there"), usage=MESSAGE_USAGE, done=True):
    """Anthropic's stream."""
    first = dict(usage, output_tokens=1)
    pieces = [
        message_event("message_start", message={
            "id": "msg_1", "type": "message", "role": "assistant", "model": "served", "content": [],
            "stop_reason": None, "stop_sequence": None, "usage": first}),
        message_event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
    ]
    pieces += [message_event("content_block_delta", index=0, delta={"type": "text_delta", "text": word})
               for word in words]
    pieces += [message_event("content_block_stop", index=0),
               message_event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None},
                             usage={"output_tokens": usage["output_tokens"]})]
    return pieces + ([message_event("message_stop")] if done else [])
