// "Did you mean …": the known word nearest to a mistyped one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace boardless {

// The candidate with the smallest edit distance to `word`, or "" when none is near
// (more than a third of the word's length away, at least two edits).
std::string nearest_word(std::string_view word, std::span<const std::string> candidates);

// "; did you mean 'WORD'?", or "": the end of a message. WORD is the nearest, or else the only one
// that begins with what was typed.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace boardless
