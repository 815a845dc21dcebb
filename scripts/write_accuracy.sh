#!/usr/bin/env bash
# Puts the table of docs/validation.json into docs/accuracy.md, between the two marks there.
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

"$build/bin/boardless" validate --record docs/validation.json --format markdown -o "$new.table"
awk -v table="$new.table" '
  /^<!-- validation: end -->$/ { inside = 0 }
  !inside { print }
  /^<!-- validation: begin -->$/ { while ((getline line < table) > 0) print line; inside = 1; found = 1 }
  END { exit !found }' "$page" >"$new" || {
  echo "write_accuracy: $page has no line '<!-- validation: begin -->'" >&2
  exit 2
}
chmod --reference="$page" "$new"
mv "$new" "$page"
