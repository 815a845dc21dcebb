// One line, redrawn in place.
#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace boardless::cli {
namespace {
constexpr std::size_t kWidth = 40;
}

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), visible_(::isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (visible_ && drawn_ != 0) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::update(std::size_t done, std::size_t total) {
  if (!visible_ || total == 0) return;
  const std::size_t steps = done * kWidth / total;
  if (steps == drawn_) return;
  drawn_ = steps;
  fmt::print(stderr, "\r{} [{}{}] {}/{}", label_, std::string(steps, '#'),
             std::string(kWidth - steps, ' '), done, total);
  std::fflush(stderr);
}

}  // namespace boardless::cli
