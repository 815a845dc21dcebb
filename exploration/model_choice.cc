// Expands patterns and parameters, and reads shapes.
#include "exploration/model_choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glob.h>

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/data_files.h"
#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/visible_text.h"
#include "exploration/scores.h"
#include "prediction/model_source.h"
#include "toolchain/object_store.h"
#include "workloads/zoo/network.h"
#include "workloads/zoo/zoo.h"

namespace boardless::exploration {
namespace {

namespace fs = std::filesystem;

// A model, and where the space names it.
struct Named {
  ModelChoice choice;
  std::string place;
};

// Names of files in the order of the alphabet.
std::vector<std::string> files_like(const AxisValue& pattern) {
  glob_t found{};
  const int status = ::glob(pattern.text.c_str(), GLOB_BRACE, nullptr, &found);
  std::vector<std::string> files(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  std::erase_if(files, [](const std::string& file) {
    std::error_code ignored;
    return !fs::is_regular_file(file, ignored);
  });
  if (status != 0 || files.empty()) {
    throw InputError(
        fmt::format("{}: no file is called like '{}'", pattern.place, visible(pattern.text)));
  }
  return files;
}

void add_words(const Space& space, std::vector<Named>& into) {
  for (const AxisValue& word : space.models) {
    std::error_code ignored;
    const bool is_pattern = word.text.find_first_of("*?[") != std::string::npos;
    if (word.text == "-") {
      throw InputError(fmt::format("{}: a model of a sweep is no stdin", word.place));
    }
    if (!is_pattern || fs::exists(word.text, ignored)) {
      into.push_back({{.argument = word.text}, word.place});
      continue;
    }
    for (const std::string& file : files_like(word))
      into.push_back({{.argument = file}, word.place});
  }
}

void require_parameter(const workloads::ZooNetwork& network, const std::string& name,
                       const std::string& place) {
  if (network.parameters.contains(name)) return;
  std::vector<std::string> known;
  for (const auto& [parameter, bounds] : network.parameters) known.push_back(parameter);
  throw InputError(fmt::format("{}: {} has no parameter '{}'{}; it has {}", place, network.name,
                               visible(name), did_you_mean(name, known),
                               known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
}

void add_network(const NetworkAxis& axis, std::vector<Named>& into) {
  if (!workloads::has_zoo_network(axis.network.text)) {
    throw InputError(fmt::format("{}: no network of the zoo is called '{}'{}", axis.network.place,
                                 visible(axis.network.text),
                                 did_you_mean(axis.network.text, workloads::zoo_network_names())));
  }
  const workloads::ZooNetwork network = workloads::find_zoo_network(axis.network.text);
  std::vector<ModelChoice> choices{{.network = axis.network.text}};
  for (const auto& [name, values] : axis.parameters) {
    require_parameter(network, name, values.front().place);
    std::vector<ModelChoice> longer;
    if (choices.size() * values.size() > kMostValues) {
      throw InputError(
          fmt::format("{}: makes more than {} models", axis.network.place, kMostValues));
    }
    for (const ModelChoice& choice : choices) {
      for (const AxisValue& value : values) {
        const auto number = read_number(value.text, RealForm{});
        if (!number) throw InputError(fmt::format("{}: {}", value.place, number.refusal()));
        ModelChoice with = choice;
        with.parameters[name] = *number;
        with.argument +=
            fmt::format("{}{}={}", with.argument.empty() ? ":" : ",", name, value.text);
        if (values.size() > 1) {
          with.title += fmt::format("{}{}={}", with.title.empty() ? " " : ", ", name, value.text);
        }
        longer.push_back(std::move(with));
      }
    }
    choices = std::move(longer);
  }
  for (ModelChoice& choice : choices) {
    choice.argument = axis.network.text + choice.argument;
    choice.title = axis.network.text + choice.title;
    into.push_back({std::move(choice), axis.network.place});
  }
}

// What a network of the zoo is made of: its topology and the settings.
std::string digest_of_network(const std::string& argument) {
  const std::string rest = argument.starts_with("zoo:") ? argument.substr(4) : argument;
  const workloads::ZooNetwork network = workloads::find_zoo_network(rest.substr(0, rest.find(':')));
  return toolchain::BuildKey().add("zoo").add(rest).add_file(network.file).hex();
}

void describe(ModelChoice& choice) {
  const bool is_file = choice.is_file;
  const prediction::LoadedModel model = prediction::load_model_shapes(choice.argument);
  if (choice.network.empty()) {
    const std::string rest = choice.argument.substr(0, choice.argument.find(':'));
    choice.network = is_file ? visible_stem(choice.argument) : rest;
  }
  choice.digest = is_file ? model.sha256 : digest_of_network(choice.argument);
  choice.macs = workloads::macs(model.graph);
  choice.parameter_count = workloads::parameters(model.graph);
  choice.fit = prediction::fit_bound(model.graph);
  choice.overlapped_fit = prediction::fit_bound(model.graph, true);
  choice.least_macs = least_macs(model.graph);
}

// Files go by their stems where nothing else does.
void shorten_titles(std::vector<ModelChoice>& choices) {
  std::map<std::string, int> uses;
  const auto shorter = [](const ModelChoice& choice) {
    return choice.is_file ? choice.network : choice.title;
  };
  for (const ModelChoice& choice : choices) ++uses[shorter(choice)];
  for (ModelChoice& choice : choices) {
    if (uses[shorter(choice)] == 1) choice.title = shorter(choice);
  }
}

}  // namespace

std::vector<ModelChoice> resolve_models(const Space& space) {
  std::vector<Named> named;
  add_words(space, named);
  for (const NetworkAxis& axis : space.networks) add_network(axis, named);
  std::set<std::string> seen;
  std::vector<ModelChoice> choices;
  for (Named& each : named) {
    if (!seen.insert(each.choice.argument).second) {
      throw InputError(
          fmt::format("{}: {} is named twice", each.place, visible(each.choice.argument)));
    }
    if (each.choice.title.empty()) each.choice.title = each.choice.argument;
    each.choice.is_file = prediction::is_model_file(each.choice.argument);
    try {
      describe(each.choice);
    } catch (const InputError& error) {
      if (!each.choice.is_file) {
        throw InputError(fmt::format("{}: {}", each.place, error.what()));
      }
      each.choice.network = visible_stem(each.choice.argument);
      each.choice.refused = visible(error.what());
    } catch (const NotModelled& error) {
      each.choice.refused = visible(error.what());
    }
    choices.push_back(std::move(each.choice));
  }
  shorten_titles(choices);
  for (const ScoreFile& file : space.scores) add_scores(file, choices);
  return choices;
}

}  // namespace boardless::exploration
