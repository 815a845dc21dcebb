// Turns arguments into a run of firmware, and its end into a view and an exit status.
#include "cli/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/escaped_text.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "cli/command_files.h"
#include "cli/command_line.h"
#include "cli/interrupt.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/run_arguments.h"
#include "cli/run_monitor.h"
#include "cli/run_outcome.h"
#include "cli/terminal.h"
#include "cli/verbosity.h"
#include "prediction/firmware_run.h"
#include "prediction/firmware_runs.h"
#include "prediction/target_selection.h"
#include "reports/run_page.h"
#include "reports/run_report.h"
#include "reports/runs_report.h"
#include "sim/firmware_image.h"
#include "targets/target.h"

namespace boardless::cli {
namespace {

using prediction::FirmwareOptions;
using prediction::FirmwareRun;

// What every run is asked.
FirmwareOptions options_of(const RunArguments& arguments) {
  FirmwareOptions options = arguments.options;
  options.clock = arguments.clock == "model" ? FirmwareOptions::Clock::kModel
                                             : FirmwareOptions::Clock::kInstructions;
  if (!arguments.uart_in.empty())
    options.serial.input = read_input_text(arguments.uart_in, kMostTypedBytes);
  if (!arguments.semihosting_in.empty()) {
    options.semihosting_input = read_input_text(arguments.semihosting_in, kMostTypedBytes);
  }
  options.serial.prompt = unescaped("--uart-prompt", arguments.prompt);
  options.serial.line_end = unescaped("--uart-line-end", arguments.line_end);
  options.serial.stop_text = unescaped("--until-output", arguments.until_output);
  for (const std::string& region : arguments.regions) {
    options.regions.push_back(prediction::read_region(region));
  }
  if (arguments.wants_profile()) {
    if (options.clock != FirmwareOptions::Clock::kModel) {
      throw InputError(
          "--explain, --profile, --trace, --traffic and --report need --clock-model model");
    }
    options.profiling = {.hot_blocks = arguments.hot_blocks,
                         .trace = !arguments.trace.empty(),
                         .traffic = arguments.traffic,
                         .timeline = !arguments.report.empty()};
  }
  return options;
}

// Shown as it comes, unless stdout is for something else.
void show_output(const RunArguments& arguments, RunMonitor& monitor, FirmwareOptions& options) {
  if (arguments.format == "json" && is_stdout(arguments.output)) return;
  if (is_stdout(arguments.uart_out)) {
    options.on_serial = [&monitor](std::uint8_t byte) { monitor.show(static_cast<char>(byte)); };
  }
  options.on_semihosting = [&monitor](char c) { monitor.show(c); };
}

std::uint64_t most_cycles(const FirmwareOptions& options, const targets::Target& target) {
  if (!prediction::has_default_end(options)) return options.max_cycles;
  return prediction::kDefaultSeconds * std::uint64_t{target.clock_hz.value()};
}

sim::ElfImage load(const RunArguments& arguments, const std::string& file) {
  sim::ElfImage image = sim::load_firmware(file);
  if (!arguments.symbols.empty()) sim::take_symbols(image, arguments.symbols);
  return image;
}

// What the program prints may go to stdout beside the result: --uart-out is a file or no matter.
void check_files(const RunArguments& arguments) {
  CommandFiles files;
  for (const std::string& file : arguments.firmware) {
    files.reads("FIRMWARE", sim::firmware_file(file));
  }
  for (const std::string& word : arguments.targets) files.reads_target("--target", word);
  if (!arguments.symbols.empty()) files.reads("--symbols", arguments.symbols);
  files.reads("--uart-in", arguments.uart_in);
  files.reads("--semihosting-in", arguments.semihosting_in);
  if (!is_stdout(arguments.uart_out)) files.writes("--uart-out", arguments.uart_out);
  if (!arguments.profile.empty()) files.writes("--profile", arguments.profile);
  if (!arguments.trace.empty()) files.writes("--trace", arguments.trace);
  if (!arguments.report.empty()) files.writes("--report", arguments.report);
  files.writes("--output", arguments.output);
  files.check();
  files.confine();
}

ExitStatus run_one(const RunArguments& arguments, const targets::Target& target) {
  const std::string& file = arguments.firmware.front();
  const sim::ElfImage firmware = load(arguments, file);
  detail(fmt::format("boots {} on {}", file, target.name));
  FirmwareRun run;
  {
    FirmwareOptions options = options_of(arguments);
    RunMonitor monitor(target.name, target.clock_hz, most_cycles(options, target));
    show_output(arguments, monitor, options);
    options.go_on = [&monitor](std::uint64_t cycles) { return monitor.go_on(cycles); };
    run = prediction::run_firmware(firmware, target, options);
  }
  detail(fmt::format("ran {} cycles in {:.2f} s: {:.1f} simulated MHz", run.cycles,
                     run.host_seconds,
                     static_cast<double>(run.cycles) / 1e6 / std::max(run.host_seconds, 1e-6)));
  if (!is_stdout(arguments.uart_out)) write_output(arguments.uart_out, run.serial_output);
  if (!arguments.profile.empty()) write_output(arguments.profile, run.profile->folded);
  if (!arguments.trace.empty()) write_output(arguments.trace, run.profile->trace);
  if (!arguments.report.empty()) {
    write_output(arguments.report, reports::run_page(run, version(), command_line()));
  }
  write_output(
      arguments.output,
      arguments.format == "json"
          ? reports::run_json(run, version())
          : reports::run_table(run, arguments.rows, {.width = table_width(arguments.output)}));
  report_problems(arguments, run, "");
  return status_of(arguments, run);
}

ExitStatus run_several(const RunArguments& arguments, const std::vector<targets::Target>& targets) {
  for (const auto& [option, file] :
       {std::pair("--profile", &arguments.profile), std::pair("--trace", &arguments.trace),
        std::pair("--uart-out", &arguments.uart_out), std::pair("--report", &arguments.report)}) {
    if (is_stdout(*file)) continue;
    throw InputError(fmt::format("{} writes what one firmware on one target gave", option));
  }
  const FirmwareOptions asked = options_of(arguments);
  std::optional<RunMonitor> monitor;
  const prediction::FirmwareRuns runs = prediction::run_each(
      arguments.firmware, targets, [&](const std::string& file) { return load(arguments, file); },
      [&](const std::string& file, const targets::Target& target) {
        detail(fmt::format("boots {} on {}", file, target.name));
        monitor.reset();
        monitor.emplace(fmt::format("{} on {}", visible_stem(file), target.name), target.clock_hz,
                        most_cycles(asked, target));
        FirmwareOptions options = asked;
        options.go_on = [&monitor](std::uint64_t cycles) { return monitor->go_on(cycles); };
        return options;
      });
  monitor.reset();
  write_output(
      arguments.output,
      arguments.format == "json"
          ? reports::runs_json(runs, version())
          : reports::runs_table(runs, arguments.rows, {.width = table_width(arguments.output)}));
  for (const FirmwareRun& run : runs.runs) {
    report_problems(arguments, run, fmt::format("{} on {}", run.firmware, run.target));
  }
  return status_of(arguments, runs);
}

ExitStatus run_run(const RunArguments& arguments) {
  check_files(arguments);
  const InterruptRequests requests;
  const std::vector<targets::Target> targets = prediction::load_mcus(arguments.targets);
  const bool is_one = arguments.firmware.size() == 1 && targets.size() == 1;
  return is_one ? run_one(arguments, targets.front()) : run_several(arguments, targets);
}

}  // namespace

void add_run_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<RunArguments>();
  const char* kStopping = "When to stop";
  const char* kConsole = "What the program reads and prints";
  const char* kExplaining = "Where the cycles went";
  CLI::App* command = app.add_subcommand("run", "Boot a firmware image on a target, and time it");
  command
      ->add_option("firmware", arguments->firmware,
                   "ELF files, Intel HEX files (.hex), or raw bytes for an address: "
                   "FILE.bin@0x08000000")
      ->required()
      ->type_name("FIRMWARE...");
  command
      ->add_option("-t,--target", arguments->targets,
                   "Targets: names, YAML files, patterns such as stm32l4*, as behind predict -t; "
                   "of several pairs each is run")
      ->required()
      ->allow_extra_args(false)
      ->type_name("TARGET");
  command
      ->add_option("--symbols", arguments->symbols,
                   "The ELF file of a HEX or raw image, for the names of its functions and lines")
      ->type_name("FILE");
  add_number_option(
      *command, "--max-cycles", arguments->options.max_cycles, {.least = 1},
      "Stop after this many cycles, such as 50M; without an end of any kind, after 10 s of "
      "simulated time, or 2 s without new output")
      ->group(kStopping);
  command
      ->add_option("--until-symbol", arguments->options.until_symbol,
                   "Stop where this function begins (ELF files)")
      ->type_name("NAME")
      ->group(kStopping);
  command->add_flag("--allow-faults", arguments->allow_faults,
                    "Faults that the program's own handlers take are meant, and no failure");
  command
      ->add_option("--until-output", arguments->until_output,
                   "Stop once a serial port printed this; \\r and \\n are understood")
      ->type_name("TEXT")
      ->group(kStopping);
  command
      ->add_option("-i,--uart-in", arguments->uart_in,
                   "Typed into the serial port as soon as it receives; - is stdin")
      ->type_name("FILE")
      ->group(kConsole);
  command
      ->add_option(
          "--uart-prompt", arguments->prompt,
          "Type line by line, each once this was printed after the line before; stop when it is "
          "printed after the last, unless --until-output is given")
      ->type_name("TEXT")
      ->group(kConsole);
  command
      ->add_option("--uart-line-end", arguments->line_end,
                   "Typed after each line when there is a prompt; may be empty")
      ->capture_default_str()
      ->type_name("TEXT")
      ->group(kConsole);
  command
      ->add_option("--uart", arguments->options.serial.port,
                   "The port to type into; without it, the one that printed last")
      ->type_name("NAME")
      ->group(kConsole);
  command
      ->add_option("--uart-out", arguments->uart_out,
                   "Write what is printed here, not to stdout; - is stdout")
      ->type_name("FILE")
      ->group(kConsole);
  command
      ->add_option("--semihosting-in", arguments->semihosting_in,
                   "What the program reads from its semihosting console; - is stdin")
      ->type_name("FILE")
      ->group(kConsole);
  command
      ->add_option("--args", arguments->options.command_line,
                   "The command line that semihosting gives the program")
      ->type_name("TEXT")
      ->group(kConsole);
  command
      ->add_option("--clock-model", arguments->clock,
                   "model: the target's core and memories; instructions: one cycle each, fast")
      ->check(CLI::IsMember({"model", "instructions"}))
      ->capture_default_str()
      ->type_name("WORD");
  command
      ->add_flag("--explain", arguments->explain,
                 "Show where the cycles went: functions, lines, hot blocks, stack")
      ->group(kExplaining);
  command
      ->add_option("--profile", arguments->profile,
                   "Write call paths with their cycles as folded stacks, for flame graphs; and "
                   "--explain")
      ->type_name("FILE")
      ->group(kExplaining);
  command
      ->add_option("--trace", arguments->trace,
                   "Write calls over time as Chrome trace JSON, for Perfetto; and --explain")
      ->type_name("FILE")
      ->group(kExplaining);
  command
      ->add_option("--region", arguments->regions,
                   "Time this part of the run, each time it is passed: a FUNCTION, or FROM..TO, "
                   "which are symbols, SYMBOL+BYTES, addresses (0x…) or \"texts\" that are "
                   "printed; NAME= before it names it. May be given several times")
      ->type_name("REGION")
      ->allow_extra_args(false)
      ->group(kExplaining);
  command
      ->add_flag("--traffic", arguments->traffic,
                 "Count loads, stores and their bytes by memory, with what was waited for them; "
                 "and --explain. Takes a few times as long")
      ->group(kExplaining);
  const auto add_rows = [&](const char* flag, std::size_t& rows, const char* description) {
    add_number_option(*command, flag, rows, {}, description)
        ->default_str(fmt::format("{}", rows))
        ->group(kExplaining);
  };
  add_rows("--functions", arguments->rows.functions, "Functions to show");
  add_rows("--lines", arguments->rows.lines, "Source lines to show");
  add_rows("--hot-blocks", arguments->hot_blocks, "Hot blocks to disassemble");
  command
      ->add_option("-r,--report", arguments->report,
                   "Write a self-contained HTML page as well: flame graph, time line, memory over "
                   "time, hot blocks; and --explain")
      ->type_name("FILE");
  command->add_option("-f,--format", arguments->format, "What the result is written as")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str()
      ->type_name("WORD");
  command
      ->add_option("-o,--output", arguments->output,
                   "Write the result here, not to stdout; - is stdout")
      ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  boardless run hello.elf --target stm32f446re\n"
      "  boardless run old.elf new.elf -t 'stm32l4*' -t nrf52840 --format json -o runs.json\n"
      "  boardless run firmware.hex -t stm32f446re --symbols firmware.elf --explain\n"
      "  boardless run firmware.bin@0x08000000 -t stm32l4r5zi --until-output m-ready\n"
      "  boardless run kws.hex -t stm32u385rg -i commands.txt --uart-prompt 'm-ready\\r\\n' \\\n"
      "      --uart-line-end ''\n"
      "  boardless run firmware.elf -t stm32f446re --explain --profile run.folded --trace "
      "run.json\n"
      "  boardless run firmware.elf -t stm32f446re --region conv_s8 --region "
      "'answer=\"start\"..\"ready\"'\n"
      "  boardless run firmware.elf -t stm32g0b1re --until-symbol main --format json -o run.json\n"
      "Exit status 1: the program exited with a status that is not 0, or never came to "
      "--until-symbol\n"
      "or --until-output, or through a --region; 3: it faulted (and be it into a handler of its "
      "own), locked up\n"
      "or is stuck. Of several the gravest counts.");
  command->callback([arguments, &status] { status = run_run(*arguments); });
}

}  // namespace boardless::cli
