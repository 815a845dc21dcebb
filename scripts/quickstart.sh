#!/usr/bin/env bash
# From a fresh Debian 12 to a report: installs packages, builds, predicts the zoo on every target.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install_packages.sh build
cmake --preset release -DBUILD_TESTING=OFF -DBOARDLESS_BENCH=OFF >/dev/null
cmake --build --preset release --parallel "$(scripts/build_jobs.sh)"

build/release/bin/boardless predict \
  kws ic vww ad mnist_mlp \
  mobilenet_v1:width=0.25,resolution=96 mobilenet_v2:width=0.35,resolution=96 \
  --target all --report out/index.html
echo
echo "The report is out/index.html. Next: build/release/bin/boardless predict MODEL.tflite --target all"
