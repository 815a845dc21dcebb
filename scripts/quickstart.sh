#!/usr/bin/env bash
# From a fresh Debian 12 to a report: installs packages, builds, predicts the zoo on every target.
# Usage: quickstart.sh [BUILD_FOLDER]   (default: build/release, and the report in out/; with a folder,
# the report goes there too, and nothing is written to the source tree)
set -euo pipefail
build=build/release
report=out/index.html
if [ $# -gt 0 ]; then
  build=$(realpath -m "$1")
  report=$build/out/index.html
fi
cd "$(dirname "$0")/.."

scripts/install_packages.sh build
cmake --preset release -B "$build" -DBUILD_TESTING=OFF -DBOARDLESS_BENCH=OFF >/dev/null
cmake --build "$build" --parallel "$(scripts/build_jobs.sh)"

"$build/bin/boardless" predict \
  kws ic vww ad mnist_mlp \
  mobilenet_v1:width=0.25,resolution=96 mobilenet_v2:width=0.35,resolution=96 \
  --target all --report "$report"
echo
echo "The report is $report. Next: $build/bin/boardless predict MODEL.tflite --target all"
