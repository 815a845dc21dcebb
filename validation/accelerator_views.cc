// Accelerators' points as people read them.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/csv_text.h"
#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/text_table.h"
#include "validation/accelerator_points.h"

namespace boardless::validation {
namespace {

using Basis = AcceleratorPoint::Basis;

const char* basis_text(Basis basis) {
  switch (basis) {
    case Basis::kMeasured:
      return "measured";
    case Basis::kCalibrated:
      return "calibrated";
    case Basis::kBound:
      return "bound";
    case Basis::kContext:
      return "context";
  }
  return "";
}

std::string figure(const AcceleratorPoint& point, double value) {
  if (point.metric.ends_with("_bytes")) {
    return reports::with_commas(static_cast<std::uint64_t>(std::llround(value)));
  }
  return reports::four_digits(value);
}

std::string target_text(const AcceleratorPoint& point) {
  return point.link.empty() ? point.target : fmt::format("{}, {}", point.target, point.link);
}

std::string summary_lines(const std::vector<AcceleratorPoint>& points) {
  std::string text;
  const auto add = [&](const std::string& metric, const std::string& what) {
    const auto summary = measured_errors(points, metric);
    if (!summary) return;
    text += fmt::format("{}: {} points, median error {:.1f} %, worst {:.1f} % ({})\n", what,
                        summary->rows, summary->median_percent, summary->worst_percent,
                        summary->worst_program);
  };
  add("", "Held out");
  for (const std::string& metric : accelerator_metrics()) add(metric, metric);
  return text;
}

}  // namespace

std::string to_table(const std::vector<AcceleratorPoint>& points, const reports::TableView& view) {
  using reports::Align;
  reports::TextTable table({{"point"},
                            {"network"},
                            {"target"},
                            {"metric"},
                            {"predicted", Align::kRight},
                            {"published", Align::kRight},
                            {"error\n%", Align::kRight, "error_percent"},
                            {.header = "basis", .drop = 1},
                            {.header = "note", .on_request = true, .prose = true}});
  for (const AcceleratorPoint& point : points) {
    table.add_row({point.id, point.network, target_text(point), point.metric,
                   figure(point, point.predicted), figure(point, point.published),
                   fmt::format("{:+.1f}", point.error_percent()), basis_text(point.basis),
                   point.note});
  }
  return table.render(view) + '\n' + summary_lines(points);
}

std::string to_markdown(const std::vector<AcceleratorPoint>& points) {
  std::string text =
      "| point | network | target | metric | predicted | published | error | basis | note |\n"
      "|---|---|---|---|---:|---:|---:|---|---|\n";
  for (const AcceleratorPoint& point : points) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {:+.1f} % | {} | {} |\n", point.id,
                        point.network, target_text(point), point.metric,
                        figure(point, point.predicted), figure(point, point.published),
                        point.error_percent(), basis_text(point.basis), point.note);
  }
  std::string summary = summary_lines(points);
  for (std::size_t at = 0; (at = summary.find('\n', at)) != std::string::npos; at += 2) {
    summary.insert(at, 1, '\n');
  }
  summary.pop_back();
  return text + '\n' + summary;
}

std::string to_csv(const std::vector<AcceleratorPoint>& points) {
  std::string text =
      "point,network,target,link,metric,predicted,published,error_percent,basis,note\r\n";
  for (const AcceleratorPoint& point : points) {
    text += reports::csv_line(
        {point.id, point.network, point.target, point.link, point.metric,
         fmt::format("{}", point.predicted), fmt::format("{}", point.published),
         fmt::format("{:.2f}", point.error_percent()), basis_text(point.basis), point.note});
  }
  return text;
}

std::string to_json(const std::vector<AcceleratorPoint>& points, const std::string& version) {
  nlohmann::ordered_json json{{"schema", "boardless.accelerator_validation/1"},
                              {"version", version}};
  const auto summary = measured_errors(points, "");
  json["summary"] = nullptr;
  if (summary) {
    json["summary"] = {{"points", summary->rows},
                       {"median_absolute_error_percent", summary->median_percent},
                       {"worst_absolute_error_percent", summary->worst_percent},
                       {"worst_point", summary->worst_program}};
  }
  auto& rows = json["points"] = nlohmann::ordered_json::array();
  for (const AcceleratorPoint& point : points) {
    rows.push_back({{"point", point.id},
                    {"network", point.network},
                    {"target", point.target},
                    {"link", point.link},
                    {"metric", point.metric},
                    {"predicted", point.predicted},
                    {"published", point.published},
                    {"error_percent", point.error_percent()},
                    {"basis", basis_text(point.basis)},
                    {"note", point.note}});
  }
  return reports::json_text(json, 1) + '\n';
}

}  // namespace boardless::validation
