// Collects what readers ask, list entries under one path.
#include "targets/asked_keys.h"

#include <algorithm>

namespace boardless::targets {
namespace {

// "memories[2].base" is "memories[].base".
std::string of_all_entries(const std::string& path) {
  std::string general;
  bool index = false;
  for (const char letter : path) {
    if (letter == ']') index = false;
    if (!index) general += letter;
    if (letter == '[') index = true;
  }
  return general;
}

bool is_source(const std::string& path) { return path == "source" || path.ends_with(".source"); }

}  // namespace

void note_asked(const std::string& path, bool required) {
  if (asked_keys == nullptr || is_source(path)) return;
  AskedKey& key = (*asked_keys)[of_all_entries(path)];
  ++(required ? key.required : key.optional);
}

void note_type(const std::string& path, const std::string& type,
               const std::vector<std::string>& choices, const std::string& fallback) {
  if (asked_keys == nullptr || is_source(path)) return;
  AskedKey& key = (*asked_keys)[of_all_entries(path)];
  if (key.type.empty() || key.type == "text") key.type = type;
  if (!fallback.empty()) key.fallback = fallback;
  for (const std::string& choice : choices) {
    if (std::ranges::find(key.choices, choice) == key.choices.end()) key.choices.push_back(choice);
  }
}

}  // namespace boardless::targets
