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
#include "cli/kernel_argument.h"
#include "cli/model_argument.h"
#include "cli/progress_bar.h"
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

std::vector<targets::Target> load_targets(const Arguments& arguments) {
  std::vector<std::string> names;
  for (const std::string& name : arguments.targets) {
    if (name == "all") {
      const std::vector<std::string> all = targets::target_names();
      names.insert(names.end(), all.begin(), all.end());
    } else {
      names.push_back(name);
    }
  }
  std::vector<targets::Target> result;
  for (const std::string& name : names) {
    const bool seen = std::ranges::any_of(result, [&](const auto& t) { return t.name == name; });
    if (seen) continue;
    targets::Target target = targets::load_target(name);
    if (arguments.clock_mhz) {
      target = targets::with_clock(std::move(target), clock_hz(*arguments.clock_mhz));
    }
    result.push_back(std::move(target));
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
    exact = exact && prediction.bit_exact;
  }
  const bool yes =
      exact && std::ranges::all_of(fits_somewhere, [](const auto& entry) { return entry.second; });
  return yes ? ExitStatus::kDone : ExitStatus::kNo;
}

ExitStatus run_predict(const Arguments& arguments) {
  const std::vector<targets::Target> targets = load_targets(arguments);
  prediction::PredictOptions options;
  options.runtime = cost_models::load_runtime(arguments.runtime);
  // All of them first: the last name mistyped should not cost the time of those before it.
  std::vector<prediction::Workload> workloads;
  for (const std::string& model : arguments.models) {
    workloads.push_back(load_workload(model, arguments));
  }
  choose_kernels(arguments.kernels, targets, options);
  prediction::Document document{BOARDLESS_VERSION, {}};
  for (const prediction::Workload& workload : workloads) {
    ProgressBar bar(workload.graph.name);
    options.progress = [&bar](std::size_t done, std::size_t total) { bar.update(done, total); };
    for (Prediction& prediction : prediction::predict(workload, targets, options)) {
      document.predictions.push_back(std::move(prediction));
    }
  }
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
                   "Target names or YAML files, separated by commas; 'all' for every bundled one")
      ->required()
      ->delimiter(',')
      ->type_name("NAME");
  add_kernel_options(*command, arguments->kernels);
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
  command->add_option("--clock", arguments->clock_mhz, "Run every target at this clock instead")
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
      "Exit status 1: a model fits none of the targets asked for.");
  command->callback([arguments, &status] { status = run_predict(*arguments); });
}

}  // namespace boardless::cli
