#!/usr/bin/env bash
# Fuzzes the readers of tests/fuzz/readers.h, two at a time, over the sanitized build.
# Usage: fuzz.sh [SECONDS] [READER…]   (default: 60 seconds for each of all readers). What stops one is
# kept in build/debug/findings; `build/debug/bin/fuzz_reader READER FILE` does it again.
# $BOARDLESS_FUZZ_SEED: where to begin, a number; default: elsewhere each time. $BOARDLESS_FUZZ_RUNS: so many
# inputs a reader instead of seconds, which with a seed are the same ones each time.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
readers=("${@:2}")

scripts/install_packages.sh test
cmake --preset debug -DBUILD_TESTING=ON >/dev/null
cmake --build --preset debug --parallel "$(scripts/build_jobs.sh)" --target fuzz_reader make_seed_corpus
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
build/debug/bin/make_seed_corpus "$corpus"
if [ ${#readers[@]} -eq 0 ]; then
  for folder in "$corpus"/*/; do readers+=("$(basename "$folder")"); done
fi
findings=$PWD/build/debug/findings
mkdir -p "$findings"

# fuzz READER: for its share of time; its last lines, and all of a finding.
fuzz() {
  local amount=(-max_total_time="$seconds")
  if [ -n "${BOARDLESS_FUZZ_RUNS:-}" ]; then amount=(-runs="$BOARDLESS_FUZZ_RUNS"); fi
  local log=$corpus/$1.log status=0
  TMPDIR=$corpus build/debug/bin/fuzz_reader "$1" -dict="$corpus/$1.dict" "${amount[@]}" \
    -max_len=65536 -rss_limit_mb=2048 -timeout=60 -seed="${BOARDLESS_FUZZ_SEED:-0}" -artifact_prefix="$findings/$1-" \
    "$corpus/$1" >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then
    tail -n 60 "$log"
    echo "$1: a finding; see $findings" >&2
    return 1
  fi
  echo "$1: $(tail -n 1 "$log")"
}
export -f fuzz
export corpus seconds findings
printf '%s\n' "${readers[@]}" | xargs -P 2 -I{} bash -c 'fuzz {}'
