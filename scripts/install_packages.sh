#!/usr/bin/env bash
# Installs the Debian packages boardless is built with. Usage: install_packages.sh build|package|test
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(
  g++ cmake ninja-build pkg-config
  llvm-19-dev libeigen3-dev libyaml-cpp-dev libflatbuffers-dev flatbuffers-compiler
  libcli11-dev libfmt-dev nlohmann-json3-dev libseccomp-dev libsqlite3-dev libboost-random-dev
  gcc-arm-none-eabi libnewlib-arm-none-eabi
  gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf
  clang-19
)
package_packages=(dpkg-dev file)
test_packages=(
  libgtest-dev libgmock-dev libbenchmark-dev libunicorn-dev
  libclang-rt-19-dev lld-19
  qemu-system-arm qemu-system-misc
  chromium
  groff-base zsh fish libxml2-utils
  clang-format-19 clang-tidy-19 python3
  python3-dev pybind11-dev python3-pytest python3-numpy python3-pandas
  slurmctld slurmd slurm-client munge
)

case "${1:-build}" in
  build) packages=("${build_packages[@]}") ;;
  package) packages=("${build_packages[@]}" "${package_packages[@]}") ;;
  test) packages=("${build_packages[@]}" "${package_packages[@]}" "${test_packages[@]}") ;;
  *) echo "usage: $0 build|package|test" >&2; exit 2 ;;
esac
# The report page is bundled with Node.js; one that is already there is used. A source package holds the
# bundle, and only the tests need Node.js then.
if [ "${1:-build}" = test ] || [ ! -f reports/page/page_template.cc ]; then
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "$0: not root, and there is no sudo; as root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 2
  }
  as_root=(sudo)
fi
echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
# Set behind sudo, which passes no variables on.
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  "${missing[@]}" >/dev/null
