// Reads each key of a space file; what the values mean is found out later (exploration/grid.h).
#include "exploration/space.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "base/error.h"
#include "exploration/beside.h"
#include "targets/yaml_reader.h"

namespace boardless::exploration {
namespace {

namespace fs = std::filesystem;
using targets::YamlMap;

constexpr const char* kOperatingPoints = "all operating points";

std::vector<std::string> texts_of(const std::vector<AxisValue>& values) {
  std::vector<std::string> texts;
  for (const AxisValue& value : values) texts.push_back(value.text);
  return texts;
}

std::vector<std::string> words(YamlMap& map, const std::string& key, const std::string& what) {
  return texts_of(read_axis(map, key, what));
}

template <class T>
std::vector<T> whole(YamlMap& map, const std::string& key, WholeForm form) {
  std::vector<T> numbers;
  for (const std::uint64_t number : read_whole_axis(map, key, form)) {
    numbers.push_back(static_cast<T>(number));
  }
  return numbers;
}

constexpr WholeForm kClock{
    .kind = NumberKind::kMegahertz, .least = 1, .most = std::numeric_limits<std::uint32_t>::max()};

ClockAxis read_clock(YamlMap& map) {
  const targets::YamlRef node = map.value("clock", "");
  if (node == nullptr) return {};
  const bool is_word = node->kind == targets::YamlNode::Kind::kScalar;
  if (is_word && node->scalar == kOperatingPoints) return {ClockAxis::Kind::kOperatingPoints, {}};
  if (is_word && !node->scalar.empty() && (node->scalar[0] < '0' || node->scalar[0] > '9')) {
    map.fail("clock", fmt::format("is '{}'; clocks (80MHz), or the words '{}', are needed",
                                  node->scalar, kOperatingPoints));
  }
  return {ClockAxis::Kind::kList, whole<std::uint32_t>(map, "clock", kClock)};
}

AcceleratorAxes read_accelerators(YamlMap map) {
  AcceleratorAxes axes;
  axes.clock_hz = whole<std::uint32_t>(map, "clock", kClock);
  axes.link = words(map, "link", "name");
  axes.devices = whole<int>(map, "devices", {.least = 1, .most = 1024});
  axes.device_use = words(map, "device_use", "word");
  for (const std::string& use : axes.device_use) {
    if (use != "data-parallel" && use != "pipelined") {
      map.fail("device_use", fmt::format("is '{}'; accepted are data-parallel and pipelined", use));
    }
  }
  axes.weights_in = words(map, "weights_in", "name");
  axes.weight_bits = whole<int>(map, "weight_bits", {.least = 1, .most = 32});
  axes.input_range = words(map, "input_range", "name");
  map.finish();
  return axes;
}

NetworkAxis read_network(YamlMap map) {
  NetworkAxis axis;
  const std::vector<AxisValue> names = read_axis(map, "network", "name");
  if (names.size() != 1) map.fail("network", "is needed: one network of the zoo");
  axis.network = names.front();
  if (map.has("parameters")) {
    YamlMap parameters = map.map("parameters");
    for (const std::string& name : parameters.keys()) {
      axis.parameters.emplace_back(name, read_axis(parameters, name, "number"));
    }
    parameters.finish();
  }
  map.finish();
  return axis;
}

std::vector<Statement> read_statements(YamlMap& map, const std::string& key) {
  std::vector<Statement> statements;
  for (AxisValue& value : read_axis(map, key, "expression")) {
    statements.push_back({std::move(value.text), std::move(value.place)});
  }
  return statements;
}

Objective read_objective(YamlMap map) {
  Objective objective;
  objective.maximize = map.has("maximize");
  if (objective.maximize == map.has("minimize")) {
    map.fail(objective.maximize ? "maximize" : "minimize",
             "one of 'minimize' and 'maximize' is needed");
  }
  const std::string key = objective.maximize ? "maximize" : "minimize";
  const std::vector<AxisValue> names = read_axis(map, key, "name");
  if (names.size() != 1) map.fail(key, "is one name; another objective is another entry");
  objective.field = {names.front().text, names.front().place};
  map.finish();
  return objective;
}

Search read_search(YamlMap map) {
  Search search;
  search.method =
      static_cast<Search::Method>(map.choice("method", {"grid", "latin-hypercube", "sobol"}));
  if (search.method != Search::Method::kGrid) {
    const auto points = read_whole_axis(map, "points", {.least = 1, .most = kMostValues});
    if (points.size() != 1) map.fail("points", "is needed: how many are drawn");
    search.points = points.front();
    const auto seeds = read_whole_axis(map, "seed", {});
    if (seeds.size() > 1) map.fail("seed", "is one number");
    if (!seeds.empty()) search.seed = seeds.front();
  }
  map.finish();
  return search;
}

void find_files(const fs::path& folder, Space& space) {
  const Beside beside(folder);
  for (AxisValue& model : space.models) {
    const bool is_pattern = model.text.find_first_of("*?[") != std::string::npos;
    model.text = is_pattern ? beside.file(model.text) : beside.if_there(model.text);
  }
  for (std::string& target : space.targets) target = beside.target(target);
  for (std::string& kernels : space.kernels) kernels = beside.kernels(kernels);
  for (std::string& input : space.inputs) input = beside.file(input);
  for (ScoreFile& score : space.scores) score.file = beside.file(score.file);
}

}  // namespace

Space read_space(const fs::path& file, const fs::path& folder) {
  YamlMap root = YamlMap::load(file);
  Space space;
  space.file = file.string();
  space.models = read_axis(root, "models", "word");
  if (root.has("networks")) {
    for (YamlMap& map : root.list_of_maps("networks")) space.networks.push_back(read_network(map));
  }
  space.targets = words(root, "targets", "word");
  space.clock = read_clock(root);
  space.placements = words(root, "place", "text");
  space.withouts = words(root, "without", "text");
  space.kernels = words(root, "kernels", "word");
  space.kernel_flags = words(root, "kernel_flags", "text");
  space.kernel_compilers = words(root, "kernel_compiler", "text");
  space.runtimes = words(root, "runtime", "name");
  space.planners = words(root, "planner", "name");
  space.invocations = whole<int>(root, "invocations", {.least = 1, .most = 100'000});
  space.inputs = words(root, "input", "file");
  if (root.has("accelerators")) space.accelerators = read_accelerators(root.map("accelerators"));
  space.when = read_statements(root, "when");
  space.constraints = read_statements(root, "constraints");
  if (root.has("objectives")) {
    for (YamlMap& map : root.list_of_maps("objectives")) {
      space.objectives.push_back(read_objective(map));
    }
    if (space.objectives.empty()) root.fail("objectives", "is empty: leave it out, or give some");
  }
  if (root.has("scores")) {
    YamlMap scores = root.map("scores");
    for (const std::string& name : scores.keys()) {
      for (const AxisValue& value : read_axis(scores, name, "file")) {
        space.scores.push_back({name, value.text, value.place});
      }
    }
    scores.finish();
  }
  if (root.has("search")) space.search = read_search(root.map("search"));
  root.finish();
  if (space.models.empty() && space.networks.empty()) {
    root.fail("models", "is missing: 'models' or 'networks' say what is run");
  }
  if (space.targets.empty()) root.fail("targets", "is missing: it says on what is run");
  find_files(folder.empty() ? file.parent_path() : folder, space);
  return space;
}

}  // namespace boardless::exploration
