// Scores of models that somebody measured, such as accuracy, from a CSV file:
//
//   model,accuracy
//   kws,0.91
//   "mobilenet_v1:width=0.5,resolution=96",0.71      quoted, for the comma in it
#pragma once

#include <vector>

#include "exploration/space.h"

namespace boardless::exploration {

struct ModelChoice;

// Gives each model the score that the file has for it: in the row whose `model` is its argument, or
// its file's stem. A model without a row has none. Throws InputError naming file and line: no
// column of that name, a cell that is no number, a model of two rows.
void add_scores(const ScoreFile& file, std::vector<ModelChoice>& models);

}  // namespace boardless::exploration
