// How a model is run, as a question to the session.
#pragma once

#include "exploration/grid.h"
#include "prediction/question.h"

namespace boardless::exploration {

// Without models and targets. Throws InputError: the input cannot be read.
prediction::Question question_of(const RunOptions& options);

}  // namespace boardless::exploration
