// Decodes UTF-8 (RFC 3629) character by character.
#include "base/visible_text.h"

#include <fmt/format.h>
#include <llvm/Support/ConvertUTF.h>

#include <iterator>

namespace boardless {
namespace {

struct Character {
  std::size_t bytes = 1;
  char32_t code = 0;
  bool is_valid = false;
};

// The one that the text, which is not empty, begins with.
Character first_of(std::string_view text) {
  const auto* begin = reinterpret_cast<const llvm::UTF8*>(text.data());
  const llvm::UTF8* at = begin;
  llvm::UTF32 code = 0;
  const bool is_valid = llvm::convertUTF8Sequence(&at, begin + text.size(), &code,
                                                  llvm::strictConversion) == llvm::conversionOK;
  if (!is_valid) return {};
  return {static_cast<std::size_t>(at - begin), code, true};
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

// Directions of writing, and line and paragraph separators.
bool changes_layout(char32_t code) {
  return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

}  // namespace

std::string visible(std::string_view text, std::string_view kept, std::size_t most) {
  std::string result;
  std::size_t at = 0;
  while (at < text.size() && at < most) {
    const Character character = first_of(text.substr(at));
    const std::string_view bytes = text.substr(at, character.bytes);
    const bool is_kept = kept.find(bytes) != std::string_view::npos;
    at += bytes.size();
    if (is_kept ||
        (character.is_valid && !is_control(character.code) && !changes_layout(character.code))) {
      result += bytes;
      continue;
    }
    for (const char byte : bytes) {
      fmt::format_to(std::back_inserter(result), "\\x{:02x}", static_cast<unsigned char>(byte));
    }
  }
  if (at < text.size()) result += "…";
  return result;
}

std::string visible_json(std::string_view json) {
  std::string result;
  result.reserve(json.size());
  while (!json.empty()) {
    const Character character = first_of(json);
    if (character.code >= 0x7f && (is_control(character.code) || changes_layout(character.code))) {
      fmt::format_to(std::back_inserter(result), "\\u{:04x}",
                     static_cast<unsigned>(character.code));
    } else {
      result += json.substr(0, character.bytes);
    }
    json.remove_prefix(character.bytes);
  }
  return result;
}

std::string visible_stem(const std::filesystem::path& file) {
  return visible(file.stem().string());
}

}  // namespace boardless
