// How far a question to the session is, on the terminal.
#pragma once

#include <optional>
#include <string>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "prediction/session.h"

namespace boardless::cli {

// While it lives, Control-C ends the question instead of the program.
class QuestionProgress {
 public:
  // `command`: what the bar is called before a model is at work.
  explicit QuestionProgress(const std::string& command);
  // Tells this object, which must outlive it.
  prediction::Watcher watcher();

 private:
  InterruptRequests requests_;
  ProgressBar running_;
  std::optional<ProgressBar> compiling_;
};

}  // namespace boardless::cli
