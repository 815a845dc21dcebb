#!/usr/bin/env bash
# Does a sweep on a Slurm cluster answer what one on this machine does, also when a node dies, a task is
# requeued, or the job is cancelled? Usage: does_a_cluster_answer_test.sh BOARDLESS
set -uo pipefail
boardless=$1
here=$(realpath "$(dirname "$0")")
. "$here/slurm_cluster.sh"

for program in munged slurmctld slurmd sbatch; do
  PATH=$PATH:/usr/sbin command -v $program >/dev/null || {
    echo "needs Slurm: slurmctld, slurmd, slurm-client and munge are not installed"
    exit 77
  }
done
PATH=$PATH:/usr/sbin
scratch=$(mktemp -d)
trap 'stop_cluster >/dev/null 2>&1; rm -rf "$scratch"' EXIT
start_cluster "$scratch/cluster" || {
  tail -n 3 "$scratch"/cluster/log/* 2>/dev/null
  echo "needs Slurm: its daemons do not start here"
  exit 77
}
export XDG_CACHE_HOME=$scratch/cache
cd "$scratch" || exit 1
fail() {
  echo "$*"
  tail -n 20 "$scratch"/cluster/log/controller
  exit 1
}

cat > space.yaml <<SPACE
models: [kws, ad, ic]
targets: [rp2040, stm32l4r5zi, stm32f746ng, ra8d1, esp32-c3]
kernels: [auto, reference]
constraints: latency_ms <= 1000
objectives: [minimize: energy_uj, minimize: price_usd]
SPACE
"$boardless" -q sweep space.yaml --store local.db --format json -o local.json || fail "the local sweep: $?"

sweep() { "$boardless" sweep space.yaml --slurm --array 8 --slurm-folder "$1" --store "$1.db" --format json -o "$1.json"; }
expect_same() {
  cmp "$1.json" local.json || fail "$1: the cluster's answers differ"
  [ "$("$boardless" store ls --store "$1.db" | grep -c ' answered')" -eq \
    "$("$boardless" store ls --store local.db | grep -c ' answered')" ] || fail "$1: another number of results"
}
# Waits until a task has begun to answer.
until_begun() {
  local i
  for i in $(seq 300); do
    ls "$1"/shard_*.db >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "$1: no task has begun"
}

echo "== all goes well"
sweep well || fail "exit status $?"
expect_same well
[ "$(cat well/shard_*.log | wc -c)" -eq 0 ] || fail "a task complained: $(cat well/shard_*.log)"

echo "== a node dies"
sweep died &
sweep=$!
until_begun died
kill_node node2
wait $sweep || fail "exit status $?"
expect_same died
start_node node2

echo "== a task is requeued while it runs"
sweep requeued &
sweep=$!
until_begun requeued
task=$(squeue --noheader --array --states=running --format=%i | head -n 1)
scontrol requeue "$task" || echo "it had ended before"
wait $sweep || fail "exit status $?"
expect_same requeued

echo "== the job is cancelled, and begun again"
sweep cancelled 2> said &
sweep=$!
until_begun cancelled
scancel --name=boardless-sweep
wait $sweep
status=$?
[ $status -eq 130 ] || fail "a cancelled job is no complete answer: exit status $status: $(cat said)"
grep -q 'without an answer' said || fail "it says: $(cat said)"
sweep cancelled || fail "exit status $?"
expect_same cancelled

echo "== a wrong space is not submitted"
sed 's/targets/targetz/' space.yaml > wrong.yaml
"$boardless" sweep wrong.yaml --slurm --slurm-folder wrong 2> said
[ $? -eq 2 ] || fail "exit status of a wrong space"
grep -q targetz said || fail "it says: $(cat said)"
[ ! -e wrong ] || fail "a folder was made for a wrong space"

echo "== sbatch's refusal is said"
"$boardless" sweep space.yaml --slurm --slurm-folder refused --sbatch-args '--partition=none' 2> said
[ $? -eq 2 ] || fail "exit status of a refusal"
grep -qi 'partition' said || fail "it says: $(cat said)"
