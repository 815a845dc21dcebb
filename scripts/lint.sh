#!/usr/bin/env bash
# Checks the format of every C++ and C file, includes that are forgotten, and clang-tidy over every header.
# Usage: lint.sh [--format | --sources [COMMIT]]   (--format: format and includes alone; --sources: also the .cc files
# that differ from COMMIT, default HEAD; needs clang-format-19, clang-tidy-19 and a build, release or debug)
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BOARDLESS_BUILD_DIR:-build}/release
if [ ! -f "$build/compile_commands.json" ]; then build=${build%release}debug; fi

# Without git (a source package): every file below the folders of the architecture.
list_files() {
  git ls-files -- "$@" 2>/dev/null || find . -path ./build -prune -o -type f -print |
    sed 's|^\./||' | grep -E '\.(cc|h|c)$'
}
mapfile -t files < <(list_files '*.cc' '*.h' '*.c')
clang-format-19 --dry-run --Werror "${files[@]}"
scripts/check_includes.py "${files[@]}"
if [ "${1:-}" = --format ]; then exit 0; fi

# Headers for simulated cores are C for another machine. One translation unit a folder that includes all the
# other headers: each header is parsed once, not once for every file that includes it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mapfile -t folders < <(
  printf '%s\n' "${files[@]}" | grep -E '\.h$' | grep -vE '^(kernels|tests|bench|validation/support)/' |
    xargs -n1 dirname | sort -u)
units=()
for folder in "${folders[@]}"; do
  unit=$work/${folder//\//_}.cc
  printf '%s\n' "${files[@]}" | grep -E "^$folder/[^/]*\.h$" | sed 's|.*|#include "&"|' > "$unit"
  units+=("$unit")
done
# The flags of a file that sees every folder.
python3 - "$build/compile_commands.json" "$work" "${units[@]}" <<'PYTHON'
import json, sys
commands, work, *units = sys.argv[1:]
main = next(c for c in json.load(open(commands)) if c["file"].endswith("/cli/main.cc"))
words, skip = [], False
for word in main["command"].split():
    if skip or word.endswith("/cli/main.cc"):
        skip = False
        continue
    skip = word in ("-o", "-c")
    if not skip: words.append(word)
entries = [{"directory": main["directory"], "file": unit,
            "command": " ".join(words + ["-c", unit])} for unit in units]
json.dump(entries, open(work + "/compile_commands.json", "w"))
PYTHON
printf '%s\n' "${units[@]}" |
  xargs -P "$(nproc)" -n 1 clang-tidy-19 -p "$work" --quiet --config-file=.clang-tidy 2>/dev/null

if [ "${1:-}" = --sources ]; then
  mapfile -t changed < <(
    { git diff --name-only --diff-filter=d "${2:-HEAD}"; git ls-files --others --exclude-standard; } |
      grep -E '\.cc$' | sort -u)
  if [ ${#changed[@]} -gt 0 ]; then clang-tidy-19 -p "$build" --quiet "${changed[@]}"; fi
fi
