#!/usr/bin/env bash
# Fuzzes the TFLite reader. Usage: fuzz.sh [SECONDS]   (default 60)
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}

scripts/install_packages.sh test
cmake --preset fuzz -DBUILD_TESTING=ON >/dev/null
cmake --build --preset fuzz --parallel "$(scripts/build_jobs.sh)" \
  --target fuzz_tflite_reader make_seed_corpus
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
build/fuzz/bin/make_seed_corpus "$corpus"
build/fuzz/bin/fuzz_tflite_reader -max_total_time="$seconds" -max_len=65536 -print_final_stats=1 \
  -artifact_prefix=build/fuzz/ "$corpus"
