#!/usr/bin/env bash
# dateparser, told the language of the page, takes 05.03.2026 for 5 March and 5.3.2026 for 3 May: one zero before the day
# changes which number is the month. It does so in languages that write the year first (Hungarian, Korean, Persian, Mongolian
# and others), on the same site and without a warning; in English both are read alike.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dateparser==1.5.0"
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import dateparser

print("dateparser", version("dateparser"))
forms = ("05.03.2026", "5.3.2026", "05-03-2026", "5-3-2026")
read = {
    language: [dateparser.parse(form, languages=[language]).date().isoformat() for form in forms]
    for language in ("hu", "ko", "fa", "mn", "lt", "ru", "en")
}
for language, days in read.items():
    print(language, *(f"{form} = {day}" for form, day in zip(forms, days)), sep="  ")
march, may = "2026-03-05", "2026-05-03"
swapped = all(read[language] == [march, may, march, may] for language in ("hu", "ko", "fa", "mn", "lt"))
sys.exit(0 if swapped and read["ru"] == [march] * 4 and read["en"] == [may] * 4 else 1)
PY
