#!/usr/bin/env bash
# The step of action.yml: validates $PACKAGE at $LEVEL, writes reports, outputs and annotations, and fails by $FAIL_ON.
set -euo pipefail

case "$LEVEL" in
    tables) flags=() ;;
    archive) flags=(--full) ;;
    reextract) flags=(--reextract) ;;
    all) flags=(--full --reextract) ;;
    *) echo "level: tables, archive, reextract or all" >&2; exit 2 ;;
esac
case "$FAIL_ON" in
    error | unproved | warning | never) ;;
    *) echo "fail-on: error, unproved, warning or never" >&2; exit 2 ;;
esac

program="$GITHUB_ACTION_PATH/../../.." # the action comes with its repository, at the commit that was asked for
reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/ministry-news.XXXXXX")
code=0
uv run --frozen --no-dev --project "$program" ministry-news validate --package="$PACKAGE" "${flags[@]}" --annotations \
    --report="$reports/report.json" --report="$reports/report.sarif" \
    >"$reports/annotations" 2>"$reports/log" || code=$?

# The log may quote the package, which may come from anybody: no command to the runner is read in it.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$token"
cat "$reports/log"
printf '\n::%s::\n' "$token"
cat "$reports/annotations"

if [ ! -f "$reports/report.json" ]; then # it could not even be read: no package, another run at work, a full disk
    [ "$code" != 0 ] || code=1
    echo "exit-code=$code" >>"$GITHUB_OUTPUT"
    exit "$code"
fi
# Only words and numbers of this program go to the outputs.
uv run --frozen --no-dev --project "$program" python - "$reports/report.json" >"$reports/counts" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
print(f"verdict={report['verdict']}\nerrors={len(report['errors'])}\nwarnings={len(report['warnings'])}")
PYTHON
{
    cat "$reports/counts"
    echo "exit-code=$code"
    echo "report=$reports/report.json"
    echo "sarif=$reports/report.sarif"
} >>"$GITHUB_OUTPUT"

case "$FAIL_ON:$code" in
    never:0 | never:4 | never:5 | never:10) exit 0 ;;
    error:0 | error:4 | error:10) exit 0 ;;
    unproved:0 | unproved:4) exit 0 ;;
    warning:0) grep -qx 'warnings=0' "$reports/counts" || { echo "fail-on: warning, and there are some" >&2; exit 4; } ;;
    *) exit "$code" ;;
esac
