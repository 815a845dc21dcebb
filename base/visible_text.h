// Text of strangers (names in models, symbols, descriptions), made harmless where it is read, so
// that it is so in every view.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace boardless {

// The text with what a terminal obeys or UTF-8 does not allow written as its bytes, "\x1b": control
// characters (C0 and C1, those in `kept` excepted), marks that turn the direction of writing, and
// bytes that are no UTF-8. "…" stands for what follows the first `most` bytes.
std::string visible(std::string_view text, std::string_view kept = {}, std::size_t most = 4096);

// JSON text with the same characters as \u escapes; JSON itself escapes only those below U+0020.
// The values stay what they are.
std::string visible_json(std::string_view json);

// What a file is called after in results: its name without folder and extension, visible.
std::string visible_stem(const std::filesystem::path& file);

}  // namespace boardless
