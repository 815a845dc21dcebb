// A line on stderr that says how far a long command is and how long it will take; shown only when
// stderr is a terminal, and not with --quiet. It fits the terminal, however narrow.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace boardless::cli {

struct ProgressState {
  std::string label = {};
  std::uint64_t done = 0, total = 0;  // total 0: not known
  double seconds = 0;                 // since the beginning
  std::string figures = {};           // what is said of `done`; empty: "12/64"
};

// "kws [####      ] 40 %  26/64  0:12 left" in at most `width` characters: the bar goes first, then
// what is left of the label.
std::string progress_line(const ProgressState& state, std::size_t width);

class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  ~ProgressBar();  // removes the line
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  bool visible() const { return visible_; }
  // May be called as often as one likes: it is drawn some times a second. The time left is reckoned
  // from what passed since the bar was made.
  void update(std::uint64_t done, std::uint64_t total, std::string figures = {});
  void relabel(std::string label);  // from the next update on
  void clear();                     // takes the line away until the next update

 private:
  using Clock = std::chrono::steady_clock;

  ProgressState state_;
  bool visible_;
  bool drawn_ = false;
  Clock::time_point began_ = Clock::now(), drawn_at_;
};

}  // namespace boardless::cli
