// Folded stacks and trace events.
#include "profiling/viewer_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "base/visible_text.h"

namespace boardless::profiling {

std::string folded_stacks(const CallTree& tree, const CodeMap& code) {
  std::vector<std::uint32_t> nodes(tree.size() - 1);
  std::iota(nodes.begin(), nodes.end(), 1U);
  const auto self = [&](std::uint32_t node) { return tree[node].self; };
  std::ranges::stable_sort(nodes, std::ranges::greater{}, self);
  std::vector<std::string> lines;
  std::size_t bytes = 0;
  Cycles left_out = 0;
  for (const std::uint32_t node : nodes) {
    if (tree[node].self == 0) break;
    if (bytes > kMostFoldedBytes) {
      left_out += tree[node].self;
      continue;
    }
    std::string line;
    for (const std::uint32_t function : tree.path(node)) {
      std::string name = code.name(function);
      std::ranges::replace(name, ';', ':');  // the separator
      line += (line.empty() ? "" : ";") + name;
    }
    lines.push_back(fmt::format("{} {}\n", line, tree[node].self));
    bytes += lines.back().size();
  }
  if (left_out != 0) lines.push_back(fmt::format("(paths left out) {}\n", left_out));
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

std::string chrome_trace(std::span<const CallEvent> events, const CodeMap& code, double clock_hz,
                         const std::string& process) {
  std::string text = fmt::format(
      "{{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
      "{{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":1,\"tid\":1,\"args\":{{\"name\":{}}}}}",
      nlohmann::json(process).dump());
  std::vector<std::string> names(code.functions());  // as JSON
  for (const CallEvent& event : events) {
    std::string& name = names[event.function];
    if (name.empty()) {
      name = nlohmann::json(visible(code.name(event.function), {}, kMostTraceNameBytes)).dump();
    }
    fmt::format_to(std::back_inserter(text),
                   ",\n{{\"name\":{},\"ph\":\"{}\",\"pid\":1,\"tid\":1,\"ts\":{:.4f}}}", name,
                   event.enters ? 'B' : 'E', static_cast<double>(event.at) * 1e6 / clock_hz);
  }
  return text + "\n]}\n";
}

}  // namespace boardless::profiling
