#!/usr/bin/env bash
# Installs what the tests need, builds and runs all of them.
# Usage: test.sh [release|debug]   (debug: AddressSanitizer and UndefinedBehaviorSanitizer)
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}

scripts/install_packages.sh test
cmake --preset "$preset" -DBUILD_TESTING=ON
cmake --build --preset "$preset" --parallel "$(scripts/build_jobs.sh)"
ctest --preset "$preset" --parallel "$(nproc)"
