#!/usr/bin/env bash
# Does the first command work on a fresh machine? Builds a minimal Debian 12 root, copies a clean clone
# in and runs scripts/quickstart.sh there, in all that a first user may have: no root but sudo, no git, a
# path with a space, a read-only source tree with the build elsewhere. Then builds again without network.
#
#   scripts/check_fresh_root.sh [--plain] [--package] [--test | --test-of=COMPONENT…] [--images FOLDER] [--keep FOLDER]
#
#   --plain     as root instead, in a clone with its history and the default build folder
#   --package   then makes the .deb, installs it in a second minimal root, predicts there, removes it
#   --test      then runs scripts/test.sh as well, with the outside models and sources of this tree's tests
#   --test-of=  then runs the tests of one component of the code; may be given several times
#   --images    leaves the kernel images that were made in FOLDER, for -DBOARDLESS_KERNEL_IMAGES=FOLDER
#   --keep      leaves the root in FOLDER
#
# Needs root, mmdebstrap (installed where absent), the network and 5 GB ($TMPDIR, else /var/tmp; 10 GB with
# --test). The machine's apt, npm and pip configuration and its certificates are copied in. Prints seconds
# and MB of every step. Exit status 77: a root cannot be made here.
set -euo pipefail
tree=$(realpath "$(dirname "$0")/..")

plain='' package='' run_tests='' images='' keep='' components=()
while [ $# -gt 0 ]; do
  case $1 in
    --plain) plain=yes ;;
    --package) package=yes ;;
    --test) run_tests=yes ;;
    --test-of=*) run_tests=yes components+=("${1#*=}") ;;
    --images) images=$(realpath -m "${2:?--images needs a folder}"); shift ;;
    --keep) keep=$(realpath -m "${2:?--keep needs a folder}"); shift ;;
    *) sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
  esac
  shift
done

cannot() { echo "check_fresh_root: skipped: $*" >&2; exit 77; }
if [ -z "${BOARDLESS_FRESH_ROOT:-}" ]; then
  [ "$(id -u)" -eq 0 ] || cannot "making a root needs root; try it with sudo"
  unshare --mount --pid --fork true 2>/dev/null || cannot "this machine allows no mounts of one's own"
  command -v mmdebstrap >/dev/null || {
    apt-get update -qq && apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null
  } || cannot "mmdebstrap cannot be installed here"

  # A folder left by a run that was killed goes first; its name holds that run's process.
  folder=${TMPDIR:-/var/tmp}/boardless-fresh-root
  for old in "$folder".*; do
    if [ -d "$old" ] && ! kill -0 "${old##*.}" 2>/dev/null; then rm -rf --one-file-system "$old"; fi
  done
  work=$folder.$$
  mkdir -p "$work"
  # All the rest runs with mounts and processes of its own, which end with it, however it ends.
  BOARDLESS_FRESH_ROOT=$work unshare --mount --propagation private --pid --fork --kill-child "$0" \
    ${plain:+--plain} ${package:+--package} ${run_tests:+--test} \
    "${components[@]/#/--test-of=}" ${images:+--images "$images"} &
  inner=$!
  clean_up() {
    { kill -KILL $inner && wait $inner; } 2>/dev/null || true
    if [ -n "$keep" ] && [ -d "$work/root" ]; then mkdir -p "$(dirname "$keep")" && mv "$work/root" "$keep"; fi
    rm -rf --one-file-system "$work"
  }
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP
  wait $inner
  exit
fi
root=$BOARDLESS_FRESH_ROOT/root second=$BOARDLESS_FRESH_ROOT/second

# step NAME COMMAND…: runs it, remembers seconds and the root's size behind it.
steps=()
step() {
  local name=$1 begin=$SECONDS
  shift
  echo "== $name"
  "$@"
  steps+=("$(printf '%6d s %7d MB  %s' $((SECONDS - begin)) "$(du -sm --one-file-system "$root" | cut -f1)" "$name")")
}

# Configuration of the machine that a program in the root needs to reach its registries.
copy_machine_configuration() {
  local file
  grep -lsE 'Acquire|Proxy' /etc/apt/apt.conf /etc/apt/apt.conf.d/* 2>/dev/null |
    xargs -r -d '\n' cp -t "$1/etc/apt/apt.conf.d" || true
  cp -a /etc/apt/auth.conf.d/. "$1/etc/apt/auth.conf.d/" 2>/dev/null || true
  for file in /etc/apt/auth.conf /etc/npmrc /etc/pip.conf /etc/resolv.conf /etc/hosts; do
    if [ -f "$file" ]; then cp --remove-destination -L "$file" "$1$file"; fi
  done
  for file in .npmrc .netrc .config/pip/pip.conf; do
    if [ -f ~/"$file" ]; then install -D -m 644 ~/"$file" "$1/etc/skel/$file"; fi
  done
  if [ -f ~/.npmrc ]; then cp ~/.npmrc "$1/root/.npmrc"; fi
  if compgen -G '/usr/local/share/ca-certificates/*' >/dev/null; then
    cp -rL /usr/local/share/ca-certificates "$1/usr/local/share/"
    chroot "$1" update-ca-certificates >/dev/null 2>&1
  fi
}

# Where the machine itself is Debian 12, the root asks the same mirrors.
make_root() {
  local sources=()
  if grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
    mapfile -t sources < <(compgen -G '/etc/apt/sources.list.d/debian.sources'; find /etc/apt/sources.list -size +0 2>/dev/null)
  fi
  # The root is thrown away: dpkg need not wait for the disk.
  mmdebstrap --quiet --variant=apt --dpkgopt=force-unsafe-io --include=ca-certificates,sudo bookworm "$root" "${sources[@]}"
  copy_machine_configuration "$root"
}

mount_in() {
  mount -t proc proc "$1/proc"
  mount --rbind /sys "$1/sys"
  mkdir -p "$1/dev/pts" "$1/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
  mount -t tmpfs tmpfs "$1/dev/shm"
}

# in_root ROOT USER COMMAND…: with the variables that say where registries and certificates are. What stands
# in `enter` runs first, outside.
enter=()
in_root() {
  local where=$1 user=$2 name variables=()
  shift 2
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NODE_EXTRA_CA_CERTS \
    SSL_CERT_FILE SSL_CERT_DIR PIP_INDEX_URL PIP_CERT npm_config_registry; do
    if [ -n "${!name:-}" ]; then variables+=("$name=${!name}"); fi
  done
  "${enter[@]}" chroot "$where" runuser -u "$user" -- env -i "${variables[@]}" LANG=C.UTF-8 USER="$user" \
    HOME="$(chroot "$where" getent passwd "$user" | cut -d: -f6)" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

copy_clone() { # $1: folder
  mkdir -p "$1"
  if [ -n "$plain" ]; then
    git clone --quiet --no-local "$tree" "$1"
  elif git -C "$tree" rev-parse HEAD >/dev/null 2>&1; then
    git -C "$tree" archive HEAD | tar -x -C "$1"
  else
    tar -C "$tree" --exclude=./build --exclude=./out --exclude=./.git -c . | tar -x -C "$1"
  fi
}

step "a minimal Debian 12" make_root
if [ -n "$package" ]; then cp -a "$root" "$second"; fi
mount_in "$root"
if [ -n "$plain" ]; then
  user=root source=/root/boardless build=/root/boardless/build/release report=/root/boardless/out/index.html
  build_argument=()
else
  user=visitor source="/home/visitor/tiny ml/boardless" build="/home/visitor/a build" report="/home/visitor/a build/out/index.html"
  build_argument=("$build")
  chroot "$root" useradd --create-home --shell /bin/bash visitor
  echo 'visitor ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/visitor"
  echo 'Defaults env_keep += "http_proxy https_proxy no_proxy"' >>"$root/etc/sudoers.d/visitor"
fi
copy_clone "$root$source"
if [ -z "$plain" ]; then
  chown -R root:root "$root$source"
  chmod -R a-w "$root$source"
fi
if chroot "$root" sh -c 'command -v git' >/dev/null; then
  echo "check_fresh_root: the root has git, which a fresh one has not" >&2
  exit 1
fi

step "scripts/quickstart.sh" in_root "$root" $user "$source/scripts/quickstart.sh" "${build_argument[@]}"
grep -q '<title>boardless report</title>' "$root$report" || {
  echo "check_fresh_root: there is no report in $report" >&2
  exit 1
}

# Every file of the page looks changed, none is: the bundle must hold, and npm must not be asked.
build_again() {
  local enter=(unshare --net)
  find "$root$source/reports/page" -exec touch {} +
  in_root "$root" $user cmake --build "$build" | tee "$root/tmp/again"
  if grep -q 'Compiling kernel' "$root/tmp/again"; then
    echo "check_fresh_root: what had not changed was built again" >&2
    exit 1
  fi
}
step "the same build again, without network" build_again

# What tests read from outside the project, where this tree has it (tests/CMakeLists.txt), beside the root's.
bring_outside_data() {
  local name
  for name in shared/models sources; do
    if [ ! -d "$tree/../$name" ]; then continue; fi
    mkdir -p "$root$source/../$name"
    mount --bind "$tree/../$name" "$root$source/../$name"
    mount -o remount,bind,ro "$root$source/../$name"
  done
}

make_package() {
  in_root "$root" $user "$source/scripts/install_packages.sh" package
  in_root "$root" $user sh -c 'cd "$1" && cpack -G DEB' cpack "$build"
  cp "$root$build"/boardless_*.deb "$second/tmp/boardless.deb"
}
use_package() {
  mount_in "$second"
  in_root "$second" root sh -ec 'apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/boardless.deb >/dev/null'
  # Away from where it was built, as a user who owns nothing there.
  in_root "$second" nobody sh -ec 'cd /
    boardless --version
    boardless predict kws --target stm32f446re
    boardless targets show nrf52840 | head -3'
  in_root "$second" root sh -ec 'apt-get remove -y -qq boardless >/dev/null
    ! test -e /usr/bin/boardless && ! test -e /usr/share/boardless'
  echo "with the package, the second root has $(du -sm --one-file-system "$second" | cut -f1) MB"
}
if [ -n "$package" ]; then
  step "the .deb" make_package
  step "the .deb installed in a second root, used and removed" use_package
fi
if [ -n "$images" ]; then
  mkdir -p "$images"
  cp "$root$build"/share/boardless/kernels/* "$images"
fi
if [ -n "$run_tests" ]; then
  bring_outside_data
  step "scripts/test.sh" in_root "$root" $user "$source/scripts/test.sh" release "$build" "${components[@]}"
fi

echo
printf '%s\n' "${steps[@]}"
