#!/usr/bin/env bash
# trafilatura's option deduplicate looks not at one page: it counts passages over all calls of the process. A paragraph that
# ends each of five press releases is in the text of the first three and missing from the others, so that what a page says
# depends on which pages were read before it, and on how the work was shared out among processes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "trafilatura==2.3.1" "lxml_html_clean==0.4.5"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from trafilatura import extract

shared = "Citizens may send their remarks on the draft to the ministry until the end of the month, by letter or by form."


def page(number: int) -> str:
    own = "".join(
        f"<p>Paragraph {part} of release {number} tells what article {part} of law {number} will change and for whom.</p>"
        for part in range(4)
    )
    return f"<html><body><article><h1>Draft law {number}</h1>{own}<p>{shared}</p></article></body></html>"


def kept(numbers: list[int]) -> list[bool]:
    return [shared in (extract(page(number), deduplicate=True) or "") for number in numbers]


print("trafilatura", version("trafilatura"))
once = kept([1, 2, 3, 4, 5])
print("five pages, paragraph kept in:", once)
again = shared in (extract(page(4)) or "")
print("page 4 without the option:", again)
sys.exit(0 if once == [True, True, True, False, False] and again else 1)
PY
