// GitLab's two reports.
#include <fmt/format.h>

#include <map>

#include "base/sha256.h"
#include "base/visible_text.h"
#include "gate/check_views.h"
#include "gate/verdict_table.h"
#include "reports/json_text.h"

namespace boardless::gate {
namespace {

using Json = nlohmann::ordered_json;

// The same limit on the same pair keeps it from run to run, whatever its figure.
std::string fingerprint(const Verdict& verdict) {
  const std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", verdict.model, verdict.target,
                                       verdict.options, verdict.scope, verdict.what);
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string label(const std::string& text) {
  std::string result;
  for (const char c : visible(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

// In base units, as OpenMetrics wants it.
struct Metric {
  std::string name;
  double value;
};
Metric metric_of(const FigureRecord& figure, double value) {
  switch (figure.kind) {
    case NumberKind::kTime:
      return {fmt::format("boardless_{}_seconds", figure.name), value / 1e3};
    case NumberKind::kEnergy:
      return {fmt::format("boardless_{}_joules", figure.name), value / 1e6};
    case NumberKind::kBytes:
      return {fmt::format("boardless_{}_bytes", figure.name), value};
    default:
      return {fmt::format("boardless_{}", figure.name), value};
  }
}

}  // namespace

std::string to_code_quality(const CheckResult& result) {
  Json issues = Json::array();
  for (const Verdict& verdict : all_verdicts(result)) {
    if (verdict.holds) continue;
    issues.push_back(
        {{"description", fmt::format("{}: {}", verdict_subject(verdict), verdict_text(verdict))},
         {"check_name", "boardless/" + verdict.what},
         {"fingerprint", fingerprint(verdict)},
         {"severity", verdict.checked ? "major" : "critical"},
         {"location", {{"path", verdict.place.file}, {"lines", {{"begin", verdict.place.line}}}}}});
  }
  return reports::json_text(issues, 2) + '\n';
}

std::string to_metrics(const CheckResult& result) {
  std::map<std::string, std::string> lines;  // by metric
  for (const FigureRecord& figure : figure_records()) {
    for (const CheckedPair& pair : result.pairs) {
      if (!pair.answer.subject) continue;
      const std::optional<double> value = figure.of(pair.answer.subject->figures);
      if (!value) continue;
      const Metric metric = metric_of(figure, *value);
      const std::string options = pair.answer.options.empty()
                                      ? ""
                                      : fmt::format(",options=\"{}\"", label(pair.answer.options));
      lines[metric.name] +=
          fmt::format("{}{{model=\"{}\",target=\"{}\"{}}} {}\n", metric.name,
                      label(pair.answer.model), label(pair.answer.target), options, metric.value);
    }
  }
  std::string text;
  for (const auto& [metric, samples] : lines) {
    text += fmt::format("# TYPE {} gauge\n{}", metric, samples);
  }
  return text + "# EOF\n";
}

}  // namespace boardless::gate
