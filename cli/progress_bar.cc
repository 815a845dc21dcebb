// One line, redrawn in place.
#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "cli/terminal.h"
#include "cli/verbosity.h"
#include "reports/clipped_text.h"

namespace boardless::cli {
namespace {

// "0:12", "1:02:03".
std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  const std::uint64_t hours = whole / 3600, minutes = whole / 60 % 60;
  return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60)
                   : fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string time_text(const ProgressState& state) {
  constexpr double kSoonest = 0.5;  // before that, a guess is worth nothing
  if (state.total == 0 || state.done == 0 || state.seconds < kSoonest) return "";
  const double left = static_cast<double>(state.total - state.done);
  return fmt::format("  {} left",
                     duration_text(state.seconds * left / static_cast<double>(state.done)));
}

}  // namespace

std::string progress_line(const ProgressState& asked, std::size_t width) {
  constexpr std::size_t kWidestBar = 40, kNarrowestBar = 6;
  ProgressState state = asked;
  if (state.total != 0) state.done = std::min(state.done, state.total);
  std::string text = state.figures;
  if (state.total != 0) {
    if (text.empty()) text = fmt::format("{}/{}", state.done, state.total);
    text = fmt::format("{} %  {}{}", 100 * state.done / state.total, text, time_text(state));
  }
  const std::size_t taken = reports::display_width(text);
  if (taken >= width) return width == 0 ? "" : reports::clipped_at_end(text, width);
  const std::size_t label_room = width - taken - 1;
  if (label_room < 3) return text;
  std::string line = reports::clipped(reports::one_line(state.label), label_room);
  // " [" and "]" beside it.
  const std::size_t room = label_room - std::min(label_room, reports::display_width(line) + 3);
  if (state.total != 0 && room >= kNarrowestBar) {
    const std::size_t bar = std::min(room, kWidestBar);
    const auto full =
        static_cast<std::size_t>(static_cast<double>(bar) * static_cast<double>(state.done) /
                                 static_cast<double>(state.total));
    line += fmt::format(" [{}{}]", std::string(full, '#'), std::string(bar - full, ' '));
  }
  return line + ' ' + text;
}

ProgressBar::ProgressBar(std::string label)
    : visible_(::isatty(STDERR_FILENO) != 0 && verbosity() == Verbosity::kNormal) {
  state_.label = std::move(label);
}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::clear() {
  if (drawn_) {
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
  }
  drawn_ = false;
}

void ProgressBar::relabel(std::string label) { state_.label = std::move(label); }

void ProgressBar::update(std::uint64_t done, std::uint64_t total, std::string figures) {
  constexpr std::chrono::milliseconds kBetween{100};
  if (!visible_) return;
  const Clock::time_point now = Clock::now();
  if (drawn_ && now - drawn_at_ < kBetween && (total == 0 || done < total)) return;
  drawn_ = true;
  drawn_at_ = now;
  state_.done = done;
  state_.total = total;
  state_.figures = std::move(figures);
  state_.seconds = std::chrono::duration<double>(now - began_).count();
  // The last column stays free: a terminal would break the line there.
  const std::size_t width = terminal_width(STDERR_FILENO);
  std::fputs(("\r\033[K" + progress_line(state_, width > 0 ? width - 1 : 0)).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace boardless::cli
