// JUnit XML, without times and dates: the same result gives the same bytes.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/visible_text.h"
#include "gate/check_views.h"
#include "gate/verdict_table.h"
#include "reports/page.h"

namespace boardless::gate {
namespace {

// Control characters, which XML does not have, are written out by visible().
std::string escaped(const std::string& text) { return reports::html_escaped(visible(text)); }

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
  void add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
  }
  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", tests, failures, errors);
  }
};

// What was not checked is an error, not a failure.
std::string test_case(const Verdict& verdict, Counts& counts) {
  ++counts.tests;
  const std::string scope = verdict.scope.empty() ? "" : verdict.scope + ": ";
  std::string text = fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\"", escaped(verdict.model + "." + verdict.target),
      escaped(fmt::format("{}{} {}{}{}", scope, verdict.what, verdict.limit,
                          verdict.options.empty() ? "" : ", ", verdict.options)));
  if (verdict.holds) return text + "/>\n";
  ++(verdict.checked ? counts.failures : counts.errors);
  const char* kind = verdict.checked ? "failure" : "error";
  return text + fmt::format(
                    ">\n      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n    </testcase>\n", kind,
                    escaped(verdict.what), escaped(verdict_text(verdict)),
                    escaped(fmt::format("{}: {}", verdict.place.text(), verdict_subject(verdict))));
}

}  // namespace

std::string to_junit(const CheckResult& result) {
  std::map<std::size_t, std::pair<Counts, std::string>> suites;  // by entry
  for (const CheckedPair& pair : result.pairs) {
    auto& [counts, cases] = suites[pair.answer.entry];
    for (const Verdict& verdict : pair.verdicts) cases += test_case(verdict, counts);
  }
  Counts all;
  std::string text;
  for (const auto& [entry, suite] : suites) {
    all.add(suite.first);
    text += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n",
                        escaped(fmt::format("{} entry {}", result.budget, entry)),
                        suite.first.attributes(), suite.second);
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"boardless\" {}>\n"
      "{}</testsuites>\n",
      all.attributes(), text);
}

}  // namespace boardless::gate
