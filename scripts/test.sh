#!/usr/bin/env bash
# Installs what the tests need, builds and runs all of them, and says what was skipped for want of what.
# Usage: test.sh [release|debug] [BUILD_FOLDER [COMPONENT…]]   (debug: AddressSanitizer and
# UndefinedBehaviorSanitizer; default: build/release or build/debug; with components the tests of these alone)
set -euo pipefail
preset=${1:-release}
build=build/$preset
if [ $# -gt 1 ]; then build=$(realpath -m "$2"); fi
components=("${@:3}")
cd "$(dirname "$0")/.."

scripts/install_packages.sh test
cmake --preset "$preset" -B "$build" -DBUILD_TESTING=ON
targets=() chosen=()
if [ ${#components[@]} -ne 0 ]; then
  targets=(--target "${components[@]/#/tests_of_}")
  chosen=(-L "^($(IFS='|' && echo "${components[*]}"))\$")
fi
cmake --build "$build" --parallel "$(scripts/build_jobs.sh)" "${targets[@]}"
status=0
# One more than there are cores: some tests wait, for a browser or a cluster's daemons.
ctest --test-dir "$build" --output-on-failure --parallel "$(($(nproc) + 1))" --output-junit tests.xml \
  "${chosen[@]}" || status=$?
scripts/explain_skipped.sh "$build/tests.xml"
exit $status
