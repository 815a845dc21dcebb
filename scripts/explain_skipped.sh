#!/usr/bin/env bash
# Says in one line how many tests of a ctest run were skipped, for want of what, and how to get it.
# Usage: explain_skipped.sh JUNIT_FILE   (what ctest --output-junit wrote)
#
# A test that lacks something prints "needs WHAT: …" when it skips (tests/outside_data.h); one that skips for
# another reason is counted under its own words.
set -euo pipefail
awk '
  /<testcase / { ++tests; skipped = 0; reason = "" }
  /<skipped / { skipped = 1 }
  { sub(/^[ \t]*<system-out>/, "") }
  # GoogleTest prints the reason below this line.
  is_reason { reason = $0; is_reason = 0 }
  /: Skipped$/ { is_reason = 1 }
  /^(needs [^:]*|skipped): / { reason = $0 }
  /<\/testcase>/ && skipped {
    ++all
    if (match(reason, /^needs [^:]*/)) reason = substr(reason, 7, RLENGTH - 6)
    if (reason == "") reason = "what they do not name"
    if (reason ~ /^(models|CMSIS-NN|Embench|firmware|vixl)$/) outside = 1
    if (!(reason in count)) order[++kinds] = reason
    ++count[reason]
  }
  END {
    if (all == 0) { print "skipped: none of " tests " tests"; exit }
    line = "skipped: " all " of " tests " tests, for want of"
    for (i = 1; i <= kinds; ++i) line = line (i > 1 ? ", " : " ") order[i] " (" count[order[i]] ")"
    print line (outside ? "; scripts/fetch_test_data.sh brings models and sources" : "")
  }' "$1"
