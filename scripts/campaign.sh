#!/usr/bin/env bash
# Drives the sanitized build with hostile files, guests and hosts. Usage: campaign.sh HOURS [KIND…]
# [--cpu-hours N] [--record docs/recorded_campaigns.json] [--seed N] [--jobs N], or campaign.sh --replay
# KIND:SEED:NUMBER. Findings are kept in build/debug/findings, each with a script that runs it again.
# BOARDLESS_CAMPAIGN_BUILD=build/release takes another build; with MALLOC_PERTURB_ set it finds what no
# sanitizer looks for.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then sed -n '2,6s/^# //p' "$0" >&2; exit 2; fi
build=${BOARDLESS_CAMPAIGN_BUILD:-build/debug}

scripts/install_packages.sh test
cmake --preset "$(basename "$build")" -B "$build" -DBUILD_TESTING=ON >/dev/null
cmake --build "$build" --parallel "$(scripts/build_jobs.sh)" --target boardless make_seed_corpus boardless_kernel_images
how_long=()
if [[ $1 != --* ]]; then how_long=(--hours "$1"); shift; fi
# Cases are made and judged in a folder in memory where there is one.
if [ -w /dev/shm ] && [ -z "${TMPDIR:-}" ]; then export TMPDIR=/dev/shm; fi
nice -n 19 python3 tests/campaign/campaign.py --program "$build/bin/boardless" --data "$build/share/boardless" \
  --make-seeds "$build/bin/make_seed_corpus" --findings "$build/findings" "${how_long[@]}" "$@"
