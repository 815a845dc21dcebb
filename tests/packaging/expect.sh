# For the scripts beside: a scratch folder, and what fails.
set -uo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}
# expect_line WHAT TEXT LINE: one of TEXT's lines is LINE.
expect_line() { grep -qxF -- "$3" <<<"$2" || fail "$1: no line '$3' in: $2"; }
expect_no_line() { if grep -qxF -- "$3" <<<"$2"; then fail "$1: there is a line '$3'"; fi; }
expect_same() { [ "$2" == "$3" ] || fail "$1: '$2' is not '$3'"; }
finish() { [ "$failures" -eq 0 ] || exit 1; }
needs() {
  echo "needs $1: it is not there"
  exit 77
}
