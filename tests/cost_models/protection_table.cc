// The table and the list of docs/core_timing.md: numbers by core, and which of them no row notices.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tests/cost_models/core_numbers.h"

namespace boardless::cost_models {

std::string protection_table() {
  std::string table =
      "| core | golden rows | of these recorded | numbers | noticed | share |\n"
      "|---|---|---|---|---|---|\n";
  const std::vector<Unnoticed> listed = listed_unnoticed();
  std::size_t all_rows = 0, all_recorded = 0, all_numbers = 0;
  const auto line = [&](const std::string& name, std::size_t rows, std::size_t recorded,
                        std::size_t numbers, std::size_t unnoticed) {
    table += fmt::format(
        "| {} | {} | {} | {} | {} | {:.1f} % |\n", name, rows, recorded, numbers,
        numbers - unnoticed,
        100.0 * static_cast<double>(numbers - unnoticed) / static_cast<double>(numbers));
  };
  for (const std::string& name : golden_cores()) {
    const std::vector<GoldenRow> rows = read_golden_rows(name);
    const auto recorded = static_cast<std::size_t>(
        std::ranges::count_if(rows, [](const GoldenRow& row) { return row.recorded; }));
    const std::size_t numbers = CoreFile(name).numbers().size();
    const auto unnoticed =
        static_cast<std::size_t>(std::ranges::count(listed, name, &Unnoticed::core));
    line(name, rows.size(), recorded, numbers, unnoticed);
    all_rows += rows.size();
    all_recorded += recorded;
    all_numbers += numbers;
  }
  line("all", all_rows, all_recorded, all_numbers, listed.size());

  table += "\nNumbers that no row notices, and why:\n\n";
  std::vector<std::string> reasons;  // in the file's order
  std::map<std::string, std::map<std::string, std::string>> numbers;
  for (const Unnoticed& number : listed) {
    if (std::ranges::find(reasons, number.why) == reasons.end()) reasons.push_back(number.why);
    std::string& names = numbers[number.why][number.core];
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", number.number);
  }
  for (const std::string& why : reasons) {
    table += fmt::format("- {}\n", why);
    for (const auto& [core, names] : numbers[why]) {
      table += fmt::format("  - {}: {}\n", core, names);
    }
  }
  return table;
}

}  // namespace boardless::cost_models
