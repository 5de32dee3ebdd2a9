#!/usr/bin/env bash
# langdetect leaves out the letter groups of words in capitals, so a headline set in capitals is judged by what is left:
# its small words and single letters. The answer is another language, and its probability is 0.9999 all the same. The same
# headline in small letters is told right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "langdetect==1.0.9"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from langdetect import DetectorFactory, detect_langs

DetectorFactory.seed = 0
headlines = {
    "es": "El ministerio anunció nuevas medidas para proteger el río",
    "fr": "Le ministère a annoncé de nouvelles mesures pour protéger la rivière",
    "cs": "Ministerstvo oznámilo nová opatření na ochranu řeky",
    "bg": "Министерството обяви нови мерки за опазване на реката",
    "uk": "Міністерство повідомило про початок робіт на річці",
}
print("langdetect", version("langdetect"))
wrong = 0
for language, headline in headlines.items():
    plain, capitals = detect_langs(headline.lower())[0], detect_langs(headline.upper())[0]
    print(f"{language}: small letters {plain.lang} {plain.prob:.4f}, capitals {capitals.lang} {capitals.prob:.4f}")
    wrong += plain.lang == language and capitals.lang != language and capitals.prob > 0.99
sys.exit(0 if wrong == len(headlines) else 1)
PY
