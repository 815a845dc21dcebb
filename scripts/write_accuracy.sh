#!/usr/bin/env bash
# Puts the table of docs/validation.json, and that of accelerators, into docs/accuracy.md between their marks.
#
#   scripts/write_accuracy.sh [BUILD_FOLDER]         (default: build/release)
#
# To record a run first: boardless validate --sources DIR --format json -o docs/validation.json
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
page=docs/accuracy.md
new=$(mktemp "$page.XXXXXX")
trap 'rm -f "$new" "$new.table"' EXIT

# put_table SECTION: what is in $new.table goes between the section's marks.
put_table() {
  awk -v table="$new.table" -v begin="<!-- $1: begin -->" -v end="<!-- $1: end -->" '
    $0 == end { inside = 0 }
    !inside { print }
    $0 == begin { while ((getline line < table) > 0) print line; inside = 1; found = 1 }
    END { exit !found }' "$page" >"$new" || {
    echo "write_accuracy: $page has no line '<!-- $1: begin -->'" >&2
    exit 2
  }
  chmod --reference="$page" "$new"
  mv "$new" "$page"
}

"$build/bin/boardless" validate --record docs/validation.json --format markdown -o "$new.table"
put_table validation
"$build/bin/boardless" validate --accelerators --format markdown -o "$new.table"
put_table accelerators
