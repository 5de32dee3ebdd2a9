"""A server that behaves like Zenodo's API for depositions, as https://developers.zenodo.org describes it, and fails as
it is told."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

TOKEN = "a-token-of-tests"
VOCABULARY = {"upload_type": {"dataset"}, "access_right": {"open"}}
REQUIRED = ("upload_type", "title", "creators", "description", "publication_date", "access_right", "license")
KNOWN = {*REQUIRED, "version", "notes", "keywords", "related_identifiers"}


@dataclass
class Zenodo:
    """What it has, what it was asked, and how it fails: (method, end of the path) -> answers, one for each time."""

    base: str = ""
    drafts: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[int, dict[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str | None] = field(default_factory=set)
    faults: dict[tuple[str, str], list[Any]] = field(default_factory=dict)  # a status, "cut", or "spoil"
    bucket_base: str = ""  # another host than its own, where it lies

    def draft(self, number: int) -> dict[str, Any]:
        its = [
            {"id": f"id-{name}", "filename": name, "filesize": len(data), "checksum": _md5(data)}
            for name, data in self.files[number].items()
        ]
        links = {
            "bucket": f"{self.bucket_base or self.base}/api/files/bucket-{number}",
            "html": f"{self.base}/deposit/{number}",
            "publish": f"{self.base}/api/deposit/depositions/{number}/actions/publish",
        }
        return {
            "id": number,
            "submitted": False,
            "state": "unsubmitted",
            **self.drafts[number],
            "files": its,
            "links": links,
        }


@contextmanager
def served() -> Iterator[Zenodo]:
    its = Zenodo()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            path = self.path
            its.asked.append((self.command, path))
            its.tokens.add(self.headers.get("Authorization"))
            fault = next(
                (faults.pop(0) for (method, end), faults in its.faults.items()
                 if faults and method == self.command and path.endswith(end)), None,
            )  # fmt: skip
            if fault == "cut":  # in the middle of what is sent
                self.rfile.read(min(10, int(self.headers.get("Content-Length", 0))))
                self.close_connection = True
                self.connection.close()
                return None
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if isinstance(fault, int):
                return self.send(
                    fault, {"status": fault, "message": "as told"}, {"Retry-After": "7"} if fault == 429 else {}
                )
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                return self.send(401, {"status": 401, "message": "no such token"})
            if path.startswith("/api/files/bucket-"):
                return self.put_file(path, body if fault != "spoil" else body + b"!")
            return self.deposition(path, body)

        def put_file(self, path: str, body: bytes) -> None:
            bucket, _, name = path.removeprefix("/api/files/bucket-").partition("/")
            its.files[int(bucket)][unquote(name)] = body
            checksum = f"md5:{_md5(body)}"
            self.send(201, {"key": unquote(name), "size": len(body), "checksum": checksum})

        def deposition(self, path: str, body: bytes) -> None:
            if (self.command, path) == ("POST", "/api/deposit/depositions"):
                number = 1000 + len(its.drafts)
                its.drafts[number] = {
                    "metadata": {"prereserve_doi": {"doi": f"10.5072/zenodo.{number}", "recid": number}}
                }
                its.files[number] = {}
                return self.send(201, its.draft(number))
            if path.endswith("/actions/newversion"):
                return self.next_version(int(path.split("/")[-3]))
            if self.command == "DELETE":
                return self.remove(int(path.split("/")[-3]), path.rpartition("/")[2])
            number = int(path.rpartition("/")[2])
            if number not in its.drafts:
                return self.send(404, {"status": 404, "message": "no such deposition"})
            if self.command == "PUT":
                metadata = json.loads(body)["metadata"]
                if wrong := _wrong(metadata):
                    return self.send(400, {"status": 400, "message": "Validation error.", "errors": wrong})
                its.drafts[number]["metadata"] |= metadata
            return self.send(200, its.draft(number))

        def next_version(self, number: int) -> None:
            if not its.drafts.get(number, {}).get("submitted"):
                return self.send(400, {"status": 400, "message": "is not published"})
            later = number + 500
            its.drafts[later], its.files[later] = {"metadata": {}}, dict(its.files[number])
            answer = its.draft(number)
            answer["links"]["latest_draft"] = f"{its.base}/api/deposit/depositions/{later}"
            return self.send(201, answer)

        def remove(self, number: int, file_id: str) -> None:
            del its.files[number][unquote(file_id).removeprefix("id-")]
            self.send(200, None)

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def send(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            for name, text in {
                "Content-Type": "application/json",
                "Content-Length": str(len(data)),
                **(headers or {}),
            }.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    its.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield its
    finally:
        server.shutdown()
        server.server_close()


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _wrong(metadata: dict[str, Any]) -> list[dict[str, str]]:
    found = [{"field": f"metadata.{name}", "message": "required"} for name in REQUIRED if not metadata.get(name)]
    found += [{"field": f"metadata.{name}", "message": "unknown"} for name in metadata.keys() - KNOWN]
    found += [
        {"field": f"metadata.{name}", "message": "not in the vocabulary"}
        for name, values in VOCABULARY.items() if metadata.get(name) not in values
    ]  # fmt: skip
    return found
