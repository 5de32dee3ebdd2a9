"""Python loads this at its start where this folder is on its path: in a worker, pages hang or die by their addresses;
the others are read as ever."""

from __future__ import annotations

import os
import sys
from typing import Any

if "crawler.batch.worker" in sys.orig_argv:
    from crawler import extraction

    read = extraction.extract_capture

    def extract_capture(payload: Any, seed: Any) -> Any:
        match payload.capture.url.rpartition("/")[2]:
            case "hangs":
                while True:
                    pass
            case "dies":
                os.abort()
            case "grows":
                return bytearray(1 << 40)
            case "fails":
                raise KeyError("a defect")
        return read(payload, seed)

    extraction.extract_capture = extract_capture
