// Turns the text of a test's parameter into a name that GoogleTest accepts.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace boardless {

inline std::string parameter_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

}  // namespace boardless
