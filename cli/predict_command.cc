// Turns arguments into a question, its document into views and an exit status.
#include "cli/predict_command.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "cli/accelerator_argument.h"
#include "cli/choice_option.h"
#include "cli/command_files.h"
#include "cli/command_line.h"
#include "cli/format_option.h"
#include "cli/kernel_argument.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/output_tensors.h"
#include "cli/prediction_status.h"
#include "cli/question_progress.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "cost_models/runtime.h"
#include "prediction/kernel_source.h"
#include "prediction/session.h"
#include "reports/figures.h"
#include "reports/views.h"
#include "targets/target.h"
#include "toolchain/object_store.h"

namespace boardless::cli {
namespace {

constexpr std::uint64_t kMostBaselineBytes = 256U << 20U;

struct Arguments {
  prediction::Question question;
  std::string input;
  Format format = Format::kTable;
  bool layers = false;
  FailOn fail_on = FailOn::kAll;
  std::string output;
  std::string report, baseline;
  std::vector<std::string> places, without;
  std::string save_output;
  reports::TableView view;
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
  return reports::to_table(document, arguments.layers,
                           {.view = view_for(arguments.view, arguments.output),
                            .short_notes = verbosity() != Verbosity::kVerbose});
}

prediction::Document ask(Arguments& arguments, OutputTensors& tensors) {
  if (!arguments.input.empty()) arguments.question.input = read_input(arguments.input);
  arguments.question.chip =
      targets::read_what_if(arguments.places, "--place", arguments.without, "--without");
  QuestionProgress progress("predict");
  prediction::Watcher watcher = progress.watcher();
  watcher.outputs = [&](const auto& model, const auto& outputs) { tensors.keep(model, outputs); };
  return prediction::answer(arguments.question, watcher);
}

// Where the reason of what is not answered is not on the screen already.
void say_why_nothing_is_answered(const prediction::Document& document, const Arguments& arguments) {
  if (!document.predictions.empty() || document.unanswered.empty()) return;
  const bool table_shows = is_stdout(arguments.output) && arguments.format == Format::kTable;
  if (table_shows && document.unanswered.front().report.empty()) return;
  const prediction::Unanswered& first = document.unanswered.front();
  complain(fmt::format("{}: {}", reports::kind_text(first.kind), first.reason), first.report);
}

CommandFiles files_of(const Arguments& arguments) {
  const prediction::Question& question = arguments.question;
  CommandFiles files;
  for (const std::string& model : question.models) files.reads("MODEL", model);
  for (const std::string& word : question.targets) files.reads_target("--target", word);
  if (cost_models::is_runtime_file(question.runtime)) files.reads("--runtime", question.runtime);
  files.reads("--input", arguments.input);
  files.reads("--baseline", arguments.baseline);
  if (prediction::is_library(question.kernels.kernels)) {
    files.reads_sources("--kernels", question.kernels.kernels);
  }
  if (!arguments.report.empty()) files.writes("--report", arguments.report);
  files.writes("--output", arguments.output);
  return files;
}

// `files` and those of --save-output, checked.
CommandFiles with_saved(CommandFiles files, const std::vector<std::string>& saved) {
  for (const std::string& file : saved) files.writes("--save-output", file);
  files.check();
  return files;
}

// A library in a folder is compiled; kernels that a word names are there.
void confine(const CommandFiles& files, const std::string& kernels) {
  if (!prediction::is_library(kernels)) return files.confine();
  const std::filesystem::path cache = toolchain::default_cache_folder();
  std::filesystem::create_directories(cache);
  files.confine_compiling({cache});
}

// Read before anything is run: a broken one costs no run.
std::optional<prediction::Document> read_baseline(const std::string& file) {
  if (file.empty()) return std::nullopt;
  return reports::from_json(read_input_text(file, kMostBaselineBytes), file);
}

ExitStatus run_predict(Arguments& arguments) {
  if (arguments.format == Format::kTable) reports::require_columns(arguments.view);
  const std::optional<prediction::Document> baseline = read_baseline(arguments.baseline);
  OutputTensors tensors(arguments.save_output);
  const CommandFiles files = files_of(arguments);
  confine(with_saved(files, tensors.expected_files(arguments.question.models)),
          arguments.question.kernels.kernels);
  const prediction::Document document = ask(arguments, tensors);
  with_saved(files, tensors.files());
  tensors.write();
  if (!arguments.report.empty()) {
    const reports::PageNotes notes{command_line(), baseline ? &*baseline : nullptr};
    write_output(arguments.report, reports::to_html(document, notes));
  }
  write_output(arguments.output, render(document, arguments));
  say_why_nothing_is_answered(document, arguments);
  return status_of(document, arguments.fail_on);
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
                   "Microcontrollers and accelerators, separated by commas: names, YAML files, "
                   "patterns such as 'stm32*', core=, vendor=, family=, fpu=, all, accelerators, "
                   "!WORD to leave out")
      ->required()
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("TARGET");
  add_kernel_options(*command, arguments->question.kernels);
  add_accelerator_options(*command, arguments->question.accelerator);
  command
      ->add_option("--runtime", arguments->question.runtime,
                   "What surrounds the kernels: ahead-of-time, interpreter, or a YAML file")
      ->capture_default_str()
      ->type_name("NAME");
  command
      ->add_option(
          "-i,--input", arguments->input,
          "Bytes of the input tensor (one byte per element for a float input: pixels / 255); "
          "default: seeded random")
      ->type_name("FILE");
  std::vector<std::pair<std::string, std::optional<cost_models::Planner>>> planners{
      {"auto", std::nullopt}};
  for (std::size_t i = 0; i < cost_models::kPlannerNames.size(); ++i) {
    planners.emplace_back(cost_models::kPlannerNames[i], static_cast<cost_models::Planner>(i));
  }
  add_choice(*command, "--planner", arguments->question.planner, planners,
             "Who lays out the arena: greedy_by_size as TensorFlow Lite Micro does; "
             "greedy_in_order, where of equal sizes the earlier comes first; overlapped, where an "
             "output may reach into its input; auto: the runtime's own");
  command->add_flag("--together", arguments->question.together,
                    "Say also what all models take together in one device, where they take turns");
  add_number_option(*command, "--invocations", arguments->question.invocations,
                    {.least = 1, .most = 100'000},
                    "Invoke the model this often and keep its state; --input may hold one input "
                    "for each, and figures are the last one's");
  command
      ->add_option("--place", arguments->places,
                   "Put code, constants, arena or stack into another memory of the chip, such as "
                   "constants=dtcm; `targets show` names them")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("WINDOW=MEMORY,...");
  command
      ->add_option("--without", arguments->without,
                   "Switch off what stands between the core and its memories: cache, prefetch")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("WORD,...");
  add_number_option(*command, "--clock", arguments->question.clock_hz,
                    {.kind = NumberKind::kMegahertz, .least = 1},
                    "Run every microcontroller at this clock instead");
  add_format_option(*command, arguments->format);
  command->add_flag("-l,--layers", arguments->layers, "Show every layer in the table");
  add_output_option(*command, arguments->output);
  command->add_option("-r,--report", arguments->report, "Write a self-contained HTML page as well")
      ->type_name("FILE.html");
  command
      ->add_option("--baseline", arguments->baseline,
                   "A result of before (--format json) that the page sets beside this one")
      ->needs("--report")
      ->type_name("FILE");
  command
      ->add_option(
          "--save-output", arguments->save_output,
          "Write the output tensors, of several invocations all: .npy, or else their bytes; "
          "{model} and {output} in the name stand for the model and the output's number")
      ->type_name("FILE");
  add_choice<FailOn>(
      *command, "--fail-on", arguments->fail_on, {{"all", FailOn::kAll}, {"any", FailOn::kAny}},
      "Exit with status 1 when a model is answered 'no' on all of its targets, or on "
      "any");
  add_number_option(*command, "--memory-limit", arguments->question.memory_limit,
                    {.kind = NumberKind::kBytes, .least = 1},
                    "What one model's tensors may take of this machine, such as 4GiB; default: "
                    "half of its memory");
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless predict kws --target stm32f446re --layers\n"
      "  boardless predict kws ic vww --target all --report out/index.html\n"
      "  boardless predict mobilenet_v2:width=0.35,resolution=96 -t all\n"
      "  boardless predict model.tflite -t nrf52840,rp2040 --format json -o result.json\n"
      "  boardless predict model.tflite -t nrf52840,rp2040 -r new.html --baseline result.json\n"
      "  boardless predict kws -t stm32l4r5zi --clock 80 --kernels reference\n"
      "  boardless predict kws -t all --kernels ~/CMSIS-NN --kernel-flags=\"-O2 -g\"\n"
      "  boardless predict mobilenet_v2 -t coral-usb3,imx500,ethos-u55-128\n"
      "  boardless predict vgg16 -t coral-m2 --devices 8 --device-use pipelined --layers\n"
      "  boardless predict kws -t vendor=ST --sort latency_ms --top 5\n"
      "  boardless predict a.tflite b.tflite -t rp2040,nrf52840 --fail-on any\n"
      "  boardless predict wake_word.tflite -t nrf52840 --invocations 10 --input frames.bin\n"
      "  boardless predict kws person.tflite --together -t stm32l4r5zi --runtime interpreter\n"
      "  boardless predict mcunet.tflite -t stm32h743zi --planner overlapped\n"
      "Exit status 1: a model fits, or is modelled on, none of its targets (--fail-on any: not on "
      "each);\n"
      "2: a model's file is broken; 3: a kernel faulted; 4: nothing could be answered.");
  command->callback([arguments, &status] { status = run_predict(*arguments); });
}

}  // namespace boardless::cli
