// The targets of a question, each set up as it was asked for, or with the reason why it cannot be.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/accelerator_price.h"
#include "prediction/question.h"
#include "targets/target.h"

namespace boardless::prediction {

struct AskedAccelerator {
  cost_models::AcceleratorModel model;
  cost_models::AcceleratorConfiguration configuration;
};

struct AskedTarget {
  std::string name;
  std::variant<targets::Target, AskedAccelerator> device;
  std::vector<std::string> remarks;    // on options that have no effect here
  std::optional<std::string> refused;  // why it cannot do what was asked: "cannot run at 80 MHz …"

  const targets::Target* mcu() const { return std::get_if<targets::Target>(&device); }
  const AskedAccelerator* accelerator() const { return std::get_if<AskedAccelerator>(&device); }
};

// In the order asked, each once. A microcontroller whose clock is fixed keeps it, with a remark;
// one that cannot run at the question's clock is refused. Throws InputError for a word that names
// no target, a file that cannot be read, a what-if that no accelerator takes, and when every target
// is refused.
std::vector<AskedTarget> resolve_targets(const Question& question);

}  // namespace boardless::prediction
