#!/usr/bin/env bash
# Runs random programs on the emulated cores and in QEMU, and compares what they leave: registers, memory,
# flags, and on RISC-V machine-mode registers and traps. Usage: judge_cores.sh HOURS [SEED]
# Each round takes the next seed; the first difference ends it, in words, with status 1.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then sed -n '2,4s/^# //p' "$0" >&2; exit 2; fi
build=${BOARDLESS_CAMPAIGN_BUILD:-build/release}
seed=${2:-1}

scripts/install_packages.sh test
cmake --preset "$(basename "$build")" -B "$build" -DBUILD_TESTING=ON >/dev/null
cmake --build "$build" --parallel "$(scripts/build_jobs.sh)" --target fuzz_against_qemu fuzz_riscv_against_qemu
groups=(base-v7em fp-v7em base-v8m fp-v8m base-v81m fp-v81m mve-int mve-fp mve-ld lob)
end=$(awk -v hours="$1" -v now="$(date +%s)" 'BEGIN { printf "%d", now + hours * 3600 }')
while [ "$(date +%s)" -lt "$end" ]; do
  nice -n 19 "$build/bin/fuzz_riscv_against_qemu" --cases 20000 --seed "$seed"
  nice -n 19 "$build/bin/fuzz_against_qemu" --instructions 50000 --seed "$seed" \
    $(printf -- '--group %s ' "${groups[@]}")
  seed=$((seed + 1))
done
