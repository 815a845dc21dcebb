// One bar for models, another while a kernel library is compiled.
#include "cli/question_progress.h"

#include <fmt/format.h>

namespace boardless::cli {

QuestionProgress::QuestionProgress(const std::string& command) : running_(command) {}

prediction::Watcher QuestionProgress::watcher() {
  prediction::Watcher watcher;
  watcher.interrupted = interrupted;
  watcher.progress = [this](const std::string& model, std::size_t done, std::size_t total) {
    compiling_.reset();
    running_.relabel(model);
    running_.update(done, total);
  };
  watcher.compiling = [this](const std::string& title, const std::string& image) {
    compiling_.emplace(fmt::format("{} for {}", title, image));
    return [this](std::size_t done, std::size_t total) { compiling_->update(done, total); };
  };
  return watcher;
}

}  // namespace boardless::cli
