// Escapes one by one.
#include "base/escaped_text.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/visible_text.h"

namespace boardless {

std::string unescaped(std::string_view what, std::string_view text) {
  constexpr std::string_view kLetters = "nrt\\", kMeanings = "\n\r\t\\";
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      result.push_back(text[i]);
      continue;
    }
    const std::size_t escape = ++i < text.size() ? kLetters.find(text[i]) : std::string_view::npos;
    if (escape == std::string_view::npos) {
      throw InputError(
          fmt::format("{}: '{}' has an unknown escape; \\n, \\r, \\t and \\\\ are known", what,
                      visible(std::string(text))));
    }
    result.push_back(kMeanings[escape]);
  }
  return result;
}

}  // namespace boardless
