// What a simulated program prints, byte by byte, shown where a person reads it.
#pragma once

#include <string>

namespace boardless::cli {

class GuestText {
 public:
  // What to show now that this byte has come: a terminal gets no control characters but line ends
  // and tabs, and UTF-8 when a character is whole.
  std::string show(char byte);

 private:
  std::string begun_;  // of a character of several bytes
};

}  // namespace boardless::cli
