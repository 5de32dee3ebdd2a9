"""A worker whose extraction does what the address of the page says."""

import os
import sys
import time

from crawler import extraction
from crawler.batch import worker
from crawler.model import Reason, Rejection


def extract(payload, seed):
    url = payload.capture.url
    if url.endswith("/loop"):
        while True:
            pass
    if url.endswith("/sleep"):
        time.sleep(60)
    if url.endswith("/memory"):
        bytearray(1 << 34)
    if url.endswith("/crash"):
        os.abort()
    if url.endswith("/killed"):
        os.kill(os.getpid(), 9)
    if url.endswith("/deep"):
        raise RecursionError
    if url.endswith("/raise"):
        raise ValueError("a defect")
    if url.endswith("/print"):
        print("noise that is no answer")
        sys.stdout.flush()
    if url.endswith("/nonsense"):
        os.write(answers, b'{"an": "answer"}\n')
    return Rejection(Reason.SHELL, "read", url, payload.capture.document)


answers = os.dup(1)
extraction.extract_capture = extract  # taken from there when the first page comes
worker.read_payload = lambda path, capture: type("P", (), {"capture": capture})
if __name__ == "__main__":
    worker.main()
