#!/usr/bin/env bash
# Checks format and clang-tidy of the C++ files that differ from a commit.
# Usage: lint.sh [COMMIT]   (default: HEAD; needs clang-format-19, clang-tidy-19, a release build)
set -euo pipefail
cd "$(dirname "$0")/.."
base=${1:-HEAD}

mapfile -t changed < <(
  { git diff --name-only --diff-filter=d "$base"; git ls-files --others --exclude-standard; } |
    grep -E '\.(cc|h|c)$' | sort -u)
if [ ${#changed[@]} -eq 0 ]; then echo "nothing changed since $base"; exit 0; fi

clang-format-19 --dry-run --Werror "${changed[@]}"
mapfile -t sources < <(printf '%s\n' "${changed[@]}" | grep -E '\.cc$' || true)
if [ ${#sources[@]} -gt 0 ]; then clang-tidy-19 -p build/release --quiet "${sources[@]}"; fi
