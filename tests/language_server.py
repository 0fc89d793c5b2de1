"""A client of yaml-language-server: as much of the protocol as an editor needs to open one file."""

import json
import subprocess
from contextlib import suppress


class LanguageServer:
    """Runs the server for one folder; use it in a `with` statement."""

    def __init__(self, command, root):
        self.process = subprocess.Popen(
            [command, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.root = root
        self.asked = 0
        self.diagnostics = {}

    def __enter__(self):
        hover = {"contentFormat": ["markdown"]}
        completion = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        document = {"publishDiagnostics": {}, "hover": hover, "completion": completion}
        parameters = {"processId": None, "rootUri": self.root.as_uri(), "capabilities": {"textDocument": document}}
        self.ask("initialize", parameters)
        self.tell("initialized", {})
        yaml = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": yaml}})
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                stream.close()

    def open(self, path):
        """Open a file and return its diagnostics as (line, column, message), 1-based."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while document["uri"] not in self.diagnostics:
            self._take(self._receive())
        found = [(found["range"]["start"], found["message"]) for found in self.diagnostics.pop(document["uri"])]
        return sorted((start["line"] + 1, start["character"] + 1, message) for start, message in found)

    def complete(self, path, line, column):
        """Return label and explanation of what may stand at a place (1-based)."""
        found = self.ask("textDocument/completion", self._at(path, line, column))["items"]
        return {item["label"]: item.get("documentation", "") for item in found}

    def hover(self, path, line, column):
        """Return what the editor shows for a place (1-based)."""
        return self.ask("textDocument/hover", self._at(path, line, column))["contents"]["value"]

    @staticmethod
    def _at(path, line, column):
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}

    def ask(self, method, parameters):
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]
            self._take(message)

    def tell(self, method, parameters):
        self._send({"method": method, "params": parameters})

    def _take(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            wanted = message["params"].get("items") if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": None if wanted is None else [None] * len(wanted)})

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise EOFError("the language server has ended")
        return json.loads(self.process.stdout.read(length))
