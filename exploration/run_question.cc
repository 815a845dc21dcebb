// Copies option by option.
#include "exploration/run_question.h"

#include "base/data_files.h"

namespace boardless::exploration {

prediction::Question question_of(const RunOptions& options) {
  prediction::Question question;
  question.kernels = options.kernels;
  question.runtime = options.runtime;
  question.planner = cost_models::find_planner(options.planner);
  question.invocations = options.invocations;
  if (!options.input.empty()) question.input = read_file(options.input);
  return question;
}

}  // namespace boardless::exploration
