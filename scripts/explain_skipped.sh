#!/usr/bin/env bash
# Says in one line how many tests of a ctest run were skipped, for want of what, and how to get it.
# Usage: explain_skipped.sh LastTest.log
#
# A test that lacks something prints "needs WHAT: …" when it skips (tests/outside_data.h); where it skips
# for another reason, the reason is counted under its own words.
set -euo pipefail
awk '
  # One test in ctest s log begins with "12/345 Testing: NAME"; GoogleTest says why below "Skipped".
  /^[0-9]+\/[0-9]+ Testing: / { reason = "" }
  is_next { reason = $0; is_next = 0 }
  /: Skipped$/ { is_next = 1 }
  /^needs [^:]*: / { reason = $0 }
  /^Test Skipped\.$|^Test Not Run\.?$/ || (/^\[  SKIPPED \] [0-9]+ test/ && 0) { skipped() }
  function skipped() {
    ++all
    if (match(reason, /^needs [^:]*/)) {
      what = substr(reason, 7, RLENGTH - 6)
    } else {
      what = reason == "" ? "something they do not name" : "other: " reason
    }
    if (!(what in count)) order[++kinds] = what
    ++count[what]
    reason = ""
  }
  END {
    if (all == 0) { print "skipped: nothing"; exit }
    line = sprintf("skipped: %d;", all)
    for (i = 1; i <= kinds; ++i) {
      line = line sprintf("%s %d %s", i > 1 ? "," : "", count[order[i]], order[i])
      if (order[i] ~ /^(models|CMSIS-NN|Embench|firmware)$/) outside = 1
    }
    print line (outside ? " (scripts/fetch_test_data.sh brings models and sources)" : "")
  }' "$1"
