"""`python -m crawler.demo [AGE]` serves the demo site until Ctrl-C, for a person to look at."""

from __future__ import annotations

import sys
import threading

from crawler.demo.site import serve

if __name__ == "__main__":
    with serve(age=int(sys.argv[1]) if len(sys.argv) > 1 else 1) as server:
        sys.stdout.write(f"{server.url}  (Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
