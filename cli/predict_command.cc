// Turns arguments into a question, its document into views and an exit status.
#include "cli/predict_command.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "cli/accelerator_argument.h"
#include "cli/choice_option.h"
#include "cli/clock_option.h"
#include "cli/kernel_argument.h"
#include "cli/output_tensors.h"
#include "cli/prediction_status.h"
#include "cli/progress_bar.h"
#include "prediction/session.h"
#include "reports/figures.h"
#include "reports/views.h"

namespace boardless::cli {
namespace {

enum class Format { kTable, kJson, kCsv };

struct Arguments {
  prediction::Question question;
  std::string input;
  Format format = Format::kTable;
  bool layers = false;
  FailOn fail_on = FailOn::kAll;
  std::string output;
  std::string report;
  std::string save_output;
};

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

// Draws a bar for the model at work, and one for each image that is compiled.
class Progress {
 public:
  void running(const std::string& model, std::size_t done, std::size_t total) {
    bar_of(model).update(done, total);
  }
  toolchain::KernelBuilder::Progress compiling(const std::string& title, const std::string& image) {
    return [this, label = fmt::format("{} for {}", title, image)](
               std::size_t done, std::size_t total) { bar_of(label).update(done, total); };
  }

 private:
  ProgressBar& bar_of(const std::string& label) {
    if (!bar_ || label != label_) {
      bar_.emplace(label);
      label_ = label;
    }
    return *bar_;
  }
  std::string label_;
  std::optional<ProgressBar> bar_;
};

prediction::Document ask(Arguments& arguments, OutputTensors& tensors) {
  if (!arguments.input.empty()) arguments.question.input = read_file(arguments.input);
  Progress progress;
  prediction::Watcher watcher;
  watcher.progress = [&](const std::string& model, std::size_t done, std::size_t total) {
    progress.running(model, done, total);
  };
  watcher.compiling = [&](const std::string& title, const std::string& image) {
    return progress.compiling(title, image);
  };
  watcher.outputs = [&](const auto& model, const auto& outputs) { tensors.keep(model, outputs); };
  return prediction::answer(arguments.question, watcher);
}

ExitStatus run_predict(Arguments& arguments) {
  OutputTensors tensors(arguments.save_output);
  const prediction::Document document = ask(arguments, tensors);
  tensors.write();
  const std::string text = render(document, arguments);
  if (!arguments.report.empty()) write_file(arguments.report, reports::to_html(document));
  if (arguments.output.empty()) {
    fmt::print("{}", text);
  } else {
    write_file(arguments.output, text);
  }
  const ExitStatus status = status_of(document, arguments.fail_on);
  // Where the reason is not on the screen already.
  const bool shows_table = arguments.output.empty() && arguments.format == Format::kTable;
  if (document.predictions.empty() && !document.unanswered.empty() && !shows_table) {
    const prediction::Unanswered& first = document.unanswered.front();
    fmt::print(stderr, "boardless: {}: {}\n", reports::kind_text(first.kind), first.reason);
  }
  return status;
}

}  // namespace

void add_predict_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("predict", "Predict latency, memory and energy of models on targets");
  command
      ->add_option("model", arguments->question.models,
                   "A .tflite file, or a network of the zoo: NAME or NAME:width=0.5,…")
      ->required()
      ->type_name("MODEL");
  command
      ->add_option("-t,--target", arguments->question.targets,
                   "Names or YAML files of microcontrollers and accelerators, separated by commas; "
                   "'all' for "
                   "every bundled microcontroller, 'accelerators' for every accelerator")
      ->required()
      ->delimiter(',')
      ->type_name("TARGET");
  add_kernel_options(*command, arguments->question.kernels);
  add_accelerator_options(*command, arguments->question.accelerator);
  command
      ->add_option("--runtime", arguments->question.runtime,
                   "What surrounds the kernels: ahead-of-time or interpreter")
      ->capture_default_str()
      ->type_name("NAME");
  command
      ->add_option(
          "-i,--input", arguments->input,
          "Bytes of the input tensor (one byte per element for a float input: pixels / 255); "
          "default: seeded random")
      ->type_name("FILE");
  add_clock_option(*command, "--clock", arguments->question.clock_hz,
                   "Run every microcontroller at this clock instead");
  add_choice<Format>(*command, "-f,--format", arguments->format,
                     {{"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}},
                     "What the result is written as");
  command->add_flag("-l,--layers", arguments->layers, "Show every layer in the table");
  command->add_option("-o,--output", arguments->output, "Write the result here, not to stdout")
      ->type_name("FILE");
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE.html");
  command
      ->add_option(
          "--save-output", arguments->save_output,
          "Write the output tensors: .npy, or else their bytes; {model} and {output} in the "
          "name stand for the model and the output's number")
      ->type_name("FILE");
  add_choice<FailOn>(
      *command, "--fail-on", arguments->fail_on, {{"all", FailOn::kAll}, {"any", FailOn::kAny}},
      "Exit with status 1 when a model is answered 'no' on all of its targets, or on "
      "any");
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
      "  boardless predict a.tflite b.tflite -t rp2040,nrf52840 --fail-on any\n"
      "Exit status 1: a model fits, or is modelled on, none of its targets (--fail-on any: not on "
      "each);\n"
      "2: a model's file is broken; 3: a kernel faulted; 4: nothing could be answered.");
  command->callback([arguments, &status] { status = run_predict(*arguments); });
}

}  // namespace boardless::cli
