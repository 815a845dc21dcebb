// Walks a store's rows.
#include "exploration/store_views.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/version.h"
#include "exploration/figures.h"
#include "reports/csv_text.h"
#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/text_table.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;
using reports::Align;
using store::StoredResult;

constexpr char kSchema[] = "boardless.store/1";
constexpr std::size_t kShortKey = 12;

std::optional<Figures> figures_in(const StoredResult& result) {
  if (result.figures.empty()) return std::nullopt;
  return read_figures(result.figures);
}

}  // namespace

std::string store_table(store::ResultStore& store, const reports::TableView& view) {
  reports::TextTable table(
      {{.header = "key"},
       {.header = "model"},
       {.header = "target"},
       {.header = "MHz", .align = Align::kRight, .key = "clock_mhz"},
       {.header = "options", .drop = 3},
       {.header = "latency\nms", .align = Align::kRight, .key = "latency_ms"},
       {.header = "energy\nuJ", .align = Align::kRight, .key = "energy_uj", .drop = 2},
       {.header = "answer", .drop = 1},
       {.header = "KiB", .align = Align::kRight, .drop = 5},
       {.header = "version", .drop = 4}});
  std::uint64_t rows = 0, bytes = 0;
  store.for_each([&](const StoredResult& result, std::uint64_t document_bytes) {
    const std::optional<Figures> figures = figures_in(result);
    const std::uint64_t row_bytes = document_bytes + result.figures.size();
    ++rows;
    bytes += row_bytes;
    table.add_row({result.key.substr(0, kShortKey), result.model, result.target,
                   fmt::format("{:g}", result.clock_hz / 1e6), result.options,
                   figures ? reports::four_digits(figures->latency_ms) : "-",
                   figures ? reports::four_digits(figures->energy_uj) : "-", result.answer,
                   reports::kibibytes(row_bytes), result.version});
  });
  if (rows == 0) return "No results.\n";
  return table.render(view) + fmt::format("\n{} result{}, {} KiB\n", reports::with_commas(rows),
                                          rows == 1 ? "" : "s", reports::kibibytes(bytes));
}

std::string store_json(store::ResultStore& store) {
  Json results = Json::array();
  store.for_each([&](const StoredResult& result, std::uint64_t) {
    const std::optional<std::string> document = store.document(result.key);
    if (!document) return;
    results.push_back({{"key", result.key},
                       {"version", result.version},
                       {"model", result.model},
                       {"target", result.target},
                       {"clock_hz", result.clock_hz},
                       {"options", result.options},
                       {"answer", result.answer},
                       {"reason", result.reason},
                       {"document", Json::parse(*document)}});
  });
  const Json json = {{"schema", kSchema}, {"version", version()}, {"results", std::move(results)}};
  return reports::json_text(json, 2) + '\n';
}

std::string store_csv(store::ResultStore& store) {
  std::string text = reports::csv_line({"key", "version", "model", "target", "clock_hz", "options",
                                        "answer", "reason", "kernels", "latency_ms", "energy_uj",
                                        "cycles", "sram_bytes", "flash_bytes", "fits"});
  store.for_each([&](const StoredResult& result, std::uint64_t) {
    const std::optional<Figures> f = figures_in(result);
    std::vector<std::string> cells{result.key,
                                   result.version,
                                   result.model,
                                   result.target,
                                   fmt::format("{}", result.clock_hz),
                                   result.options,
                                   result.answer,
                                   result.reason};
    if (f) {
      for (std::string& cell : std::vector<std::string>{
               f->kernels, fmt::format("{}", f->latency_ms), fmt::format("{}", f->energy_uj),
               fmt::format("{}", f->cycles), fmt::format("{}", f->sram_bytes),
               fmt::format("{}", f->flash_bytes), f->fits ? "true" : "false"}) {
        cells.push_back(std::move(cell));
      }
    } else {
      cells.resize(cells.size() + 7);
    }
    text += reports::csv_line(cells);
  });
  return text;
}

}  // namespace boardless::exploration
