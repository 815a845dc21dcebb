#!/usr/bin/env bash
# Writes boardless-VERSION.tar.xz: the last commit's files and the bundled report page, so that it builds
# without Node.js and without npm's network.
#
#   scripts/make_source_archive.sh [BUILD_FOLDER]         (default: build/release)
set -euo pipefail
build=$(realpath "${1:-$(dirname "$0")/../build/release}")
cd "$(dirname "$0")/.."

cmake --build "$build" --target boardless_page_template >/dev/null
version=$(git describe --always --exclude='*' --abbrev=7)
name=boardless-$(sed -n 's/^project(boardless VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)+g$version
git archive --format=tar --prefix="$name/reports/page/" --add-file="$build/reports/page_template.cc" \
  --prefix="$name/" HEAD | xz -T0 >"$name.tar.xz"
echo "$name.tar.xz"
