// Turns arguments into workloads and targets, predictions into views.
#include "cli/predict_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/sha256.h"
#include "cli/progress_bar.h"
#include "prediction/predict.h"
#include "reports/views.h"
#include "targets/target.h"
#include "workloads/tflite.h"
#include "workloads/zoo.h"

namespace boardless::cli {
namespace {

using prediction::KernelPreference;
using prediction::Prediction;

enum class Format { kTable, kJson, kCsv };

struct Arguments {
  std::vector<std::string> models;
  std::vector<std::string> targets;
  KernelPreference kernels = KernelPreference::kAuto;
  std::string runtime = "ahead-of-time";
  std::string input;
  Format format = Format::kTable;
  bool layers = false;
  std::string output;
  std::string report;
  double clock_mhz = 0;
};

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
    if (arguments.clock_mhz > 0) {
      target = targets::with_clock(target, static_cast<std::uint32_t>(arguments.clock_mhz * 1e6));
    }
    result.push_back(std::move(target));
  }
  return result;
}

bool is_zoo_name(const std::string& model) {
  const std::vector<workloads::ZooEntry> zoo = workloads::zoo_entries();
  return std::ranges::any_of(zoo, [&](const auto& entry) { return entry.name == model; });
}

// A file, or a network of the zoo by name.
prediction::Workload load_workload(const std::string& model, const Arguments& arguments) {
  std::vector<std::uint8_t> bytes;
  workloads::Graph graph;
  if (!std::filesystem::exists(model) && is_zoo_name(model)) {
    bytes = workloads::write_tflite(workloads::make_zoo_model(model));
    graph = workloads::read_tflite(bytes, model);
  } else {
    const std::filesystem::path path = model;
    if (!std::filesystem::exists(path) && !path.has_extension()) {
      throw InputError(fmt::format(
          "{}: neither a file nor a network of the zoo ('boardless model list' shows them)",
          model));
    }
    bytes = read_file(path);
    graph = workloads::read_tflite_file(path);
  }
  std::optional<std::vector<std::uint8_t>> input;
  if (!arguments.input.empty()) input = read_file(arguments.input);
  return prediction::make_workload(std::move(graph), sha256_hex(bytes), std::move(input));
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
  std::map<std::string, bool> fits_somewhere;
  bool exact = true;
  for (const Prediction& prediction : document.predictions) {
    fits_somewhere[prediction.model] |= prediction.fits;
    exact = exact && prediction.bit_exact;
  }
  const bool yes =
      exact && std::ranges::all_of(fits_somewhere, [](const auto& entry) { return entry.second; });
  return yes ? ExitStatus::kDone : ExitStatus::kNo;
}

ExitStatus run_predict(const Arguments& arguments) {
  const std::vector<targets::Target> targets = load_targets(arguments);
  prediction::PredictOptions options;
  options.kernels = arguments.kernels;
  options.runtime = cost_models::load_runtime(arguments.runtime);
  prediction::Document document{BOARDLESS_VERSION, {}};
  for (const std::string& model : arguments.models) {
    ProgressBar bar(model);
    options.progress = [&bar](std::size_t done, std::size_t total) { bar.update(done, total); };
    const prediction::Workload workload = load_workload(model, arguments);
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

}  // namespace

void add_predict_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("predict", "Predict latency, memory and energy of models on targets");
  command->add_option("model", arguments->models, "A .tflite file, or a network of the zoo by name")
      ->required()
      ->type_name("MODEL");
  command
      ->add_option("-t,--target", arguments->targets,
                   "Target names or YAML files, separated by commas; 'all' for every bundled one")
      ->required()
      ->delimiter(',')
      ->type_name("NAME");
  command
      ->add_option("-k,--kernels", arguments->kernels,
                   "auto: the fastest the core can run; reference: portable C")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, KernelPreference>{{"auto", KernelPreference::kAuto},
                                                  {"reference", KernelPreference::kReference},
                                                  {"optimized", KernelPreference::kOptimized}}))
      ->default_str("auto")
      ->type_name("LIBRARY");
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
      ->check(CLI::PositiveNumber)
      ->type_name("MHZ");
  command->add_option("-f,--format", arguments->format, "table, json or csv")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Format>{
          {"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}}))
      ->default_str("table")
      ->type_name("FORMAT");
  command->add_flag("-l,--layers", arguments->layers, "Show every layer in the table");
  command->add_option("-o,--output", arguments->output, "Write the result here, not to stdout")
      ->type_name("FILE");
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE.html");
  command->footer(
      "Examples:\n"
      "  boardless predict kws --target stm32f446re --layers\n"
      "  boardless predict kws ic vww --target all --report out/index.html\n"
      "  boardless predict model.tflite -t nrf52840,rp2040 --format json -o result.json\n"
      "  boardless predict kws -t stm32l4r5zi --clock 80 --kernels reference\n"
      "Exit status 1: a model fits none of the targets asked for.");
  command->callback([arguments, &status] { status = run_predict(*arguments); });
}

}  // namespace boardless::cli
