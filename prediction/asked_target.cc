// Loads targets by their words and applies the question's clock and what-ifs.
#include "prediction/asked_target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "prediction/target_selection.h"

namespace boardless::prediction {
namespace {

// The target at the clock asked for, as far as it can run at it.
AskedTarget at_clock(targets::Target target, const Question& question) {
  AskedTarget asked{target.name, target, {}, {}};
  if (!question.clock_hz || *question.clock_hz == target.clock_hz.value()) return asked;
  if (target.fixed_clock) {
    asked.remarks.push_back(
        fmt::format("--clock {:g} has no effect: the clock is fixed at {:g} MHz",
                    *question.clock_hz / 1e6, target.clock_hz.value() / 1e6));
    return asked;
  }
  try {
    asked.device = targets::with_clock(std::move(target), *question.clock_hz);
  } catch (const InputError& error) {
    asked.refused = error.what();
  }
  return asked;
}

// Set up as asked for.
void set_up(const targets::WhatIf& what_if, AskedTarget& asked) {
  if (asked.refused || what_if.asks_nothing()) return;
  try {
    targets::ConfiguredTarget set = targets::set_up(*asked.mcu(), what_if);
    asked.device = std::move(set.target);
    asked.remarks.push_back(fmt::format("set up with {}", fmt::join(what_if.asked(), ", ")));
    for (std::string& remark : set.remarks) asked.remarks.push_back(std::move(remark));
  } catch (const InputError& error) {
    asked.refused = error.what();
  }
}

void add_no_effect(AskedTarget& asked, const std::vector<std::string>& options, const char* why) {
  for (const std::string& option : options) {
    asked.remarks.push_back(fmt::format("{} has no effect: {}", option, why));
  }
}

// Options that only microcontrollers heed.
std::vector<std::string> mcu_options(const Question& question) {
  std::vector<std::string> options;
  if (question.clock_hz) options.push_back(fmt::format("--clock {:g}", *question.clock_hz / 1e6));
  if (question.kernels.kernels != KernelSource{}.kernels) {
    options.push_back("--kernels " + question.kernels.kernels);
  }
  if (question.input) options.emplace_back("--input");
  for (std::string& option : question.chip.asked()) options.push_back(std::move(option));
  return options;
}

void take_what_ifs(const Question& question, std::vector<AskedTarget>& targets) {
  std::vector<cost_models::AcceleratorModel> models;
  for (const AskedTarget& target : targets) {
    if (target.accelerator() != nullptr) models.push_back(target.accelerator()->model);
  }
  std::vector<TakenWhatIf> taken = take_what_if(question.accelerator, models);
  std::size_t next = 0;
  for (AskedTarget& target : targets) {
    auto* accelerator = std::get_if<AskedAccelerator>(&target.device);
    if (accelerator == nullptr) continue;
    accelerator->configuration = std::move(taken[next].configuration);
    for (std::string& remark : taken[next].remarks) target.remarks.push_back(std::move(remark));
    ++next;
  }
}

}  // namespace

std::vector<AskedTarget> resolve_targets(const Question& question) {
  std::vector<AskedTarget> targets;
  for (const std::string& name : select_targets(question.targets)) {
    if (cost_models::is_accelerator(name)) {
      AskedAccelerator accelerator{cost_models::load_accelerator(name), {}};
      const std::string model_name = accelerator.model.name;
      targets.push_back({model_name, std::move(accelerator), {}, {}});
      add_no_effect(targets.back(), mcu_options(question), "this is an accelerator");
    } else {
      targets.push_back(at_clock(targets::load_target(name), question));
      set_up(question.chip, targets.back());
      add_no_effect(targets.back(), question.accelerator.asked(), "this is no accelerator");
    }
  }
  take_what_ifs(question, targets);
  const bool all_refused = !targets.empty() && std::ranges::all_of(targets, [](const auto& target) {
    return target.refused.has_value();
  });
  if (all_refused) throw InputError(*targets.front().refused);
  return targets;
}

}  // namespace boardless::prediction
