#!/usr/bin/env bash
# Takes the pictures of docs/images anew: each page as a reader of that command sees it.
# Usage: scripts/write_pictures.sh [BUILD]     (default: build/release; needs Chromium and the tests' npm packages)
set -euo pipefail
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build/release}")
take=$build/tests/reports/node/screenshot.mjs
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

page() { "$build/bin/boardless" -q "$@" -r "$scratch/page.html" -o "$scratch/out.txt" || [ $? = 1 ]; }
picture() { node "$take" "$scratch/page.html" "docs/images/$1" "${@:2}"; }

page predict kws ic vww ad -t all,accelerators
picture report.png --width 1400 --height 1340
picture report_accelerator.png --width 1400 --height 1600 --hash '#model=ic&target=ethos-u55-128' --part accelerator
page sweep examples/keyword_spotting.yaml --no-store
picture sweep.png --width 1400 --height 1000
