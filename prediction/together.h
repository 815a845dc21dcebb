// Several models in one device, where they take turns.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "prediction/footprint.h"
#include "prediction/predict.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// One of the models on a target: its answer, or why there is none.
struct TogetherMember {
  std::string model;
  const Prediction* prediction = nullptr;
  const Footprint* footprint = nullptr;
  std::string refusal;  // of one without an answer
};

// Rows for one target after the other; what several need is worked out once.
class TogetherRows {
 public:
  // `options` are those that the members were predicted with, and must outlive this.
  explicit TogetherRows(const PredictOptions& options) : options_(options) {}

  Together on_mcu(const targets::Target& target, std::span<const TogetherMember> members);
  // Of a target that no models share: `reason` says why.
  static Together not_answered(const std::string& target, std::span<const TogetherMember> members,
                               const std::string& reason);

 private:
  // Of the functions that any of the models runs.
  Bytes code_bytes(const targets::Target& target, const std::set<std::string>& functions);

  const PredictOptions& options_;
  std::map<std::string, sim::ElfImage> images_;
  std::map<std::pair<std::string, std::set<std::string>>, Bytes> code_bytes_;
};

}  // namespace boardless::prediction
