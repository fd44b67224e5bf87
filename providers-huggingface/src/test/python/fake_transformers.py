"""Behaves as `transformers serve MODEL` 5.23 does: fake_transformers.py serve MODEL --host HOST --port PORT

The model list fails without a Hub cache, and requests for other models are refused.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

MODEL = sys.argv[2]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(500, "text/plain; charset=utf-8", b"Internal Server Error")

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["model"]
        if asked != MODEL:
            refusal = {"detail": f"Server is pinned to '{MODEL}'; requested '{asked}'."}
            self.answer(400, "application/json", json.dumps(refusal).encode())
            return
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": asked}}
        body = {"id": "1", "object": "chat.completion", "model": f"{asked}@main", "choices": [choice]}
        self.answer(200, "application/json", json.dumps(body).encode())

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
