// Tables of functions, lines and hot blocks; causes in words.
#include "reports/profile_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cost_models/stall_meaning.h"
#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using profiling::BlockProfile;
using profiling::FunctionProfile;
using profiling::InstructionProfile;
using profiling::LineProfile;
using profiling::Profile;

// A cause of the profile; what a block pauses for, exceptions and sleep, is one of its own.
std::string in_words(const std::string& cause) {
  for (std::size_t i = 0; i < cost_models::kStallCauses; ++i) {
    const auto known = static_cast<cost_models::StallCause>(i);
    if (cause == stall_cause_name(known)) return std::string(stall_cause_meaning(known));
  }
  return cause == "pause" ? "exceptions and sleep" : cause;
}

// The causes but issue, most first: at most `most` of them.
template <class Number>
std::vector<std::pair<std::string, Number>> stalls_of(const std::map<std::string, Number>& causes,
                                                      std::size_t most) {
  std::vector<std::pair<std::string, Number>> stalls;
  for (const auto& cause : causes) {
    if (cause.first != "issue") stalls.push_back(cause);
  }
  std::ranges::stable_sort(stalls, std::ranges::greater{}, [](const auto& s) { return s.second; });
  stalls.resize(std::min(stalls.size(), most));
  return stalls;
}

std::string function_table(const Profile& profile, std::size_t most, const TableView& view) {
  TextTable table({{"function"},
                   {"self", Align::kRight},
                   {"", Align::kRight},
                   {.header = "with calls", .align = Align::kRight, .drop = 2},
                   {.header = "calls", .align = Align::kRight, .drop = 1},
                   {.header = "self per call", .align = Align::kRight, .drop = 3},
                   {.header = "most stalls", .drop = 4}});
  constexpr std::size_t kStalls = 2, kWidth = 40;
  for (std::size_t i = 0; i < std::min(most, profile.functions.size()); ++i) {
    const FunctionProfile& function = profile.functions[i];
    std::string stalls;
    for (const auto& [cause, cycles] : stalls_of(function.causes, kStalls)) {
      stalls += fmt::format("{}{} {}", stalls.empty() ? "" : ", ", in_words(cause),
                            percent(cycles, function.self));
    }
    table.add_row({clipped(function.name, kWidth), fmt::format("{}", function.self),
                   percent(function.self, profile.cycles), fmt::format("{}", function.total),
                   fmt::format("{}", function.calls),
                   function.calls == 0
                       ? ""
                       : fmt::format("{:.1f}", static_cast<double>(function.self) /
                                                   static_cast<double>(function.calls)),
                   stalls});
  }
  return table.render(view, 2);
}

std::string line_table(const Profile& profile, std::size_t most, const TableView& view) {
  TextTable table({{"line"}, {"cycles", Align::kRight}, {"", Align::kRight}});
  for (std::size_t i = 0; i < std::min(most, profile.lines.size()); ++i) {
    const LineProfile& line = profile.lines[i];
    table.add_row({fmt::format("{}:{}", line.file, line.line), fmt::format("{}", line.cycles),
                   percent(line.cycles, profile.cycles)});
  }
  return table.render(view, 2);
}

std::string block_table(const BlockProfile& block, Cycles run_cycles, const TableView& view) {
  const auto executions = static_cast<double>(block.executions);
  std::string text = fmt::format(
      "\n  hot block 0x{:08x} in {}: {} executions, {:.2f} cycles each, {} of all\n", block.address,
      block.function, block.executions, static_cast<double>(block.cycles) / executions,
      percent(block.cycles, run_cycles));
  TextTable table({{"address"},
                   {"instruction"},
                   {"issue", Align::kRight},
                   {"cycles", Align::kRight},
                   {.header = "why", .prose = true}});
  for (const InstructionProfile& row : block.instructions) {
    std::string why;
    for (const auto& [cause, cycles] : stalls_of(row.causes, 2)) {
      why += fmt::format("{}{} {:.2f}", why.empty() ? "" : ", ", in_words(cause), cycles);
    }
    if (row.cycles == 0) why = "issues with the one before";
    table.add_row({fmt::format("0x{:08x}", row.address), row.text, fmt::format("{:.1f}", row.issue),
                   fmt::format("{:.2f}", row.cycles), why});
  }
  text += table.render(view, 4);
  if (block.by_operands > 0) {
    text += fmt::format("    and {:.2f} cycles each that its operands take longer\n",
                        static_cast<double>(block.by_operands) / executions);
  }
  constexpr double kShown = 0.005;  // of a cycle each: less would show as 0.00
  for (const auto& [cause, cycles] : stalls_of(block.memory, block.memory.size())) {
    const double each = static_cast<double>(cycles) / executions;
    if (each >= kShown)
      text += fmt::format("    and {:.2f} cycles each: {}\n", each, in_words(cause));
  }
  return text;
}

std::string memory_table(const Profile& profile, const TableView& view) {
  TextTable table({{"memory"},
                   {"executed", Align::kRight},
                   {"loads", Align::kRight},
                   {"bytes", Align::kRight},
                   {"stores", Align::kRight},
                   {"bytes", Align::kRight},
                   {"fetch waits", Align::kRight},
                   {"data waits", Align::kRight}});
  const auto number = [](std::uint64_t n) { return n == 0 ? "" : fmt::format("{}", n); };
  for (const profiling::MemoryUse& use : profile.memories) {
    table.add_row({use.memory,
                   use.executed_bytes == 0 ? "" : fmt::format("{} B", use.executed_bytes),
                   number(use.loads), number(use.loaded_bytes), number(use.stores),
                   number(use.stored_bytes), number(use.fetch_waits), number(use.data_waits)});
  }
  return table.render(view, 2);
}

}  // namespace

std::string percent(Cycles part, Cycles whole) {
  return fmt::format(
      "{:.1f} %",
      whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string profile_table(const Profile& profile, const ProfileRows& rows, const TableView& view) {
  std::string text;
  if (rows.functions > 0) text += "\n" + function_table(profile, rows.functions, view);
  if (rows.lines > 0 && !profile.lines.empty())
    text += "\n" + line_table(profile, rows.lines, view);
  for (const BlockProfile& block : profile.hot_blocks)
    text += block_table(block, profile.cycles, view);
  if (!profile.memories.empty()) text += "\n" + memory_table(profile, view);
  if (!profile.deepest_path.empty()) {
    text += fmt::format("\n  deepest stack: {} bytes, in", profile.stack_bytes);
    for (const std::string& function : profile.deepest_path) text += "\n    " + function;
    text += "\n";
  }
  if (profile.dropped_events > 0) {
    text += fmt::format("  the trace lacks {} calls and returns at its end: it is full\n",
                        profile.dropped_events);
  }
  for (const std::string& remark : profile.remarks) text += "  " + remark + "\n";
  return text;
}

nlohmann::ordered_json profile_json(const Profile& profile) {
  using Json = nlohmann::ordered_json;
  Json json{{"functions", Json::array()}, {"lines", Json::array()}, {"hot_blocks", Json::array()}};
  for (const FunctionProfile& function : profile.functions) {
    json["functions"].push_back({{"name", function.name},
                                 {"self_cycles", function.self},
                                 {"total_cycles", function.total},
                                 {"calls", function.calls},
                                 {"causes", function.causes}});
  }
  for (const LineProfile& line : profile.lines) {
    json["lines"].push_back({{"file", line.file}, {"line", line.line}, {"cycles", line.cycles}});
  }
  for (const BlockProfile& block : profile.hot_blocks) {
    Json instructions = Json::array();
    for (const InstructionProfile& row : block.instructions) {
      instructions.push_back({{"address", row.address},
                              {"text", row.text},
                              {"issue_cycle", row.issue},
                              {"cycles", row.cycles},
                              {"causes", row.causes}});
    }
    json["hot_blocks"].push_back({{"address", block.address},
                                  {"function", block.function},
                                  {"executions", block.executions},
                                  {"cycles", block.cycles},
                                  {"pipeline_cycles", block.pipeline_cycles},
                                  {"pause_cycles", block.paused},
                                  {"operand_cycles", block.by_operands},
                                  {"memory_causes", block.memory},
                                  {"instructions", instructions}});
  }
  if (!profile.memories.empty()) json["memories"] = Json::array();
  for (const profiling::MemoryUse& use : profile.memories) {
    json["memories"].push_back({{"memory", use.memory},
                                {"executed_bytes", use.executed_bytes},
                                {"loads", use.loads},
                                {"loaded_bytes", use.loaded_bytes},
                                {"stores", use.stores},
                                {"stored_bytes", use.stored_bytes},
                                {"fetch_wait_cycles", use.fetch_waits},
                                {"data_wait_cycles", use.data_waits}});
  }
  json["stack"] = {{"bytes", profile.stack_bytes}, {"path", profile.deepest_path}};
  json["dropped_trace_events"] = profile.dropped_events;
  json["remarks"] = profile.remarks;
  return json;
}

}  // namespace boardless::reports
