// Numbers are found by yaml-cpp and changed in the text, so that what is read is what a hand would
// have written.
#include "tests/cost_models/core_numbers.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <set>

#include "base/data_files.h"
#include "base/error.h"

namespace boardless::cost_models {
namespace {

bool is_hex(const std::string& digits) { return digits.starts_with("0x"); }

std::optional<std::uint64_t> number_in(const std::string& digits) {
  const bool hex = is_hex(digits);
  const char* const last = digits.data() + digits.size();
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data() + (hex ? 2 : 0), last, value, hex ? 16 : 10);
  if (error != std::errc{} || end != last) return std::nullopt;
  return value;
}

// Calls `found` for every scalar, with its place among keys.
void each_scalar(const YAML::Node& node, const std::string& name,
                 const std::function<void(const YAML::Node&, const std::string&)>& found) {
  if (node.IsScalar()) {
    found(node, name);
  } else if (node.IsSequence()) {
    for (std::size_t i = 0; i < node.size(); ++i) {
      each_scalar(node[i], fmt::format("{}[{}]", name, i), found);
    }
  } else if (node.IsMap()) {
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      // `{value: 3, source: …}` is the number of the key before it.
      const std::string inner = key == "value" ? name
                                : name.empty() ? key
                                               : fmt::format("{}.{}", name, key);
      each_scalar(entry.second, inner, found);
    }
  }
}

}  // namespace

std::string text_of(const std::filesystem::path& file) {
  const std::vector<std::uint8_t> bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

CoreFile::CoreFile(const std::string& core_name)
    : name_(core_name), text_(text_of(core_file(core_name))) {
  std::set<std::size_t> seen;
  each_scalar(YAML::Load(text_), "", [&](const YAML::Node& node, const std::string& name) {
    const bool quoted = node.Tag() == "!";
    if (quoted || !number_in(node.Scalar())) return;
    const auto position = static_cast<std::size_t>(node.Mark().pos);
    check(text_.compare(position, node.Scalar().size(), node.Scalar()) == 0,
          "a number stands where the reader found it");
    if (!seen.insert(position).second) return;
    numbers_.push_back({name, node.Mark().line + 1, position, node.Scalar()});
  });
  std::ranges::sort(numbers_, {}, &CoreNumber::position);
}

std::string CoreFile::raised(const CoreNumber& number) const {
  const std::uint64_t value = *number_in(number.digits) + 1;
  std::string text = text_;
  text.replace(number.position, number.digits.size(),
               is_hex(number.digits) ? fmt::format("{:#x}", value) : fmt::format("{}", value));
  return text;
}

RaisedCore::RaisedCore(const std::string& core_name)
    : file_(core_name), rows_(read_golden_rows(core_name)) {
  const CoreModel core = load_core_model(core_file(core_name));
  for (const GoldenRow& row : rows_) unchanged_.push_back(row.measure(core));
  std::filesystem::copy(core_file(core_name).parent_path(), scratch_.path() / "cores");
}

RaisedCore::Outcome RaisedCore::raise(const CoreNumber& number) {
  const std::filesystem::path path =
      scratch_.write("cores/" + file_.name() + ".yaml", file_.raised(number));
  std::optional<CoreModel> core;
  try {
    core = load_core_model(path);
  } catch (const InputError&) {
    return Outcome::kRefused;
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].measure(*core) != unchanged_[i]) return Outcome::kCaught;
  }
  return Outcome::kUnnoticed;
}

std::vector<Unnoticed> listed_unnoticed() {
  std::vector<Unnoticed> listed;
  const auto file = golden_folder() / "unnoticed.yaml";
  for (const YAML::Node& entry : YAML::LoadFile(file.string())) {
    const auto why = entry["why"].as<std::string>();
    for (const auto& core : entry["numbers"]) {
      for (const YAML::Node& number : core.second) {
        listed.push_back({core.first.as<std::string>(), number.as<std::string>(), why});
      }
    }
  }
  return listed;
}

std::map<std::string, std::string> listed_unnoticed(const std::string& core_name) {
  std::map<std::string, std::string> listed;
  for (const Unnoticed& number : listed_unnoticed()) {
    if (number.core == core_name) listed[number.number] = number.why;
  }
  return listed;
}

}  // namespace boardless::cost_models
