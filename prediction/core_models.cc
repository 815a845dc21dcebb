// Looks before it reads.
#include "prediction/core_models.h"

#include <algorithm>

namespace boardless::prediction {

using cost_models::CoreModel;

const CoreModel& CoreModels::get(const std::string& name) {
  const auto found = std::ranges::find(models_, name, &CoreModel::name);
  if (found != models_.end()) return *found;
  return models_.emplace_back(cost_models::load_core_model_named(name));
}

}  // namespace boardless::prediction
