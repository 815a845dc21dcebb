// A small reader of CSV (RFC 4180): one header, quoted cells, no line breaks within them.
#include "exploration/scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "base/data_files.h"
#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "exploration/model_choice.h"

namespace boardless::exploration {
namespace {

using Cells = std::vector<std::string>;

Cells cells_of(const std::string& line, const std::string& place) {
  Cells cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  if (quoted) throw InputError(fmt::format("{}: a cell's second quote is missing", place));
  return cells;
}

std::size_t column(const Cells& header, const std::string& name, const std::string& place) {
  const auto found = std::ranges::find(header, name);
  if (found == header.end()) {
    throw InputError(
        fmt::format("{}: no column is called '{}'{}", place, name, did_you_mean(name, header)));
  }
  return static_cast<std::size_t>(found - header.begin());
}

}  // namespace

void add_scores(const ScoreFile& file, std::vector<ModelChoice>& models) {
  const std::vector<std::uint8_t> bytes = read_file(file.file, kMostTextBytes);
  std::istringstream lines(std::string(bytes.begin(), bytes.end()));
  std::map<std::string, double> scores;
  Cells header;
  std::size_t model_column = 0, score_column = 0;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const std::string place = fmt::format("{}:{}", file.file, number);
    const Cells cells = cells_of(line, place);
    if (header.empty()) {
      header = cells;
      model_column = column(header, "model", place);
      score_column = column(header, file.name, place);
      continue;
    }
    if (cells.size() <= std::max(model_column, score_column)) {
      throw InputError(fmt::format("{}: has {} cells where the header has {}", place, cells.size(),
                                   header.size()));
    }
    const auto score = read_number(cells[score_column], RealForm{});
    if (!score) throw InputError(fmt::format("{}: {}", place, score.refusal()));
    if (!scores.emplace(cells[model_column], *score).second) {
      throw InputError(fmt::format("{}: {} has two rows", place, visible(cells[model_column])));
    }
  }
  if (header.empty()) throw InputError(fmt::format("{}: is empty; it has no header", file.file));
  for (ModelChoice& model : models) {
    auto found = scores.find(model.argument);
    if (found == scores.end() && model.is_file) found = scores.find(model.network);
    if (found != scores.end()) model.scores[file.name] = found->second;
  }
}

}  // namespace boardless::exploration
