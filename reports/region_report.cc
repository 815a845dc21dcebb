// Table and JSON of regions.
#include "reports/region_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using profiling::RegionBin;
using profiling::RegionTimes;

// A block for each bin, as high as it has passes.
std::string bars(const std::vector<RegionBin>& histogram) {
  constexpr std::array<std::string_view, 8> kHeights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::uint64_t most = std::ranges::max(histogram, {}, &RegionBin::passes).passes;
  std::string text;
  for (const RegionBin& bin : histogram) {
    text += bin.passes == 0 ? " " : kHeights.at((bin.passes * kHeights.size() - 1) / most);
  }
  return text;
}

std::string median_text(double median) {
  const bool is_whole = median == static_cast<double>(static_cast<Cycles>(median));
  return is_whole ? fmt::format("{:.0f}", median) : fmt::format("{:.1f}", median);
}

}  // namespace

std::string region_table(std::span<const RegionTimes> regions, double clock_hz,
                         const TableView& view) {
  TextTable table({{"region"},
                   {"passes", Align::kRight},
                   {"min", Align::kRight},
                   {"median", Align::kRight},
                   {"max", Align::kRight},
                   {.header = "max ms", .align = Align::kRight, .drop = 2},
                   {.header = "all", .align = Align::kRight, .drop = 3},
                   {.header = "passes by cycles", .drop = 4},
                   {.header = "", .key = "remark", .drop = 1}});
  constexpr std::size_t kWidth = 40;
  for (const RegionTimes& region : regions) {
    const std::string name = clipped(region.name, kWidth);
    const char* remark = region.is_open ? "the run ended within it" : "";
    if (region.passes == 0) {
      table.add_row({name, "0", "", "", "", "", "", "", *remark != 0 ? remark : "never entered"});
      continue;
    }
    table.add_row({name, fmt::format("{}", region.passes), fmt::format("{}", region.least),
                   median_text(region.median), fmt::format("{}", region.most),
                   fmt::format("{:.4f}", static_cast<double>(region.most) / clock_hz * 1e3),
                   fmt::format("{}", region.total), bars(region.histogram), remark});
  }
  return "\n" + table.render(view, 2);
}

nlohmann::ordered_json region_json(const RegionTimes& region) {
  nlohmann::ordered_json json{{"name", region.name}, {"passes", region.passes}};
  if (region.passes != 0) {
    json["min_cycles"] = region.least;
    json["median_cycles"] = region.median;
    json["max_cycles"] = region.most;
    json["total_cycles"] = region.total;
    json["histogram"] = nlohmann::ordered_json::array();
    for (const RegionBin& bin : region.histogram) {
      json["histogram"].push_back(
          {{"min_cycles", bin.least}, {"max_cycles", bin.most}, {"passes", bin.passes}});
    }
  }
  json["is_open"] = region.is_open;
  return json;
}

}  // namespace boardless::reports
