#!/usr/bin/env bash
# Raises every number of the cores by 1, one at a time: does a golden row notice?
#
#   scripts/measure_core_protection.sh [CORE …]           measures; of all cores, also writes the table of
#                                                         docs/core_timing.md
#   scripts/measure_core_protection.sh --record [CORE …]  writes what the model says into the golden rows
#                                                         that are marked as recorded
#
# BUILD names the build folder (default: build/release). Exit status 1 when a number goes unnoticed that
# tests/cost_models/golden/unnoticed.yaml does not list, or one that it lists is noticed.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build/release}
cmake --build "$build" --target measure_core_protection >/dev/null
measure=$build/bin/measure_core_protection
"$measure" "$@"
if [ $# -eq 0 ]; then
  "$measure" --write docs/core_timing.md
fi
