#!/usr/bin/env bash
# release.sh fetch | publish: the folder `package` as the release "data" of this repository.
#
# A publication is a set of parts under a new name and, uploaded last, the list of their digests: `data-STAMP.tar.NNN` and
# `data-STAMP.sha256`. The newest list says which parts are the package; those before the last two lists are removed.
# fetch begins with an empty folder only where the release does not exist; whatever else goes wrong ends it with 1,
# before anything is crawled or published.
set -euo pipefail
release=data
part=${PART_BYTES:-1900M} # GitHub takes files of less than 2 GiB

assets() { gh release view "$release" --json assets --jq '.assets[].name'; }

fetch() {
    local said list
    [ ! -e package ] || { echo "error: package: is there already" >&2; exit 1; }
    if ! said=$(gh api "repos/$GITHUB_REPOSITORY/releases/tags/$release" --silent 2>&1); then
        case "$said" in
            *"HTTP 404"*) gh release create "$release" --notes "The archived package, in parts."; mkdir package; return ;;
            *) echo "error: release $release: $said" >&2; exit 1 ;;
        esac
    fi
    said=$(assets)
    list=$(grep -E '^data-.*\.sha256$' <<<"$said" | sort | tail -n 1 || true)
    if [ -z "$list" ]; then
        [ -z "$said" ] || { echo "error: release $release: it has files, and no list of their digests" >&2; exit 1; }
        mkdir package
        return
    fi
    gh release download "$release" --pattern "$list" --dir fetched
    while read -r _ name; do gh release download "$release" --pattern "$name" --dir fetched; done <"fetched/$list"
    (cd fetched && sha256sum --check --strict --quiet "$list")
    while read -r _ name; do cat "fetched/$name"; done <"fetched/$list" | tar x
    rm -r fetched
    [ -d package ] || { echo "error: release $release: its parts hold no package" >&2; exit 1; }
}

publish() {
    local stamp old
    stamp=data-$(date -u +%Y%m%dT%H%M%SZ)-${GITHUB_RUN_ID:-0}
    rm -rf parts && mkdir parts
    tar c package | split --bytes="$part" --numeric-suffixes --suffix-length=3 - "parts/$stamp.tar."
    (cd parts && sha256sum -- *.tar.* >"$stamp.sha256")
    gh release upload "$release" parts/*.tar.*
    gh release upload "$release" "parts/$stamp.sha256" # from here on it is the package
    rm -r parts
    assets | grep -E '^data-.*\.sha256$' | sort | head -n -2 | sed 's/\.sha256$//' | while read -r old; do
        # The list goes first: parts without one are nobody's.
        for name in "$old.sha256" $(assets | grep -F "$old.tar."); do gh release delete-asset "$release" "$name" --yes; done
    done
}

case "${1:-}" in
    fetch | publish) "$1" ;;
    *) echo "usage: release.sh fetch | publish" >&2; exit 2 ;;
esac
