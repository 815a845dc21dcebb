// Reads each key of a budget; what the names mean is found out when they are checked.
#include "gate/budget.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "exploration/axis_values.h"
#include "exploration/beside.h"
#include "exploration/point_key.h"
#include "gate/stored_output.h"
#include "targets/yaml_reader.h"

namespace boardless::gate {
namespace {

namespace fs = std::filesystem;
using exploration::Beside;
using targets::YamlMap;
using targets::YamlNode;

// `node` is the key's value, which is there.
Place place_of(const targets::YamlRef& node, const std::string& key) {
  return {*node->place.file, node->place.line, key};
}

std::vector<std::string> words(YamlMap& map, const std::string& key, const std::string& what) {
  std::vector<std::string> texts;
  for (const exploration::AxisValue& value : exploration::read_axis(map, key, what)) {
    texts.push_back(value.text);
  }
  return texts;
}

// Every figure that such a map may name is asked for, so that finish() knows them all.
std::vector<Limit> read_limits(YamlMap& map, Scope scope) {
  std::vector<Limit> limits;
  for (const FigureRecord& figure : figure_records()) {
    if (!has_figure(scope, figure)) continue;
    const targets::YamlRef node = map.value(figure.name, "limit");
    if (node == nullptr) continue;
    if (node->kind != YamlNode::Kind::kScalar) {
      map.fail(figure.name, "is no limit, such as <= 100 or +2 %");
    }
    limits.push_back(read_limit(figure, node->scalar, place_of(node, figure.name)));
  }
  return limits;
}

// A digest, the word `baseline`, or a file of the output's bytes.
OutputLimit read_output(YamlMap& map, const Beside& beside) {
  const targets::YamlRef node = map.value("output", "digest, `baseline`, or file");
  OutputLimit limit{map.text("output"), "", place_of(node, "output")};
  constexpr std::size_t kDigest = 64;
  if (limit.text == "baseline") return limit;
  const bool is_digest = limit.text.size() == kDigest &&
                         limit.text.find_first_not_of("0123456789abcdef") == std::string::npos;
  limit.sha256 = is_digest ? limit.text : stored_output_sha256(beside.file(limit.text));
  return limit;
}

void read_whole(YamlMap map, const Beside& beside, Entry& entry) {
  entry.limits = read_limits(map, Scope::kWhole);
  if (map.has("output")) entry.output = read_output(map, beside);
  map.finish();
}

// `read_more` reads what else such a part has but limits.
std::vector<PartLimits> read_parts(
    YamlMap& entry, const std::string& key, Scope scope = Scope::kPart,
    const std::function<void(YamlMap&, const std::string& name)>& read_more = {}) {
  std::vector<PartLimits> parts;
  if (!entry.has(key)) return parts;
  YamlMap map = entry.map(key);
  for (const std::string& name : map.keys()) {
    const targets::YamlRef node = map.value(name, "map");
    YamlMap part = map.map(name);
    if (read_more) read_more(part, name);
    PartLimits limits{name, place_of(node, fmt::format("{}.{}", key, name)),
                      read_limits(part, scope)};
    part.finish();
    if (limits.limits.empty()) {
      map.fail(name, fmt::format("limits nothing; known here are {}",
                                 fmt::join(figure_names(scope), ", ")));
    }
    parts.push_back(std::move(limits));
  }
  if (parts.empty()) entry.fail(key, "names nothing: leave it out, or give it some");
  return parts;
}

template <class T>
std::optional<T> number(YamlMap& map, const std::string& key, WholeForm form) {
  const targets::YamlRef node = map.value(key, std::string(noun_of(form.kind)));
  if (node == nullptr) return std::nullopt;
  form.most = std::min<std::uint64_t>(form.most, std::numeric_limits<T>::max());
  const auto value = read_number(map.text(key), form);
  if (!value) map.fail(key, value.refusal());
  return static_cast<T>(*value);
}

// As they stand there, so that a baseline does not depend on where the budget lies.
std::string text_of_options(const Entry& entry) {
  std::vector<std::string> texts;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) texts.push_back(text);
  };
  add(exploration::options_text(entry.options));
  if (entry.clock_hz) add(fmt::format("clock {:g} MHz", *entry.clock_hz / 1e6));
  for (const std::string& asked : entry.chip.asked()) add(asked);
  if (!entry.firmware) return fmt::format("{}", fmt::join(texts, ", "));
  const FirmwareEntry& firmware = *entry.firmware;
  if (!firmware.until_symbol.empty()) add("until symbol " + visible(firmware.until_symbol));
  if (!firmware.until_output.empty()) add("until output " + visible(firmware.until_output));
  if (firmware.max_cycles) add(fmt::format("max {} cycles", *firmware.max_cycles));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string read_planner(YamlMap& map) {
  std::vector<std::string> known{exploration::kOwnPlanner};
  known.insert(known.end(), cost_models::kPlannerNames.begin(), cost_models::kPlannerNames.end());
  return known[static_cast<std::size_t>(map.choice("planner", known))];
}

// How models are run.
void read_model_options(YamlMap& map, const Beside& beside, Entry& entry) {
  exploration::RunOptions& options = entry.options;
  options.kernels.kernels = map.text("kernels", options.kernels.kernels);
  options.kernels.flags = map.text("kernel_flags", "");
  options.kernels.compiler = map.text("kernel_compiler", "");
  options.runtime = map.text("runtime", options.runtime);
  if (map.has("planner")) options.planner = read_planner(map);
  options.invocations = number<int>(map, "invocations", {.least = 1, .most = 100'000}).value_or(1);
  options.input = map.text("input", "");
  entry.clock_hz =
      number<std::uint32_t>(map, "clock", {.kind = NumberKind::kMegahertz, .least = 1});
  entry.chip = targets::read_what_if(words(map, "place", "word"), "place",
                                     words(map, "without", "word"), "without");
  entry.must_fit = map.flag("fits", true);
  entry.options_text = text_of_options(entry);
  options.kernels.kernels = beside.kernels(options.kernels.kernels);
  if (!options.input.empty()) options.input = beside.file(options.input);
}

// Of a region: what it is.
prediction::RegionText read_region(YamlMap& map, const std::string& name) {
  if (map.has("function") == (map.has("from") || map.has("to"))) {
    map.fail(map.has("function") ? "from" : "function",
             "one of 'function' and 'from' with 'to' is needed, which says where the region is");
  }
  if (map.has("function")) return {name, map.text("function"), ""};
  return {name, map.text("from"), map.text("to")};
}

void read_firmware_options(YamlMap& map, const Beside& beside, Entry& entry) {
  FirmwareEntry& firmware = entry.firmware.emplace();
  firmware.file = beside.file(map.text("firmware"));
  firmware.until_symbol = map.text("until_symbol", "");
  firmware.until_output = map.text("until_output", "");
  firmware.max_cycles = number<std::uint64_t>(map, "max_cycles", {.least = 1});
  firmware.allow_faults = map.flag("allow_faults", false);
  entry.options_text = text_of_options(entry);
}

std::array<const std::vector<PartLimits>*, 4> parts_of(const Entry& entry) {
  return {&entry.layers, &entry.operators, &entry.functions, &entry.regions};
}

Entry read_entry(YamlMap& map, const Beside& beside) {
  Entry entry;
  if (map.has("model") == map.has("firmware")) {
    map.fail(map.has("model") ? "firmware" : "model",
             "one of 'model' and 'firmware' is needed, which says what is checked");
  }
  if (map.has("model")) {
    for (const std::string& model : words(map, "model", "word")) {
      entry.models.push_back(beside.if_there(model));
    }
    read_model_options(map, beside, entry);
  } else {
    read_firmware_options(map, beside, entry);
  }
  const std::string subject = entry.firmware ? "firmware" : "model";
  entry.place = place_of(map.value(subject, "word"), subject);
  for (const std::string& target : words(map, "targets", "word")) {
    entry.targets.push_back(beside.target(target));
  }
  if (entry.targets.empty()) map.fail("targets", "is missing: it says on what is checked");
  if (map.has("limits")) read_whole(map.map("limits"), beside, entry);
  if (entry.firmware) {
    entry.regions =
        read_parts(map, "regions", Scope::kRegion, [&](YamlMap& part, const std::string& name) {
          entry.firmware->regions.push_back(read_region(part, name));
        });
  } else {
    entry.layers = read_parts(map, "layers");
    entry.operators = read_parts(map, "operators");
  }
  entry.functions = read_parts(map, "functions");
  map.finish();
  const bool limits_parts = std::ranges::any_of(
      parts_of(entry), [](const std::vector<PartLimits>* parts) { return !parts->empty(); });
  if (entry.limits.empty() && !entry.output && !limits_parts) {
    map.fail("limits", fmt::format("is missing or empty: nothing would be checked; known are {}, "
                                   "output",
                                   fmt::join(figure_names(Scope::kWhole), ", ")));
  }
  return entry;
}

void require_baseline(const Entry& entry) {
  const auto require = [](bool needs, const Place& place) {
    if (!needs) return;
    throw InputError(fmt::format("{}: needs a baseline: the budget's key 'baseline' names its file",
                                 place.text()));
  };
  for (const Limit& limit : entry.limits) require(needs_baseline(limit), limit.place);
  if (entry.output) require(entry.output->sha256.empty(), entry.output->place);
  for (const std::vector<PartLimits>* parts : parts_of(entry)) {
    for (const PartLimits& part : *parts) {
      for (const Limit& limit : part.limits) require(needs_baseline(limit), limit.place);
    }
  }
}

void replace_firmware(Budget& budget, const Beside& beside,
                      const std::map<std::string, std::string>& files) {
  for (const auto& [name, file] : files) {
    bool found = false;
    for (Entry& entry : budget.entries) {
      if (!entry.firmware || entry.firmware->file != beside.file(name)) continue;
      entry.firmware->file = file;
      found = true;
    }
    if (found) continue;
    std::vector<std::string> known;
    for (const Entry& entry : budget.entries) {
      if (entry.firmware) known.push_back(fs::path(entry.firmware->file).filename().string());
    }
    throw InputError(fmt::format("{}: no entry has the firmware '{}'{}", visible(budget.file),
                                 visible(name), did_you_mean(name, known)));
  }
}

}  // namespace

bool needs_baseline(const Entry& entry) {
  const auto any = [](const std::vector<Limit>& limits) {
    return std::ranges::any_of(limits, [](const Limit& limit) { return needs_baseline(limit); });
  };
  const auto any_part = [&](const std::vector<PartLimits>* parts) {
    return std::ranges::any_of(*parts, [&](const PartLimits& part) { return any(part.limits); });
  };
  return any(entry.limits) || (entry.output && entry.output->sha256.empty()) ||
         std::ranges::any_of(parts_of(entry), any_part);
}

Budget read_budget(const fs::path& file, const BudgetFiles& files) {
  YamlMap root = YamlMap::load(file);
  const Beside beside(files.folder.empty() ? file.parent_path() : files.folder);
  Budget budget;
  budget.file = file.string();
  if (root.has("baseline")) budget.baseline = beside.file(root.text("baseline"));
  if (!files.baseline.empty()) budget.baseline = files.baseline;
  for (YamlMap& map : root.list_of_maps("entries")) {
    budget.entries.push_back(read_entry(map, beside));
  }
  root.finish();
  if (budget.entries.empty()) root.fail("entries", "is empty: nothing would be checked");
  if (budget.baseline.empty()) {
    for (const Entry& entry : budget.entries) require_baseline(entry);
  }
  replace_firmware(budget, beside, files.firmware);
  return budget;
}

}  // namespace boardless::gate
