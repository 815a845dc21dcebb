// Turns arguments into workloads and targets, predictions into views.
#include "cli/predict_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/version.h"
#include "cli/accelerator_argument.h"
#include "cli/kernel_argument.h"
#include "cli/model_argument.h"
#include "cli/progress_bar.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "prediction/accelerator_prediction.h"
#include "prediction/predict.h"
#include "reports/views.h"
#include "targets/target.h"

namespace boardless::cli {
namespace {

using prediction::Prediction;

enum class Format { kTable, kJson, kCsv };

struct Arguments {
  std::vector<std::string> models;
  std::vector<std::string> targets;
  KernelArgument kernels;
  std::string runtime = "ahead-of-time";
  std::string input;
  Format format = Format::kTable;
  bool layers = false;
  std::string output;
  std::string report;
  std::optional<double> clock_mhz;  // each target's own when empty
  AcceleratorArgument accelerator;
};

// In whole hertz; each target knows its own limit below.
std::uint32_t clock_hz(double mhz) {
  const double hz = std::round(mhz * 1e6);
  if (!(hz >= 1 && hz <= std::numeric_limits<std::uint32_t>::max())) {
    throw InputError(fmt::format(
        "--clock {}: no clock in MHz; accepted is above 0 and up to the target's own", mhz));
  }
  return static_cast<std::uint32_t>(hz);
}

// What is predicted for, in the order asked; each entry is in one of the two lists.
struct Targets {
  struct Place {
    bool is_accelerator = false;
    std::size_t index = 0;
  };
  std::vector<Place> order;
  std::vector<targets::Target> mcus;
  std::vector<cost_models::AcceleratorModel> accelerators;

  bool holds(const std::string& name) const {
    return std::ranges::any_of(mcus, [&](const auto& t) { return t.name == name; }) ||
           std::ranges::any_of(accelerators, [&](const auto& a) { return a.name == name; });
  }
};

std::vector<std::string> target_words(const Arguments& arguments) {
  std::vector<std::string> names;
  for (const std::string& name : arguments.targets) {
    if (name == "all" || name == "accelerators") {
      const std::vector<std::string> all =
          name == "all" ? targets::target_names() : cost_models::accelerator_names();
      names.insert(names.end(), all.begin(), all.end());
    } else {
      names.push_back(name);
    }
  }
  return names;
}

Targets load_targets(const Arguments& arguments) {
  Targets result;
  for (const std::string& name : target_words(arguments)) {
    if (result.holds(name)) continue;
    if (cost_models::is_accelerator(name)) {
      result.order.push_back({true, result.accelerators.size()});
      result.accelerators.push_back(cost_models::load_accelerator(name));
      continue;
    }
    targets::Target target = targets::load_target(name);
    if (arguments.clock_mhz) {
      target = targets::with_clock(std::move(target), clock_hz(*arguments.clock_mhz));
    }
    result.order.push_back({false, result.mcus.size()});
    result.mcus.push_back(std::move(target));
  }
  return result;
}

prediction::Workload load_workload(const std::string& argument, const Arguments& arguments) {
  LoadedModel model = load_model(argument);
  std::optional<std::vector<std::uint8_t>> input;
  if (!arguments.input.empty()) input = read_file(arguments.input);
  return prediction::make_workload(std::move(model.graph), std::move(model.sha256),
                                   std::move(input));
}

std::string render(const prediction::Document& document, const Arguments& arguments) {
  switch (arguments.format) {
    case Format::kJson:
      return reports::to_json(document);
    case Format::kCsv:
      return reports::to_csv(document);
    case Format::kTable:
      break;
  }
  return reports::to_table(document, arguments.layers);
}

// No, when some model fits nowhere or some output is wrong.
ExitStatus status_of(const prediction::Document& document) {
  std::map<std::pair<std::string, std::string>, bool> fits_somewhere;  // by name and digest
  bool exact = true;
  for (const Prediction& prediction : document.predictions) {
    fits_somewhere[{prediction.model, prediction.model_sha256}] |= prediction.fits;
    exact = exact && (prediction.bit_exact || prediction.accelerator);
  }
  const bool yes =
      exact && std::ranges::all_of(fits_somewhere, [](const auto& entry) { return entry.second; });
  return yes ? ExitStatus::kDone : ExitStatus::kNo;
}

// One model with all its targets. Networks of the zoo get weights only when they are run.
class ModelPredictions {
 public:
  ModelPredictions(std::string argument, const Arguments& arguments, const Targets& targets)
      : argument_(std::move(argument)), arguments_(arguments), targets_(targets) {
    if (targets_.mcus.empty()) {
      shapes_ = load_model_shapes(argument_);
    } else {
      workload_ = load_workload(argument_, arguments_);
    }
  }

  void run(prediction::PredictOptions& options,
           const std::vector<cost_models::AcceleratorConfiguration>& configurations,
           prediction::Document& document) {
    ProgressBar bar(argument_);
    options.progress = [&bar](std::size_t done, std::size_t total) { bar.update(done, total); };
    std::vector<Prediction> on_mcus;
    if (!targets_.mcus.empty()) on_mcus = prediction::predict(*workload_, targets_.mcus, options);
    for (const Targets::Place& place : targets_.order) {
      if (!place.is_accelerator) {
        document.predictions.push_back(std::move(on_mcus[place.index]));
        continue;
      }
      const auto host_times = [&](const std::string& name, const workloads::Graph& part) {
        return times_on(name, part, options.runtime);
      };
      document.predictions.push_back(prediction::predict_on_accelerator(
          workload_ ? workload_->graph : shapes_.graph,
          workload_ ? workload_->sha256 : shapes_.sha256, targets_.accelerators[place.index],
          configurations[place.index], host_times));
    }
  }

 private:
  static std::vector<double> times_on(const std::string& name, const workloads::Graph& part,
                                      const cost_models::Runtime& runtime) {
    prediction::PredictOptions options;
    options.runtime = runtime;
    const prediction::Workload workload = prediction::make_workload(part, "", std::nullopt);
    const std::vector<targets::Target> host{targets::load_target(name)};
    std::vector<double> times;
    for (const prediction::Layer& layer :
         prediction::predict(workload, host, options).front().layers) {
      times.push_back(layer.latency_ms);
    }
    return times;
  }

  const std::string argument_;
  const Arguments& arguments_;
  const Targets& targets_;
  std::optional<prediction::Workload> workload_;
  LoadedModel shapes_;
};

ExitStatus run_predict(const Arguments& arguments) {
  const Targets targets = load_targets(arguments);
  const std::vector<cost_models::AcceleratorConfiguration> configurations =
      accelerator_configurations(arguments.accelerator, targets.accelerators);
  prediction::PredictOptions options;
  options.runtime = cost_models::load_runtime(arguments.runtime);
  // All of them first: the last name mistyped should not cost the time of those before it.
  std::vector<ModelPredictions> models;
  for (const std::string& model : arguments.models) models.emplace_back(model, arguments, targets);
  choose_kernels(arguments.kernels, targets.mcus, options);
  prediction::Document document{version(), {}};
  for (ModelPredictions& model : models) model.run(options, configurations, document);
  const std::string text = render(document, arguments);
  if (!arguments.report.empty()) write_file(arguments.report, reports::to_html(document));
  if (arguments.output.empty()) {
    fmt::print("{}", text);
  } else {
    write_file(arguments.output, text);
  }
  return status_of(document);
}

// An option whose value is one of a few words.
template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& flags, Value& into,
                        const std::vector<std::pair<std::string, Value>>& choices,
                        const std::string& description) {
  std::vector<std::string> words;
  for (const auto& [word, value] : choices) words.push_back(word);
  const auto choose = [&into, choices](const std::string& chosen) {
    const auto is_chosen = [&](const auto& choice) { return choice.first == chosen; };
    into = std::ranges::find_if(choices, is_chosen)->second;
  };
  return command.add_option_function<std::string>(flags, choose, description)
      ->check(CLI::IsMember(words))
      ->type_name("WORD")
      ->default_str(words.front());
}

}  // namespace

void add_predict_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("predict", "Predict latency, memory and energy of models on targets");
  command
      ->add_option("model", arguments->models,
                   "A .tflite file, or a network of the zoo: NAME or NAME:width=0.5,…")
      ->required()
      ->type_name("MODEL");
  command
      ->add_option("-t,--target", arguments->targets,
                   "Names or YAML files of microcontrollers and accelerators, separated by commas; "
                   "'all' for "
                   "every bundled microcontroller, 'accelerators' for every accelerator")
      ->required()
      ->delimiter(',')
      ->type_name("TARGET");
  add_kernel_options(*command, arguments->kernels);
  add_accelerator_options(*command, arguments->accelerator);
  command
      ->add_option("--runtime", arguments->runtime,
                   "What surrounds the kernels: ahead-of-time or interpreter")
      ->capture_default_str()
      ->type_name("NAME");
  command
      ->add_option(
          "-i,--input", arguments->input,
          "Bytes of the input tensor (one byte per element for a float input: pixels / 255); "
          "default: seeded random")
      ->type_name("FILE");
  command
      ->add_option("--clock", arguments->clock_mhz,
                   "Run every microcontroller at this clock instead")
      ->type_name("MHZ");
  add_choice<Format>(*command, "-f,--format", arguments->format,
                     {{"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}},
                     "What the result is written as");
  command->add_flag("-l,--layers", arguments->layers, "Show every layer in the table");
  command->add_option("-o,--output", arguments->output, "Write the result here, not to stdout")
      ->type_name("FILE");
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE.html");
  command->footer(
      "Examples:\n"
      "  boardless predict kws --target stm32f446re --layers\n"
      "  boardless predict kws ic vww --target all --report out/index.html\n"
      "  boardless predict mobilenet_v2:width=0.35,resolution=96 -t all\n"
      "  boardless predict model.tflite -t nrf52840,rp2040 --format json -o result.json\n"
      "  boardless predict kws -t stm32l4r5zi --clock 80 --kernels reference\n"
      "  boardless predict kws -t all --kernels ~/CMSIS-NN --kernel-flags=\"-O2 -g\"\n"
      "  boardless predict mobilenet_v2 -t coral-usb3,imx500,ethos-u55-128\n"
      "  boardless predict vgg16 -t coral-m2 --devices 8 --device-use pipelined --layers\n"
      "Exit status 1: a model fits none of the targets asked for.");
  command->callback([arguments, &status] { status = run_predict(*arguments); });
}

}  // namespace boardless::cli
