// The other end of the board's serial ports: keeps what the guest prints, types what it is to read.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/kept_output.h"

namespace boardless::sim {

class SerialConsole {
 public:
  struct Options {
    std::string input;  // typed as it is, or line by line when there is a prompt
    // Each line waits until this was printed since the line before. When it comes back after the
    // last one, and there is no stop_text, the console is stopped() as well.
    std::string prompt;
    std::string line_end = "\n";  // typed after each line when there is a prompt
    std::string port;             // name of the port that types; empty: the one that printed last
    std::string stop_text;        // stopped() once this was printed
  };

  explicit SerialConsole(Options options);

  // A port of the board, by the number it uses below.
  unsigned add_port(std::string name);

  void print(unsigned port, std::uint8_t byte);
  // Whether a byte waits to be typed into the port, and that byte.
  bool has_input(unsigned port) const;
  std::uint8_t take_input();
  bool input_left() const { return !typing_.empty() || !lines_.empty(); }

  bool stopped() const { return stopped_; }
  const KeptOutput& output() const { return output_; }
  std::vector<std::string> port_names() const { return ports_; }

  // Told each byte as it is printed.
  std::function<void(std::uint8_t)> on_print;

 private:
  Options options_;
  std::deque<std::string> lines_;
  std::deque<std::uint8_t> typing_;
  std::vector<std::string> ports_;
  std::optional<unsigned> last_printed_, chosen_;
  KeptOutput output_;
  bool stopped_ = false;
};

}  // namespace boardless::sim
