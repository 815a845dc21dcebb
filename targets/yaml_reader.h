// Strict reading of hardware YAML: every key known, every number with a source.
//
//   clock_hz: {value: 180000000, source: "RM0390 6.3.2"}     a number with its own source
//   wait_states: 5                                            takes the enclosing map's `source:`
//
//   size_bytes: 64KiB                                         a unit of what the key's name says
//
// A map's `source:` holds for every number below it that has none of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "targets/ledger.h"
#include "targets/sourced.h"
#include "targets/yaml_tree.h"

namespace boardless::targets {

// A map of a YAML file together with its path in the file, for messages. Reading marks keys as
// known; finish() throws InputError for the first key never asked for, suggesting the nearest that
// was. Each number that is read is entered in the ledger of its file.
class YamlMap {
 public:
  static YamlMap load(const std::filesystem::path& file);
  // The same for a file that may say `extends:` (targets/yaml_bases.h).
  static YamlMap load(const std::filesystem::path& file, const std::filesystem::path& bundled);

  bool has(const std::string& key);
  YamlMap map(const std::string& key);                        // required sub-map
  std::vector<YamlMap> list_of_maps(const std::string& key);  // required list
  std::vector<std::string> strings(const std::string& key);   // optional list, empty when absent
  // An optional list of words that are all among `known`, which are `what` ("operators").
  std::vector<std::string> words(const std::string& key, const std::vector<std::string>& known,
                                 const std::string& what);
  std::string text(const std::string& key);  // required
  std::string text(const std::string& key, const std::string& fallback);
  bool flag(const std::string& key, bool fallback);
  // Required; written as base/number.h says, with the units of the key's kind (kind_of_key()); at
  // most `most`, which should be no more than what is sensible.
  Sourced<std::uint32_t> u32(const std::string& key, std::uint32_t most = 0xffffffff);
  std::vector<Sourced<std::uint32_t>> u32_list(const std::string& key);  // optional list
  Sourced<std::uint64_t> u64(const std::string& key);
  Sourced<double> real(const std::string& key);
  // A number that is no hardware's and needs no source.
  double unsourced_real(const std::string& key);
  // The entry whose text is one of `choices`; its index.
  int choice(const std::string& key, const std::vector<std::string>& choices);
  // What stands there, for a value that may take several forms; null when absent. `type` is what
  // the key reference says it holds.
  YamlRef value(const std::string& key, const std::string& type);
  std::vector<std::string> keys() const;  // all keys present, in file order
  void finish() const;
  // Of all that stands in the map (yaml_digest()).
  std::string digest() const;

  // Several numbers that mean something together only: `numbers` as one entry of the ledger.
  template <class... T>
  void enter_as_one(const std::string& value, Sourced<T>&... numbers) {
    const NumberRef entry = enter("", value, (numbers.source(), ...));
    ((numbers = Sourced<T>(unentered(numbers), entry)), ...);
  }
  // As u32(), but not entered in the ledger.
  Sourced<std::uint32_t> unentered_u32(const std::string& key, std::uint32_t most = 0xffffffff);
  // What has been entered so far.
  const Ledger& ledger() const { return *ledger_; }

  // "FILE:LINE: key 'a.b': message" as an InputError.
  [[noreturn]] void fail(const std::string& key, const std::string& message) const;

 private:
  YamlMap(YamlRef node, std::string path, std::string ledger_path, std::shared_ptr<Ledger> ledger,
          std::string owner);
  static YamlMap root(YamlRef node, const std::filesystem::path& file);
  YamlMap part(const YamlRef& node, const std::string& path, const std::string& ledger_path) const;
  // Null when absent, which is an error of the caller's when it is `required`.
  const YamlNode* find(const std::string& key, bool required = false);
  void note(const std::string& key, std::string_view type,
            const std::vector<std::string>& choices = {}, const std::string& fallback = "") const;
  const YamlNode& require(const std::string& key);
  [[noreturn]] void fail_at(const YamlPlace& place, const std::string& key,
                            const std::string& message) const;
  const YamlPlace& place_of(const YamlNode& value, const std::string& key) const;
  // The number itself, once it is known to have a source.
  const YamlNode& number_node(const YamlNode& node, const std::string& key) const;
  template <class T, class Form>
  T checked(const YamlNode& number, const std::string& key, const Form& form) const;
  std::uint64_t whole_number(const YamlNode& node, const std::string& key,
                             std::uint64_t most) const;
  std::uint32_t narrow(const YamlNode& node, const std::string& key, std::uint32_t most) const;
  NumberRef enter(const std::string& key, std::string value, std::string source);
  template <class T>
  static T unentered(const Sourced<T>& number) {
    UsedNumbers nowhere;
    const UseRecorder recorder(nowhere);
    return number.value();
  }

  YamlRef node_;
  std::string path_;         // dotted path of this map inside the file
  std::string ledger_path_;  // the same, list entries by their names
  std::shared_ptr<Ledger> ledger_;
  std::string owner_;
  std::vector<std::string> known_;
};

// Sorted stems of the .yaml files in a folder. Throws InputError when it cannot be listed.
std::vector<std::string> yaml_names(const std::filesystem::path& folder);

}  // namespace boardless::targets
