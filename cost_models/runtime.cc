// Reads a runtime's YAML.
#include "cost_models/runtime.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/data_files.h"
#include "base/error.h"
#include "base/suggest.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {
namespace {

std::filesystem::path folder() { return data_directory() / "targets" / "runtimes"; }

}  // namespace

std::vector<std::string> runtime_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

bool is_runtime_file(const std::string& name) { return name.ends_with(".yaml"); }

Runtime load_runtime(const std::string& name) {
  const std::vector<std::string> known = runtime_names();
  if (!is_runtime_file(name) && std::ranges::find(known, name) == known.end()) {
    const std::string nearest = nearest_word(name, known);
    throw InputError(
        fmt::format("unknown runtime '{}'{}; known: {}", name,
                    nearest.empty() ? "" : fmt::format(", did you mean '{}'?", nearest),
                    fmt::join(known, ", ")));
  }
  targets::YamlMap map = targets::YamlMap::load(
      is_runtime_file(name) ? std::filesystem::path(name) : folder() / (name + ".yaml"));
  Runtime runtime;
  runtime.name = map.text("name");
  runtime.description = map.text("description");
  runtime.model_file_in_flash = map.flag("model_file_in_flash", false);
  runtime.planner =
      static_cast<Planner>(map.choice("planner", {kPlannerNames.begin(), kPlannerNames.end()}));
  runtime.code_bytes = map.u32("code_bytes");
  runtime.code_bytes_per_operator = map.u32("code_bytes_per_operator");
  runtime.static_ram_bytes = map.u32("static_ram_bytes");
  runtime.ram_bytes_per_model = map.u32("ram_bytes_per_model");
  runtime.ram_bytes_per_operator_kind = map.u32("ram_bytes_per_operator_kind");
  if (map.has("records")) runtime.records = read_interpreter_records(map.map("records"));
  map.finish();
  runtime.numbers = map.ledger();
  runtime.sha256 = map.digest();
  return runtime;
}

}  // namespace boardless::cost_models
