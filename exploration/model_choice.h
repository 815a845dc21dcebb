// The models of a space: what each is, and what is known of it before it runs.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "exploration/least_work.h"
#include "exploration/space.h"
#include "prediction/fit_bound.h"

namespace boardless::exploration {

struct ModelChoice {
  std::string argument = {};  // as load_model() takes it
  // For tables: with the parameters that differ, "mobilenet_v1 width=0.1, resolution=64"; a file's
  // stem where no other model is called so.
  std::string title = {};
  std::string network = {};  // of the zoo, or the file's stem
  bool is_file = false;
  std::map<std::string, double> parameters = {};  // those that the space varies
  // Of the file's bytes; of a network of the zoo, of its topology and all settings.
  std::string digest = {};
  std::string refused = {};  // why it cannot be read; else empty
  std::int64_t macs = 0, parameter_count = 0;
  prediction::FitBound fit = {}, overlapped_fit = {};  // by what the planner does
  std::array<double, kWidths> least_macs{};
  std::map<std::string, double> scores = {};  // by the score's name
};

// In the order of the file: words, patterns in the order of the alphabet, networks with the last
// parameter running fastest. A file that cannot be read is a choice that is refused; a word that
// names nothing, a pattern that no file has, and a model that is named twice throw InputError.
std::vector<ModelChoice> resolve_models(const Space& space);

}  // namespace boardless::exploration
