#!/usr/bin/env bash
# How fast boardless simulates, timing on, beside QEMU, which keeps no time: both run the same kernel
# image on the same network and data, many inferences over. Also what each further Cortex-M4 target
# adds to a prediction.
#
#   scripts/compare_with_qemu.sh [BUILD_FOLDER]         (default: build/release)
#
# Needs qemu-system-arm and a build folder configured with BOARDLESS_BENCH=ON. Times are CPU times,
# which on an idle machine are wall times, both being single-threaded; each is the median of three
# taken in turns. QEMU is timed over N and over 2 N inferences: the difference holds no start-up.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
network=kws
image=v7e-m-fp
inferences=100
rounds=3

command -v qemu-system-arm >/dev/null || {
  echo "compare_with_qemu: qemu-system-arm was not found; install the Debian package qemu-system-arm" >&2
  exit 2
}
cmake --build "$build" --target boardless_bench boardless_qemu_program >/dev/null
memory=$(mktemp -d)
trap 'rm -rf "$memory"' EXIT
instructions=$("$build/bin/write_qemu_program" $network $image "$memory")

# The addresses are those of bench/qemu/program.h.
address() { awk -v name="$1" '$2 == name { print $3 }' bench/qemu/program.h; }
program=$(address BQ_PROGRAM_BASE)
constants=$(address BQ_CONSTANTS_BASE)
count=$(address BQ_INFERENCES)

# CPU seconds of QEMU over $1 inferences; the program checks its output itself.
qemu_seconds() {
  local TIMEFORMAT='%U %S'
  { time qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none \
    -semihosting-config enable=on,target=native \
    -kernel "$build/bench/qemu/repeat.elf" \
    -device "loader,file=$build/share/boardless/kernels/$image.elf" \
    -device "loader,file=$memory/constants.bin,addr=$constants,force-raw=on" \
    -device "loader,file=$memory/program.bin,addr=$program,force-raw=on" \
    -device "loader,addr=$count,data=$1,data-len=4" >&2; } 2>&1 | awk '{ print $1 + $2 }'
}

# CPU milliseconds an iteration of the benchmarks matching $1, as "name milliseconds" lines.
bench_milliseconds() {
  "$build/bin/boardless_bench" --benchmark_filter="$1" --benchmark_format=csv 2>/dev/null |
    awk -F, '/^"/ { gsub(/"/, "", $1); print $1, $4 }'
}

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
of() { awk -v name="$1" '$1 == name { print $2 }' "$memory/bench" | median; }

for ((round = 0; round < rounds; ++round)); do
  if ! once=$(qemu_seconds $inferences) || ! twice=$(qemu_seconds $((2 * inferences))); then
    echo "compare_with_qemu: the program failed on QEMU, or its output was wrong" >&2
    exit 1
  fi
  awk -v a="$once" -v b="$twice" -v n=$inferences 'BEGIN { print (b - a) / n * 1000 }' >>"$memory/qemu"
  bench_milliseconds "^kws_steady/(engine_alone|priced_.*)\$|^predict_kws_cortex_m4/" >>"$memory/bench"
done

qemu=$(median <"$memory/qemu")
priced=$(of kws_steady/priced_for_stm32f446re)
one=$(of predict_kws_cortex_m4/targets:1)
{
  echo "$network on $image, $instructions instructions an inference"
  awk -v i="$instructions" -v q="$qemu" -v e="$(of kws_steady/engine_alone)" \
    -v w="$(of kws_steady/priced_without_wait_states)" -v p="$priced" '
    function line(what, ms) { printf "%-48s %8.2f ms %7.0f MIPS %6.2f of QEMU\n", what, ms, i / ms / 1000, q / ms }
    BEGIN {
      line("QEMU", q)
      line("boardless, engine alone", e)
      line("boardless, timed, no wait states", w)
      line("boardless, timed for stm32f446re", p)
    }'
  echo "a whole prediction, start-up and translation included"
  for targets in 1 2 3 4 5 6; do
    awk -v n=$targets -v t="$(of predict_kws_cortex_m4/targets:$targets)" -v one="$one" 'BEGIN {
      printf "%d Cortex-M4 targets %38.2f ms", n, t
      if (n > 1) printf "  %+.1f %% for each further one", (t / one - 1) / (n - 1) * 100
      print ""
    }'
  done
}
