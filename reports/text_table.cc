// Chooses, sorts and prints the cells of a TextTable.
#include "reports/text_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/suggest.h"
#include "reports/table_layout.h"

namespace boardless::reports {
namespace {

constexpr char kAll[] = "all";

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string key_of(const std::string& header) {
  std::string key;
  bool gap = false;
  for (const char c : header) {
    if (!is_word_character(c)) {
      gap = true;
      continue;
    }
    if (gap && !key.empty()) key += '_';
    gap = false;
    key += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return key;
}

// The number a cell begins with, behind a mark: "~1,234.5/256" is 1234.5.
std::optional<double> number_in(const std::string& cell) {
  std::string digits;
  for (const char c : cell) {
    if (digits.empty() && (c == '~' || c == '<' || c == '+')) continue;
    if (c == ',') continue;
    if (c != '.' && c != '-' && !(c >= '0' && c <= '9')) break;
    digits += c;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

void refuse(const std::string& option, const std::string& word,
            const std::vector<std::string>& known) {
  throw InputError(fmt::format("{} {}: no such column{}; there are {}", option, word,
                               did_you_mean(word, known), fmt::join(known, ", ")));
}

void check_keys(const TableView& view, const std::vector<std::string>& known) {
  for (const std::string& word : view.columns) {
    if (word == kAll && view.columns.size() == 1) continue;
    if (std::ranges::find(known, word) == known.end()) refuse("--columns", word, known);
  }
  if (view.sort.empty()) return;
  const std::string sort = view.sort.substr(view.sort.front() == '-' ? 1 : 0);
  if (std::ranges::find(known, sort) == known.end()) refuse("--sort", sort, known);
}

// Cells without a value come last, whatever the direction.
void sort_rows(TableRows& rows, std::size_t column, bool numeric, bool descending) {
  const auto lacks = [&](const auto& row) {
    return numeric ? !number_in(row[column]) : row[column].empty() || row[column] == "-";
  };
  const auto before = [&](const auto& a, const auto& b) {
    return numeric ? *number_in(a[column]) < *number_in(b[column]) : a[column] < b[column];
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    if (lacks(a) || lacks(b)) return !lacks(a) && lacks(b);
    return descending ? before(b, a) : before(a, b);
  });
}

// Lines of words, each at most `width` where its words are.
std::string wrapped(const std::string& text, std::size_t width, const std::string& margin) {
  std::istringstream words(text);
  std::string lines, line;
  for (std::string word; words >> word;) {
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines += margin + line + '\n';
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return lines + margin + line + '\n';
}

}  // namespace

TextTable::TextTable(std::vector<TextColumn> columns) : columns_(std::move(columns)) {
  check(!columns_.empty(), "a text table has at least one column");
  for (TextColumn& column : columns_) {
    if (column.key.empty()) column.key = key_of(column.header);
  }
}

void TextTable::add_row(std::vector<std::string> cells) {
  check(cells.size() <= columns_.size(), "a text table's row has no more cells than columns");
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

void TextTable::add_rule() { rows_.emplace_back(); }

std::vector<std::string> TextTable::keys() const {
  std::vector<std::string> keys;
  for (const TextColumn& column : columns_) {
    if (!column.key.empty()) keys.push_back(column.key);
  }
  return keys;
}

std::vector<std::size_t> TextTable::columns_of(const TableView& view) const {
  std::vector<std::size_t> chosen;
  const bool all = view.columns.size() == 1 && view.columns.front() == kAll;
  if (view.columns.empty() || all) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (all || !columns_[c].on_request) chosen.push_back(c);
    }
    return chosen;
  }
  for (const std::string& key : view.columns) {
    const auto found = std::ranges::find(columns_, key, &TextColumn::key);
    if (found != columns_.end())
      chosen.push_back(static_cast<std::size_t>(found - columns_.begin()));
  }
  return chosen;
}

TableRows TextTable::rows_of(const TableView& view, std::string& remark) const {
  const auto rule = std::ranges::find_if(rows_, [](const auto& row) { return row.empty(); });
  TableRows rows(rows_.begin(), rule);
  if (!view.sort.empty()) {
    const bool descending = view.sort.front() == '-';
    const auto column =
        std::ranges::find(columns_, view.sort.substr(descending ? 1 : 0), &TextColumn::key);
    if (column != columns_.end()) {
      sort_rows(rows, static_cast<std::size_t>(column - columns_.begin()),
                column->align == Align::kRight, descending);
    }
  }
  if (view.top != 0 && view.top < rows.size()) {
    remark = fmt::format("{} of {} rows (--top)", view.top, rows.size());
    rows.resize(view.top);
  }
  rows.insert(rows.end(), rule, rows_.end());
  return rows;
}

void TextTable::require_columns(const TableView& view) const { check_keys(view, keys()); }

std::string TextTable::render(const TableView& view, int indent) const {
  require_columns(view);
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string remark;
  TableRows rows = rows_of(view, remark);
  const std::size_t room = view.width > margin.size() ? view.width - margin.size() : 1;
  const TableLayout layout =
      lay_out(columns_, rows, columns_of(view), view.columns.empty(), view.width == 0 ? 0 : room);
  std::string out;
  const auto emit = [&](const std::vector<std::string>& cells) {
    std::string line = margin;
    for (std::size_t i = 0; i < layout.columns.size(); ++i) {
      const std::string& cell = cells[layout.columns[i]];
      const bool right = columns_[layout.columns[i]].align == Align::kRight;
      if (i > 0) line.append(kColumnGap, ' ');
      const std::size_t padding = layout.widths[i] - display_width(cell);
      if (right) line.append(padding, ' ');
      line += cell;
      if (!right) line.append(padding, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  };
  std::vector<std::string> rule(columns_.size());
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    rule[layout.columns[i]].assign(layout.widths[i], '-');
  }
  for (const auto& row : header_rows(columns_)) emit(row);
  emit(rule);
  for (const auto& row : rows) emit(row.empty() ? rule : row);
  if (!remark.empty()) out += margin + remark + '\n';
  if (!layout.dropped.empty()) {
    std::vector<std::string> left_out;
    for (const std::size_t c : layout.dropped) left_out.push_back(columns_[c].key);
    out += wrapped(fmt::format("left out for lack of room: {}{}", fmt::join(left_out, ", "),
                               view.has_options ? "; --columns KEY,... shows what it names" : ""),
                   room, margin);
  }
  return out;
}

std::string render_tables(std::span<const TextTable* const> tables, const TableView& view) {
  std::vector<std::string> known;
  for (const TextTable* table : tables) {
    for (std::string& key : table->keys()) {
      if (std::ranges::find(known, key) == known.end()) known.push_back(std::move(key));
    }
  }
  check_keys(view, known);
  std::string text;
  for (const TextTable* table : tables) {
    const std::vector<std::string> has = table->keys();
    const auto holds = [&](const std::string& key) {
      return key == kAll || std::ranges::find(has, key) != has.end();
    };
    TableView own = view;
    std::erase_if(own.columns, [&](const std::string& key) { return !holds(key); });
    if (own.columns.empty() && !view.columns.empty()) continue;
    if (!own.sort.empty() && !holds(own.sort.substr(own.sort.front() == '-' ? 1 : 0))) {
      own.sort.clear();
    }
    if (!text.empty()) text += '\n';
    text += table->render(own);
  }
  return text;
}

}  // namespace boardless::reports
