#!/usr/bin/env bash
# Runs every T32 instruction that VIXL recorded on Arm hardware on the emulated cores, from every state
# that was recorded, and compares registers and flags.
#
#   scripts/compare_with_vixl.sh CHECKOUT [VARIANT…]
#
#   CHECKOUT   of github.com/Linaro/vixl, of which test/aarch32 is read (scripts/fetch_test_data.sh brings it)
#   VARIANT    an instruction set that runs them; without one: v7e-m-dp, v8-m.main and v8.1-m.main
#
# Prints a row for each form of instruction and the first differences; status 1 where there are any. The
# build folder is $BOARDLESS_CAMPAIGN_BUILD, or build/release.
set -euo pipefail
if [ $# -eq 0 ]; then sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0" >&2; exit 2; fi
checkout=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
build=${BOARDLESS_CAMPAIGN_BUILD:-build/release}
[ $# -gt 0 ] || set -- v7e-m-dp v8-m.main v8.1-m.main

cmake --build "$build" --parallel "$(scripts/build_jobs.sh)" --target compare_with_vixl >/dev/null
results=$(mktemp)
trap 'rm -f "$results"' EXIT
scripts/read_vixl_results.py "$checkout" >"$results"
status=0
for variant in "$@"; do
  nice "$build/bin/compare_with_vixl" --variant "$variant" <"$results" || status=$?
done
exit $status
