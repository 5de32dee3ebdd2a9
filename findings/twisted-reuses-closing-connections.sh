#!/usr/bin/env bash
# Twisted's pool of persistent connections puts a connection back although the server said that it closes it: after an
# answer of HTTP/1.0 without "Connection: keep-alive", and after "Connection: Close" or "Connection: upgrade, close"
# (options are lists, and without regard to case: RFC 9110, 7.6.1; RFC 9112, 9.3). The next request goes into the closing
# connection and, where it comes before the end does, fails with ResponseNeverReceived. Scrapy's handler is built on it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q "twisted==26.10.0"
"$work/venv/bin/python" - <<'PYTHON'
import socket
import threading
from importlib.metadata import version

from twisted.internet import defer, reactor
from twisted.web.client import Agent, HTTPConnectionPool, readBody

HEADS = {
    "HTTP/1.1, Connection: close": b"HTTP/1.1 200 OK\r\nConnection: close\r\n",
    "HTTP/1.1, Connection: Close": b"HTTP/1.1 200 OK\r\nConnection: Close\r\n",
    "HTTP/1.1, Connection: upgrade, close": b"HTTP/1.1 200 OK\r\nConnection: upgrade, close\r\n",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n",
}
results = {}


def answer(connection, head):
    with connection:
        connection.settimeout(0.5)
        try:
            connection.recv(65536)
            connection.sendall(head + b"Content-Length: 2\r\n\r\nok")
            connection.recv(65536)  # half a second late, as on a busy machine, it hangs up
        except OSError:
            pass


def serve(listener, head):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection, head), daemon=True).start()


@defer.inlineCallbacks
def main():
    for name, head in HEADS.items():
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=serve, args=(listener, head), daemon=True).start()
        pool = HTTPConnectionPool(reactor, persistent=True)
        pool.retryAutomatically = False
        agent = Agent(reactor, pool=pool)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/".encode()
        outcomes = []
        for _ in range(2):
            try:
                yield readBody((yield agent.request(b"GET", url)))
                outcomes.append("ok")
            except Exception as error:
                outcomes.append(type(error).__name__)
        results[name] = outcomes
    reactor.stop()


reactor.callWhenRunning(main)
reactor.run()
print("twisted", version("twisted"))
for name, outcomes in results.items():
    print(f"{name:38} first request: {outcomes[0]}, second: {outcomes[1]}")
good = results.pop("HTTP/1.1, Connection: close") == ["ok", "ok"]
lost = all(outcomes == ["ok", "ResponseNeverReceived"] for outcomes in results.values())
raise SystemExit(0 if good and lost else 1)
PYTHON
