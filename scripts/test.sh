#!/usr/bin/env bash
# Installs what the tests need, builds and runs all of them, and says what was skipped for want of what.
# Usage: test.sh [release|debug] [BUILD_FOLDER]   (debug: AddressSanitizer and UndefinedBehaviorSanitizer;
# default: build/release or build/debug)
set -euo pipefail
preset=${1:-release}
build=build/$preset
if [ $# -gt 1 ]; then build=$(realpath -m "$2"); fi
cd "$(dirname "$0")/.."

scripts/install_packages.sh test
cmake --preset "$preset" -B "$build" -DBUILD_TESTING=ON
cmake --build "$build" --parallel "$(scripts/build_jobs.sh)"
status=0
# One more than there are cores: some tests wait, for a browser or a cluster's daemons.
ctest --test-dir "$build" --output-on-failure --parallel "$(($(nproc) + 1))" --output-junit tests.xml || status=$?
scripts/explain_skipped.sh "$build/tests.xml"
exit $status
