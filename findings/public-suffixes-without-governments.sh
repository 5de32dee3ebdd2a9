#!/usr/bin/env bash
# The registered domain of a host tells sites apart, as far as the Public Suffix List knows where names are handed out.
# Some governments stand in it (gov.kz, gov.kg, gouv.fr, gob.pe, go.kr) and others do not: for gov.uz, gov.cz, gov.md,
# admin.ch and bund.de, tldextract gives one and the same registered domain for every ministry of the country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "tldextract==5.4.0"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from tldextract import TLDExtract

split = TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that the package carries
print("tldextract", version("tldextract"))


def domains(government: str) -> set[str]:
    return {split(f"www.{office}.{government}").top_domain_under_public_suffix for office in ("justice", "health")}


apart = {name: domains(name) for name in ("gov.kz", "gov.kg", "gov.tm", "gouv.fr", "gob.pe", "go.kr")}
alike = {name: domains(name) for name in ("gov.uz", "gov.cz", "gov.md", "gov.am", "admin.ch", "bund.de")}
for name, found in (apart | alike).items():
    print(f"two ministries of {name}:", *sorted(found))
sys.exit(0 if all(len(found) == 2 for found in apart.values()) and all(found == {name} for name, found in alike.items()) else 1)
PY
