// Scores of models as CSV.
#include "exploration/scores.h"

#include "exploration/model_choice.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_scores(Bytes bytes) {
  std::vector<exploration::ModelChoice> models(1);
  models.front().argument = "kws";
  exploration::add_scores({"accuracy", input_file("fuzz.csv", bytes).string(), "fuzz"}, models);
}

}  // namespace boardless::fuzz
