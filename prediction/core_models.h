// Core models by name, each read once.
#pragma once

#include <deque>
#include <string>

#include "cost_models/core_model.h"

namespace boardless::prediction {

class CoreModels {
 public:
  // Stays where it is as long as this lives. Throws InputError as load_core_model_named() does.
  const cost_models::CoreModel& get(const std::string& name);

 private:
  std::deque<cost_models::CoreModel> models_;
};

}  // namespace boardless::prediction
