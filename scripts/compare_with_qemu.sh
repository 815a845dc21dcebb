#!/usr/bin/env bash
# How fast boardless simulates, timing on, beside QEMU, which keeps no time: both run the same kernel
# image on the same network and data, many inferences over, for a Cortex-M4, an M33, an M7 and an M55
# with Helium. Also what each further Cortex-M4 target adds to a prediction.
#
#   [ROUNDS=3] scripts/compare_with_qemu.sh [BUILD_FOLDER]         (default: build/release)
#
# Needs qemu-system-arm and a build folder configured with BOARDLESS_BENCH=ON. Times are CPU times,
# which on an idle machine are wall times, both being single-threaded; each is the least of several
# taken in turns, because what else a machine does only ever adds. QEMU is timed over N and over 2 N
# inferences: the difference holds no start-up.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
network=kws
inferences=100
rounds=${ROUNDS:-3}

# A core, QEMU's board, the kernel image, and what boardless prices on that image. The M33's image
# runs on QEMU's M4: the program faults on QEMU's M33 boards (mps2-an521), and kws on that image
# executes nothing that an M4 lacks.
cores=(
  "Cortex-M4|mps2-an386|v7e-m-fp|without_wait_states for_stm32f446re for_stm32l4r5zi-single-bank"
  "Cortex-M33|mps2-an386|v8-m.main|for_stm32u575zi"
  "Cortex-M7|mps2-an500|v7e-m-fp|for_stm32f746ng for_stm32h743zi"
  "Cortex-M55|mps3-an547|v8.1-m.main|for_ideal-cortex-m55 for_corstone300-an547"
)

command -v qemu-system-arm >/dev/null || {
  echo "compare_with_qemu: qemu-system-arm was not found; install the Debian package qemu-system-arm" >&2
  exit 2
}
cmake --build "$build" --target boardless_bench boardless_qemu_program >/dev/null
memory=$(mktemp -d)
trap 'rm -rf "$memory"' EXIT

# The addresses are those of bench/qemu/program.h.
address() { awk -v name="$1" '$2 == name { print $3 }' bench/qemu/program.h; }
program=$(address BQ_PROGRAM_BASE)
constants=$(address BQ_CONSTANTS_BASE)
count=$(address BQ_INFERENCES)

# CPU seconds of QEMU's board $1 over $3 inferences on image $2; the program checks its output itself.
qemu_seconds() {
  local TIMEFORMAT='%U %S'
  { time qemu-system-arm -M "$1" -nographic -monitor none -serial none \
    -semihosting-config enable=on,target=native \
    -kernel "$build/bench/qemu/repeat.elf" \
    -device "loader,file=$build/share/boardless/kernels/$2.elf" \
    -device "loader,file=$memory/$2/constants.bin,addr=$constants,force-raw=on" \
    -device "loader,file=$memory/$2/program.bin,addr=$program,force-raw=on" \
    -device "loader,addr=$count,data=$3,data-len=4" >&2; } 2>&1 | awk '{ print $1 + $2 }'
}

# CPU milliseconds an iteration of the benchmarks matching $1, as "name milliseconds" lines.
bench_milliseconds() {
  "$build/bin/boardless_bench" --benchmark_filter="$1" --benchmark_format=csv 2>/dev/null |
    awk -F, '/^"/ { gsub(/"/, "", $1); print $1, $4 }'
}

least() { sort -g | head -1; }
of() { awk -v name="$1" '$1 == name { print $2 }' "$memory/bench" | least; }

for ((round = 0; round < rounds; ++round)); do
  for row in "${cores[@]}"; do
    IFS='|' read -r core board image priced <<<"$row"
    if [[ ! -d $memory/$image ]]; then
      mkdir "$memory/$image"
      "$build/bin/write_qemu_program" $network "$image" "$memory/$image" >"$memory/$image/instructions"
    fi
    if ! once=$(qemu_seconds "$board" "$image" $inferences) ||
      ! twice=$(qemu_seconds "$board" "$image" $((2 * inferences))); then
      echo "compare_with_qemu: the program failed on QEMU's $board, or its output was wrong" >&2
      exit 1
    fi
    awk -v a="$once" -v b="$twice" -v n=$inferences 'BEGIN { print (b - a) / n * 1000 }' >>"$memory/qemu_$core"
    bench_milliseconds "^kws_steady/$image/(engine_alone|(priced|profiled)_(${priced// /|}))\$" >>"$memory/bench"
  done
  bench_milliseconds "^predict_kws_cortex_m4/" >>"$memory/bench"
done

for row in "${cores[@]}"; do
  IFS='|' read -r core board image priced <<<"$row"
  instructions=$(<"$memory/$image/instructions")
  qemu=$(least <"$memory/qemu_$core")
  line() { # $1: what; $2: milliseconds
    awk -v what="$1" -v ms="$2" -v i="$instructions" -v q="$qemu" 'BEGIN {
      printf "%-48s %8.2f ms %7.0f MIPS %6.2f of QEMU\n", what, ms, i / ms / 1000, q / ms }'
  }
  echo "$core: $network on $image, $instructions instructions an inference"
  line "QEMU, $board" "$qemu"
  line "boardless, engine alone" "$(of "kws_steady/$image/engine_alone")"
  for target in $priced; do
    line "boardless, timed ${target//_/ }" "$(of "kws_steady/$image/priced_$target")"
    line "  and profiled" "$(of "kws_steady/$image/profiled_$target")"
  done
done
one=$(of predict_kws_cortex_m4/targets:1)
echo "a whole prediction, start-up and translation included"
for targets in 1 2 3 4 5 6; do
  awk -v n=$targets -v t="$(of predict_kws_cortex_m4/targets:$targets)" -v one="$one" 'BEGIN {
    printf "%d Cortex-M4 targets %38.2f ms", n, t
    if (n > 1) printf "  %+.1f %% for each further one", (t / one - 1) / (n - 1) * 100
    print ""
  }'
done
