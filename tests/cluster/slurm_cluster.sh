# A Slurm cluster of one controller and two nodes on this machine, for the script that sources it.
#
#   start_cluster FOLDER     false when it does not come up within half a minute
#   kill_node node2          with all that runs there, as a power failure would
#   start_node node2
#   stop_cluster
#
# Needs munged, slurmctld, slurmd and sbatch; Slurm 22.05 with --enable-multiple-slurmd, as Debian builds it.

start_cluster() {
  cluster=$1
  local port=$((20000 + RANDOM % 20000)) user
  user=$(id -un)
  mkdir -p "$cluster"/{state,log,munge}
  chmod 700 "$cluster/munge"
  head -c 1024 /dev/urandom > "$cluster/munge/key"
  chmod 400 "$cluster/munge/key"
  cat > "$cluster/slurm.conf" <<CONF
ClusterName=boardless
SlurmctldHost=localhost
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$cluster/munge/socket,cred_expire=5
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool_%n
SlurmctldPidFile=$cluster/controller.pid
SlurmdPidFile=$cluster/%n.pid
SlurmctldLogFile=$cluster/log/controller
SlurmdLogFile=$cluster/log/%n
SlurmdParameters=config_overrides
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
ReturnToService=2
SlurmctldTimeout=5
SlurmdTimeout=5
KillWait=2
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
NodeName=node1 NodeHostname=localhost Port=$((port + 1)) CPUs=1
NodeName=node2 NodeHostname=localhost Port=$((port + 2)) CPUs=1
PartitionName=main Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$cluster/slurm.conf
  munged --force --key-file="$cluster/munge/key" --socket="$cluster/munge/socket" --pid-file="$cluster/munge/pid" \
    --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed" || return 1
  slurmctld -i || return 1
  start_node node1
  start_node node2
  local i
  for i in $(seq 60); do
    [ "$(sinfo --noheader --Node --format=%t 2>/dev/null | grep -c '^idle$')" -eq 2 ] && return 0
    sleep 0.5
  done
  return 1
}

start_node() { slurmd -N "$1"; }

# What runs on a node has its name in its environment, and its daemon in its arguments.
kill_node() {
  local process
  kill -KILL "$(cat "$cluster/$1.pid")" 2>/dev/null
  for process in /proc/[0-9]*; do
    if tr '\0' '\n' 2>/dev/null < "$process/environ" | grep -qx "SLURMD_NODENAME=$1" ||
      tr '\0' ' ' 2>/dev/null < "$process/cmdline" | grep -q "^slurmstepd"; then
      if grep -qs "SLURMD_NODENAME=$1\|$cluster" "$process/environ"; then
        kill -KILL "${process##*/}" 2>/dev/null
      fi
    fi
  done
}

stop_cluster() {
  scontrol shutdown 2>/dev/null
  sleep 0.5
  local file
  for file in "$cluster"/*.pid "$cluster/munge/pid"; do
    [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null
  done
  return 0
}
