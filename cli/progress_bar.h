// A progress bar on stderr, shown only when stderr is a terminal.
#pragma once

#include <cstddef>
#include <string>

namespace boardless::cli {

class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  ~ProgressBar();  // removes the bar
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void update(std::size_t done, std::size_t total);

 private:
  std::string label_;
  bool visible_;
  std::size_t drawn_ = 0;  // steps drawn last, to redraw only on change
};

}  // namespace boardless::cli
