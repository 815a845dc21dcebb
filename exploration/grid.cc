// Looks names up, reads expressions, walks the product of the axes.
#include "exploration/grid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "cost_models/arena_planner.h"
#include "cost_models/energy.h"
#include "cost_models/runtime.h"
#include "exploration/fields.h"
#include "exploration/point_sample.h"

namespace boardless::exploration {
namespace {

[[noreturn]] void refuse(const Space& space, const std::string& key, const std::string& message) {
  throw InputError(fmt::format("{}: key '{}': {}", space.file, key, message));
}

// --- options ---

void check_kernels(const Space& space) {
  const std::vector<std::string> words = prediction::kernel_words();
  bool any_library = false;
  for (const std::string& kernels : space.kernels) {
    if (std::ranges::find(words, kernels) != words.end()) continue;
    if (!prediction::is_library(kernels)) {
      refuse(space, "kernels",
             fmt::format("'{}' is neither a word ({}) nor a folder{}", visible(kernels),
                         fmt::join(words, ", "), did_you_mean(kernels, words)));
    }
    any_library = true;
  }
  for (const auto& [key, values] : {std::pair{"kernel_flags", &space.kernel_flags},
                                    {"kernel_compiler", &space.kernel_compilers}}) {
    if (values->empty() || any_library) continue;
    refuse(space, key, "the bundled kernels are compiled already: no folder is in 'kernels'");
  }
}

std::vector<prediction::KernelSource> kernel_sources(const Space& space) {
  std::vector<prediction::KernelSource> sources;
  for (const std::string& kernels : or_default<std::string>(space.kernels, "auto")) {
    if (!prediction::is_library(kernels)) {
      sources.push_back({kernels, "", ""});
      continue;
    }
    for (const std::string& flags : or_default<std::string>(space.kernel_flags, "")) {
      for (const std::string& compiler : or_default<std::string>(space.kernel_compilers, "")) {
        sources.push_back({kernels, flags, compiler});
      }
    }
  }
  return sources;
}

std::vector<RunOptions> resolve_options(const Space& space) {
  check_kernels(space);
  for (const std::string& runtime : space.runtimes) {
    try {
      (void)cost_models::load_runtime(runtime);
    } catch (const InputError& error) {
      refuse(space, "runtime", error.what());
    }
  }
  for (const std::string& planner : space.planners) {
    if (planner == kOwnPlanner || cost_models::find_planner(planner)) continue;
    refuse(space, "planner",
           fmt::format("'{}' is no planner; accepted: {}, {}", visible(planner), kOwnPlanner,
                       fmt::join(cost_models::kPlannerNames, ", ")));
  }
  for (const std::string& input : space.inputs) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(input, ignored)) {
      refuse(space, "input", fmt::format("{}: no such file", visible(input)));
    }
  }
  std::vector<RunOptions> options;
  for (const prediction::KernelSource& kernels : kernel_sources(space)) {
    for (const std::string& runtime : or_default<std::string>(space.runtimes, "ahead-of-time")) {
      const cost_models::Planner own = cost_models::load_runtime(runtime).planner;
      for (const std::string& planner : or_default<std::string>(space.planners, kOwnPlanner)) {
        const bool may_overlap =
            cost_models::find_planner(planner).value_or(own) == cost_models::Planner::kOverlapped;
        for (const int invocations : or_default(space.invocations, 1)) {
          for (const std::string& input : or_default<std::string>(space.inputs, "")) {
            options.push_back({kernels, runtime, planner, invocations, input, may_overlap});
          }
        }
      }
    }
  }
  return options;
}

// --- names ---

Vocabulary names_of(const Space& space) {
  std::vector<std::string> parameters, scores;
  for (const NetworkAxis& axis : space.networks) {
    for (const auto& [name, values] : axis.parameters) {
      if (std::ranges::find(parameters, name) == parameters.end()) parameters.push_back(name);
    }
  }
  for (const ScoreFile& score : space.scores) {
    if (std::ranges::find(scores, score.name) != scores.end()) {
      throw InputError(fmt::format("{}: has two files", score.place));
    }
    scores.push_back(score.name);
  }
  const Vocabulary known = vocabulary_of({}, {});
  for (const ScoreFile& score : space.scores) {
    const bool is_taken = std::ranges::find(known, score.name, &Field::name) != known.end() ||
                          std::ranges::find(parameters, score.name) != parameters.end();
    if (is_taken) {
      throw InputError(fmt::format("{}: '{}' is the name of something else already", score.place,
                                   visible(score.name)));
    }
  }
  return vocabulary_of(parameters, scores);
}

std::vector<Goal> resolve_goals(const Space& space, const Vocabulary& vocabulary) {
  std::vector<Objective> objectives = space.objectives;
  if (objectives.empty()) objectives = {{false, {"latency_ms", ""}}, {false, {"energy_uj", ""}}};
  std::vector<Goal> goals;
  for (const Objective& objective : objectives) {
    const auto& [name, place] = objective.field;
    const auto found = std::ranges::find(vocabulary, name, &Field::name);
    if (found == vocabulary.end()) {
      std::vector<std::string> numbers;
      for (const Field& field : vocabulary) {
        if (field.type == ValueType::kNumber) numbers.push_back(field.name);
      }
      const std::string near = did_you_mean(name, numbers);
      throw InputError(fmt::format(
          "{}: '{}' is not a known name{}", place, visible(name),
          near.empty() ? fmt::format("; numbers are {}", fmt::join(numbers, ", ")) : near));
    }
    if (found->type != ValueType::kNumber) {
      throw InputError(fmt::format("{}: '{}' is no number", place, name));
    }
    if (std::ranges::find(goals, name, &Goal::name) != goals.end()) {
      throw InputError(fmt::format("{}: '{}' is an objective twice", place, name));
    }
    goals.push_back(
        {objective.maximize, name, static_cast<std::size_t>(found - vocabulary.begin())});
  }
  return goals;
}

std::vector<Expression> read_all(const std::vector<Statement>& statements,
                                 const Vocabulary& vocabulary, bool on_results) {
  std::vector<Expression> expressions;
  for (const Statement& statement : statements) {
    Expression expression = Expression::parse(statement.text, statement.place, vocabulary);
    for (const std::size_t field : expression.fields()) {
      if (on_results || !vocabulary[field].is_result) continue;
      throw InputError(
          fmt::format("{}: '{}': {} is known only when a point is answered; it "
                      "belongs into 'constraints'",
                      statement.place, visible(statement.text), vocabulary[field].name));
    }
    expressions.push_back(std::move(expression));
  }
  return expressions;
}

std::vector<std::size_t> radices_of(const Space& space) {
  std::vector<std::size_t> radices;
  if (!space.models.empty() || space.networks.size() != 1) return radices;
  for (const auto& [name, values] : space.networks.front().parameters) {
    radices.push_back(values.size());
  }
  return radices;
}

// --- how many there are ---

void require_at_most(const std::string& file, std::uint64_t points, std::uint64_t most) {
  if (points <= most) return;
  throw InputError(fmt::format(
      "{}: the space has {} points, more than {}; --yes goes on all the same, 'search' draws a "
      "sample",
      file, points, most));
}

// Before a shape is looked at; a pattern counts as one.
std::uint64_t models_named(const Space& space) {
  std::uint64_t count = space.models.size();
  for (const NetworkAxis& axis : space.networks) {
    std::uint64_t product = 1;
    for (const auto& [name, values] : axis.parameters) product *= values.size();
    count += product;
  }
  return count;
}

// --- conditions that leave nothing ---

constexpr std::size_t kMostConditions = 64;

[[noreturn]] void refuse_contradiction(const Grid& grid) {
  // By the conditions that hold for a point, as bits.
  std::set<std::uint64_t> together;
  grid.for_each_point([&](const Point& point) {
    std::uint64_t holds = 0;
    for (std::size_t i = 0; i < grid.conditions.size(); ++i) {
      const Value value = grid.conditions[i].evaluate(grid.values(point, nullptr));
      if (!value.missing && value.may_be_true) holds |= std::uint64_t{1} << i;
    }
    together.insert(holds);
    return true;
  });
  const auto any_has = [&](std::uint64_t wanted) {
    return std::ranges::any_of(together, [&](auto holds) { return (holds & wanted) == wanted; });
  };
  for (std::size_t i = 0; i < grid.conditions.size(); ++i) {
    const Expression& one = grid.conditions[i];
    if (!any_has(std::uint64_t{1} << i)) {
      throw InputError(fmt::format("{}: '{}' holds for no point of the space", one.place(),
                                   visible(one.text())));
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (any_has(std::uint64_t{1} << i | std::uint64_t{1} << k)) continue;
      const Expression& other = grid.conditions[k];
      throw InputError(fmt::format("{}: '{}' contradicts '{}' ({}): no point is both", one.place(),
                                   visible(one.text()), visible(other.text()), other.place()));
    }
  }
  throw InputError(
      fmt::format("{}: the conditions in 'when' contradict each other: no point meets "
                  "all {} of them",
                  grid.conditions.front().place(), grid.conditions.size()));
}

}  // namespace

std::uint64_t Grid::points_of_a_model() const {
  const auto accelerators =
      static_cast<std::uint64_t>(std::ranges::count(devices, true, &Device::is_accelerator));
  const std::uint64_t mcus = devices.size() - accelerators;
  return mcus * options.size() + accelerators;
}

std::uint64_t Grid::size() const { return models.size() * points_of_a_model(); }

void Grid::for_each_point(const std::function<bool(const Point&)>& each) const {
  for (std::uint32_t model = 0; model < models.size(); ++model) {
    for (std::uint32_t option = 0; option < options.size(); ++option) {
      for (std::uint32_t device = 0; device < devices.size(); ++device) {
        if (option > 0 && devices[device].is_accelerator) continue;
        if (!each({model, option, device})) return;
      }
    }
  }
}

const prediction::FitBound& Grid::fit_bound(const Point& point) const {
  const ModelChoice& model = models[point.model];
  return options[point.options].may_overlap ? model.overlapped_fit : model.fit;
}

Bounds Grid::bounds(const Point& point) const {
  const ModelChoice& model = models[point.model];
  const Device& device = devices[point.device];
  Bounds bounds;
  const targets::Target* target = device.asked.mcu();
  if (target == nullptr || !model.refused.empty()) return bounds;
  bounds.sram_bytes = static_cast<double>(fit_bound(point).activations_bytes);
  bounds.flash_bytes = static_cast<double>(fit_bound(point).weights_bytes);
  // Of a library that others wrote nobody knows how it multiplies.
  if (prediction::is_library(options[point.options].kernels.kernels)) return bounds;
  bounds.cycles = least_cycles(model.least_macs, device.macs_per_cycle);
  bounds.latency_ms = bounds.cycles * 1e3 / device.clock_hz;
  bounds.energy_uj = cost_models::run_energy(*target, static_cast<Cycles>(bounds.cycles)).energy_uj;
  return bounds;
}

FieldValues Grid::values(const Point& point, const Figures* figures) const {
  return [this, point, figures,
          known = figures == nullptr ? bounds(point) : Bounds{}](std::size_t field) -> Value {
    const ModelChoice& model = models[point.model];
    const std::vector<BuiltInField>& built_in = built_in_fields();
    if (field < built_in.size()) {
      return built_in[field].value(
          {model, options[point.options], devices[point.device], figures, known});
    }
    const std::string& name = vocabulary[field].name;
    for (const auto* values : {&model.parameters, &model.scores}) {
      if (const auto found = values->find(name); found != values->end()) {
        return Value::number(found->second);
      }
    }
    return Value::absent(ValueType::kNumber, name);
  };
}

bool Grid::allows(const Point& point) const {
  if (conditions.empty()) return true;
  const FieldValues fields = values(point, nullptr);
  for (const Expression& condition : conditions) {
    const Value value = condition.evaluate(fields);
    if (value.missing) {
      throw InputError(fmt::format(
          "{}: '{}': {} has no {}; 'known({}) and …' asks only those that have one",
          condition.place(), visible(condition.text()), name_of(point), value.text, value.text));
    }
    if (!value.may_be_true) return false;
  }
  return true;
}

std::string Grid::name_of(const Point& point) const {
  const Device& device = devices[point.device];
  std::string name = fmt::format("{} on {}", visible(models[point.model].argument), device.name);
  if (device.is_accelerator || options.size() < 2) return name;
  const RunOptions& run = options[point.options];
  const RunOptions& first = options.front();
  const auto differs = [&](auto member) {
    return std::ranges::any_of(options, [&](const RunOptions& other) {
      return std::invoke(member, other) != std::invoke(member, first);
    });
  };
  const auto kernels = [](const RunOptions& o) { return o.kernels.kernels; };
  const auto flags = [](const RunOptions& o) { return o.kernels.flags; };
  const auto compiler = [](const RunOptions& o) { return o.kernels.compiler; };
  if (differs(kernels)) name += ", " + visible(run.kernels.kernels);
  if (differs(flags)) name += ", " + visible(run.kernels.flags);
  if (differs(compiler)) name += ", " + visible(run.kernels.compiler);
  if (differs(&RunOptions::runtime)) name += ", " + run.runtime;
  if (differs(&RunOptions::planner)) name += fmt::format(", planner {}", run.planner);
  if (differs(&RunOptions::invocations)) name += fmt::format(", {} times", run.invocations);
  if (differs(&RunOptions::input)) name += ", " + visible(run.input);
  return name;
}

Grid resolve(const Space& space, std::uint64_t most) {
  Grid grid;
  grid.file = space.file;
  grid.search = space.search;
  grid.vocabulary = names_of(space);
  grid.conditions = read_all(space.when, grid.vocabulary, false);
  grid.constraints = read_all(space.constraints, grid.vocabulary, true);
  if (grid.conditions.size() > kMostConditions) {
    refuse(space, "when", fmt::format("has more than {} conditions", kMostConditions));
  }
  grid.goals = resolve_goals(space, grid.vocabulary);
  grid.options = resolve_options(space);
  prediction::CoreModels cores;
  grid.devices = resolve_devices(space, cores);
  if (space.search.method == Search::Method::kGrid) {
    require_at_most(space.file, models_named(space) * grid.points_of_a_model(), most);
  }
  grid.models = resolve_models(space);
  grid.model_radices = radices_of(space);
  return grid;
}

std::vector<Point> points_of(const Grid& grid, std::uint64_t most) {
  std::vector<Point> points;
  if (grid.search.method != Search::Method::kGrid) {
    points = sample(grid);
  } else {
    require_at_most(grid.file, grid.size(), most);
    grid.for_each_point([&](const Point& point) {
      if (grid.allows(point)) points.push_back(point);
      return true;
    });
  }
  if (points.empty() && !grid.conditions.empty()) refuse_contradiction(grid);
  return points;
}

std::vector<FieldMeaning> field_meanings() {
  std::vector<FieldMeaning> meanings;
  for (const BuiltInField& field : built_in_fields()) {
    meanings.push_back({field.name, field.meaning, field.is_result});
  }
  return meanings;
}

}  // namespace boardless::exploration
