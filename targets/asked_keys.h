// What readers ask of YAML files: the key reference (docs/yaml_keys.md) is written from it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace boardless::targets {

struct AskedKey {
  std::string type;                  // what it holds; empty when it was looked for only
  std::vector<std::string> choices;  // of a word that is one of a list
  std::string fallback;              // of an optional text or flag; empty: none is known
  int required = 0;                  // maps in which it has to be
  int optional = 0;                  // maps in which it may be absent
};

// By the path in the file, entries of lists as "memories[].base", in the order of the alphabet.
using AskedKeys = std::map<std::string, AskedKey>;

// Who listens on this thread; null: nobody, and readers do nothing for it.
inline constinit thread_local AskedKeys* asked_keys = nullptr;

// While it lives, what readers on this thread ask is added to `into`. `source` is left out: any map
// and any number may have one.
class KeyListener {
 public:
  explicit KeyListener(AskedKeys& into) : before_(asked_keys) { asked_keys = &into; }
  ~KeyListener() { asked_keys = before_; }
  KeyListener(const KeyListener&) = delete;
  KeyListener& operator=(const KeyListener&) = delete;

 private:
  AskedKeys* before_;
};

// A map asks for `path` for the first time.
void note_asked(const std::string& path, bool required);
// What it then takes the value to be.
void note_type(const std::string& path, const std::string& type,
               const std::vector<std::string>& choices = {}, const std::string& fallback = "");

}  // namespace boardless::targets
