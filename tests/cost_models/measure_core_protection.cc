// Raises every number of the cores by 1, one at a time, and says which no golden row notices.
//
//   measure_core_protection [CORE …]           every number; exit status 1 when one is unnoticed
//   and
//                                              not listed, or listed and noticed
//   measure_core_protection --record           writes what the model says into rows that are
//   `recorded` measure_core_protection --table            the table and the list of
//   docs/core_timing.md
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"
#include "tests/cost_models/core_numbers.h"

namespace boardless::cost_models {
namespace {

bool report_wrong_rows(const RaisedCore& core) {
  bool wrong = false;
  const CoreModel bundled = load_core_model(core_file(core.file().name()));
  for (const GoldenRow& row : core.rows()) {
    const Cycles is = row.measure(bundled);
    if (is == row.expected) continue;
    wrong = true;
    fmt::print("{}.yaml:{}: {} is {}, the model says {}\n", core.file().name(), row.line, row.what,
               row.expected, is);
  }
  return wrong;
}

// True when all is as listed.
bool measure(const std::string& name) {
  RaisedCore core(name);
  bool right = !report_wrong_rows(core);
  std::map<std::string, std::string> listed = listed_unnoticed(name);
  std::map<RaisedCore::Outcome, std::size_t> outcomes;
  for (const YamlNumber& number : core.file().numbers()) {
    const RaisedCore::Outcome outcome = core.raise(number);
    ++outcomes[outcome];
    const bool unnoticed = outcome == RaisedCore::Outcome::kUnnoticed;
    if (unnoticed != listed.contains(number.name)) {
      right = false;
      fmt::print("targets/cores/{}.yaml:{}: {} {}: {}\n", name, number.line, number.name,
                 number.digits, unnoticed ? "no row notices 1 more" : "is listed and is noticed");
    }
    listed.erase(number.name);
  }
  for (const auto& [number, why] : listed) {
    right = false;
    fmt::print("{}: {} is listed and does not exist\n", name, number);
  }
  const std::size_t numbers = core.file().numbers().size();
  const std::size_t unnoticed = outcomes[RaisedCore::Outcome::kUnnoticed];
  fmt::print("{:14} {:4} rows {:4} numbers {:4} caught {:3} refused {:3} unnoticed {:5.1f} %\n",
             name, core.rows().size(), numbers, outcomes[RaisedCore::Outcome::kCaught],
             outcomes[RaisedCore::Outcome::kRefused], unnoticed,
             100.0 * static_cast<double>(numbers - unnoticed) / static_cast<double>(numbers));
  return right;
}

void record(const std::string& name) {
  const std::filesystem::path file = golden_folder() / "cores" / (name + ".yaml");
  std::string text = text_of(file);
  std::vector<GoldenRow> rows = read_golden_rows(name);
  std::ranges::sort(rows, std::ranges::greater{}, &GoldenRow::position);  // from the end
  const CoreModel core = load_core_model(core_file(name));
  for (const GoldenRow& row : rows) {
    if (!row.recorded) continue;
    const std::size_t digits = text.find_first_not_of("0123456789", row.position) - row.position;
    text.replace(row.position, digits, fmt::format("{}", row.measure(core)));
  }
  write_file(file, text);
}

void write_table(const std::filesystem::path& page) {
  std::string text = text_of(page);
  const std::string begin = "<!-- core protection: begin -->\n",
                    end = "<!-- core protection: end -->";
  const std::size_t from = text.find(begin), to = text.find(end);
  if (from == std::string::npos || to == std::string::npos) {
    throw InputError(fmt::format("{} has no lines '{}' and '{}'", page.string(), begin, end));
  }
  text.replace(from + begin.size(), to - from - begin.size(), protection_table());
  write_file(page, text);
}

int run(std::vector<std::string> arguments) {
  if (arguments.size() == 2 && arguments[0] == "--write") {
    write_table(arguments[1]);
    return 0;
  }
  const bool records = std::erase(arguments, "--record") != 0;
  bool right = true;
  for (const std::string& name : arguments.empty() ? golden_cores() : arguments) {
    if (records) {
      record(name);
    } else {
      right = measure(name) && right;
    }
  }
  return right ? 0 : 1;
}

}  // namespace
}  // namespace boardless::cost_models

int main(int argc, char** argv) {
  try {
    return boardless::cost_models::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "measure_core_protection: {}\n", error.what());
    return 2;
  }
}
