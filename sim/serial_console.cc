// Prompts are looked for at the end of the output, byte by byte.
#include "sim/serial_console.h"

#include <algorithm>
#include <string_view>

namespace boardless::sim {

SerialConsole::SerialConsole(Options options)
    : options_(std::move(options)),
      output_(std::max(options_.prompt.size(), options_.stop_text.size())) {
  if (options_.prompt.empty()) {
    typing_.assign(options_.input.begin(), options_.input.end());
    return;
  }
  std::string_view rest = options_.input;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines_.push_back(std::string(line) + options_.line_end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

unsigned SerialConsole::add_port(std::string name) {
  const auto number = static_cast<unsigned>(ports_.size());
  if (name == options_.port) chosen_ = number;
  ports_.push_back(std::move(name));
  return number;
}

void SerialConsole::print(unsigned port, std::uint8_t byte) {
  output_.print(static_cast<char>(byte));
  last_printed_ = port;
  if (on_print) on_print(byte);
  if (output_.ends_with(options_.stop_text)) stopped_ = true;
  if (!output_.ends_with(options_.prompt) || !typing_.empty()) return;
  if (!lines_.empty()) {
    typing_.assign(lines_.front().begin(), lines_.front().end());
    lines_.pop_front();
  } else if (options_.stop_text.empty()) {
    stopped_ = true;
  }
}

bool SerialConsole::has_input(unsigned port) const {
  if (typing_.empty()) return false;
  const std::optional<unsigned> typed_into = chosen_ ? chosen_ : last_printed_;
  return !typed_into || *typed_into == port;
}

std::uint8_t SerialConsole::take_input() {
  const std::uint8_t byte = typing_.front();
  typing_.pop_front();
  return byte;
}

}  // namespace boardless::sim
