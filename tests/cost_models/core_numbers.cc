// Writes each changed file among copies of the others.
#include "tests/cost_models/core_numbers.h"

#include <yaml-cpp/yaml.h>

#include <optional>

#include "base/data_files.h"
#include "base/error.h"

namespace boardless::cost_models {

std::string text_of(const std::filesystem::path& file) {
  const std::vector<std::uint8_t> bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

CoreFile::CoreFile(const std::string& core_name)
    : name_(core_name), text_(text_of(core_file(core_name))), numbers_(numbers_of(text_)) {}

RaisedCore::RaisedCore(const std::string& core_name)
    : file_(core_name), rows_(read_golden_rows(core_name)) {
  const CoreModel core = load_core_model(core_file(core_name));
  for (const GoldenRow& row : rows_) unchanged_.push_back(row.measure(core));
  scratch_.copy(core_file(core_name).parent_path(), "cores");
}

RaisedCore::Outcome RaisedCore::raise(const YamlNumber& number) {
  const std::filesystem::path path =
      scratch_.write("cores/" + file_.name() + ".yaml", raised(file_.text(), number));
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
