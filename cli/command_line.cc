// Quotes arguments for a POSIX shell.
#include "cli/command_line.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace boardless::cli {
namespace {

std::string kept;

bool is_plain(char c) {
  constexpr std::string_view kPlain = "@%+=:,./_-";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || kPlain.find(c) != kPlain.npos;
}

std::string quoted(std::string_view word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string(word);
  std::string text = "'";
  for (const char c : word) {
    if (c == '\'') {
      text += "'\\''";
    } else {
      text += c;
    }
  }
  return text + '\'';
}

}  // namespace

void keep_command_line(int argc, char** argv) {
  kept = "boardless";
  for (int i = 1; i < argc; ++i) kept += ' ' + quoted(argv[i]);
}

const std::string& command_line() { return kept; }

}  // namespace boardless::cli
