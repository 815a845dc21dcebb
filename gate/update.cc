// Looks for gaps, then writes.
#include "gate/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/output_file.h"
#include "base/visible_text.h"

namespace boardless::gate {
namespace {

bool is_answered(const AnsweredPair& pair) { return pair.subject.has_value(); }

// What the old one said, as far as it can be read.
std::vector<Subject> rows_before(const std::string& file) {
  try {
    return read_baseline(file).rows;
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace

std::optional<Baseline> baseline_for(const Budget& budget) {
  if (budget.baseline.empty()) return std::nullopt;
  std::error_code ignored;
  if (!std::filesystem::exists(budget.baseline, ignored)) {
    throw InputError(
        fmt::format("{}: the baseline is not there; 'boardless check {} --update' writes it",
                    visible(budget.baseline), visible(budget.file)));
  }
  return read_baseline(budget.baseline);
}

Update update_baseline(const Budget& budget, std::vector<AnsweredPair> answers) {
  if (budget.baseline.empty()) {
    throw InputError(fmt::format("{}: has no key 'baseline', which would say where to write one",
                                 visible(budget.file)));
  }
  Update update;
  if (!std::ranges::all_of(answers, is_answered)) {
    std::erase_if(answers, is_answered);
    update.result = judge(budget, std::move(answers), nullptr);
    return update;
  }
  const Baseline baseline = baseline_of(answers);
  const Comparison changes = compare(rows_before(budget.baseline), baseline.rows);
  // Judged before it is written: a limit on what is not there is found then.
  update.result = judge(budget, std::move(answers), &baseline);
  write_file(budget.baseline, baseline_text(baseline));
  update.is_written = true;
  update.rows = baseline.rows.size();
  update.changed = static_cast<std::size_t>(
      std::ranges::count_if(changes.subjects, [](const auto& each) { return is_changed(each); }));
  return update;
}

}  // namespace boardless::gate
