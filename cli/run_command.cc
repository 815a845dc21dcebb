// Turns arguments into a run of firmware, and its end into a view and an exit status.
#include "cli/run_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/data_files.h"
#include "base/error.h"
#include "base/version.h"
#include "cli/command_files.h"
#include "cli/guest_text.h"
#include "cli/interrupt.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "cli/terminal.h"
#include "cli/verbosity.h"
#include "prediction/firmware_run.h"
#include "reports/run_report.h"
#include "sim/firmware_image.h"
#include "targets/target.h"

namespace boardless::cli {
namespace {

using prediction::FirmwareOptions;
using prediction::FirmwareRun;

struct Arguments {
  std::string firmware;
  std::string target;
  FirmwareOptions options;
  std::string uart_in, uart_out, semihosting_in;
  std::string prompt, line_end = "\\n", until_output;  // with escapes
  std::string format = "table";
  std::string clock = "model";
  std::string output;
  std::string profile, trace;
  bool explain = false, traffic = false;
  reports::ProfileRows rows;
  std::size_t hot_blocks = 3;
};

// "\r\n" as it is typed in a shell.
std::string unescape(const std::string& option, std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      result.push_back(text[i]);
      continue;
    }
    const char next = i + 1 < text.size() ? text[++i] : '\0';
    switch (next) {
      case 'n':
        result.push_back('\n');
        break;
      case 'r':
        result.push_back('\r');
        break;
      case 't':
        result.push_back('\t');
        break;
      case '\\':
        result.push_back('\\');
        break;
      default:
        throw InputError(fmt::format(
            "{}: '{}' has an unknown escape; \\n, \\r, \\t and \\\\ are known", option, text));
    }
  }
  return result;
}

// What the program prints, shown as it comes, and below it how far the run is.
class RunMonitor {
 public:
  RunMonitor(const std::string& label, std::uint32_t clock_hz, std::uint64_t max_cycles)
      : bar_(label), clock_hz_(clock_hz), max_cycles_(max_cycles) {}

  void show(int c) {
    bar_.clear();
    if (is_terminal_) {
      std::fputs(text_.show(static_cast<char>(c)).c_str(), stdout);
    } else {
      std::fputc(c, stdout);
    }
    line_open_ = c != '\n';
    if (!line_open_) std::fflush(stdout);
  }

  bool go_on(std::uint64_t cycles) {
    // A line that is half printed stays: the bar would take it away.
    if (bar_.visible() && !line_open_) {
      const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
      const auto count = static_cast<double>(cycles);
      bar_.update(cycles, max_cycles_,
                  fmt::format("{:.0f} M cycles, {:.3f} s simulated, {:.0f} MHz", count / 1e6,
                              count / clock_hz_, count / 1e6 / std::max(spent.count(), 1e-3)));
    }
    return !interrupted();
  }

 private:
  ProgressBar bar_;
  const std::uint32_t clock_hz_;
  const std::uint64_t max_cycles_;
  const std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  const bool is_terminal_ = ::isatty(STDOUT_FILENO) != 0;
  GuestText text_;
  bool line_open_ = false;
};

FirmwareOptions options_of(const Arguments& arguments, RunMonitor& monitor) {
  FirmwareOptions options = arguments.options;
  options.clock = arguments.clock == "model" ? FirmwareOptions::Clock::kModel
                                             : FirmwareOptions::Clock::kInstructions;
  if (!arguments.uart_in.empty())
    options.serial.input = read_input_text(arguments.uart_in, kMostTypedBytes);
  if (!arguments.semihosting_in.empty()) {
    options.semihosting_input = read_input_text(arguments.semihosting_in, kMostTypedBytes);
  }
  options.serial.prompt = unescape("--uart-prompt", arguments.prompt);
  options.serial.line_end = unescape("--uart-line-end", arguments.line_end);
  options.serial.stop_text = unescape("--until-output", arguments.until_output);
  if (arguments.explain || arguments.traffic || !arguments.profile.empty() ||
      !arguments.trace.empty()) {
    if (options.clock != FirmwareOptions::Clock::kModel) {
      throw InputError("--explain, --profile, --trace and --traffic need --clock-model model");
    }
    options.profiling = {arguments.hot_blocks, !arguments.trace.empty(), arguments.traffic};
  }
  options.go_on = [&monitor](std::uint64_t cycles) { return monitor.go_on(cycles); };
  // Shown as it comes, unless stdout is for something else.
  if (arguments.format == "json" && is_stdout(arguments.output)) return options;
  const auto show = [&monitor](int c) { monitor.show(c); };
  if (is_stdout(arguments.uart_out)) options.on_serial = show;
  options.on_semihosting = show;
  return options;
}

// Of a run that was to get somewhere, and did not: "--until-output 'ready'"; else nothing.
std::string missed(const Arguments& arguments, const FirmwareRun& run) {
  const bool until_symbol = !arguments.options.until_symbol.empty();
  const bool until_output = !arguments.until_output.empty();
  if (until_symbol && run.end.reason == sim::EndReason::kSymbol) return "";
  if (until_output && run.end.reason == sim::EndReason::kOutput) return "";
  std::string text;
  if (until_symbol) text = fmt::format("--until-symbol '{}'", arguments.options.until_symbol);
  if (until_output) {
    text +=
        fmt::format("{}--until-output '{}'", text.empty() ? "" : " or ", arguments.until_output);
  }
  return text;
}

ExitStatus status_of(const FirmwareRun& run, bool missed_its_aim) {
  switch (run.end.reason) {
    case sim::EndReason::kFault:
    case sim::EndReason::kStuck:
    case sim::EndReason::kSleepsForever:
      return ExitStatus::kGuestFault;
    case sim::EndReason::kNotModelled:
      return ExitStatus::kNotModelled;
    case sim::EndReason::kInterrupted:
      return ExitStatus::kInterrupted;
    case sim::EndReason::kExit:
      return run.end.exit_status == 0 && !missed_its_aim ? ExitStatus::kDone : ExitStatus::kNo;
    default:
      return missed_its_aim ? ExitStatus::kNo : ExitStatus::kDone;
  }
}

// What the program prints may go to stdout beside the result: --uart-out is a file or no matter.
void check_files(const Arguments& arguments) {
  CommandFiles files;
  files.reads("FIRMWARE", sim::firmware_file(arguments.firmware));
  files.reads_target("--target", arguments.target);
  files.reads("--uart-in", arguments.uart_in);
  files.reads("--semihosting-in", arguments.semihosting_in);
  if (!is_stdout(arguments.uart_out)) files.writes("--uart-out", arguments.uart_out);
  if (!arguments.profile.empty()) files.writes("--profile", arguments.profile);
  if (!arguments.trace.empty()) files.writes("--trace", arguments.trace);
  files.writes("--output", arguments.output);
  files.check();
  files.confine();
}

ExitStatus run_run(const Arguments& arguments) {
  check_files(arguments);
  const targets::Target target = targets::load_target(arguments.target);
  const sim::ElfImage firmware = sim::load_firmware(arguments.firmware);
  const InterruptRequests requests;
  detail(fmt::format("boots {} on {}", arguments.firmware, target.name));
  FirmwareRun run;
  {
    RunMonitor monitor(target.name, target.clock_hz, arguments.options.max_cycles);
    run = prediction::run_firmware(firmware, target, options_of(arguments, monitor));
  }
  detail(fmt::format("ran {} cycles in {:.2f} s: {:.1f} simulated MHz", run.cycles,
                     run.host_seconds,
                     static_cast<double>(run.cycles) / 1e6 / std::max(run.host_seconds, 1e-6)));
  if (!is_stdout(arguments.uart_out)) write_output(arguments.uart_out, run.serial_output);
  if (!arguments.profile.empty()) write_output(arguments.profile, run.profile->folded);
  if (!arguments.trace.empty()) write_output(arguments.trace, run.profile->trace);
  write_output(
      arguments.output,
      arguments.format == "json"
          ? reports::run_json(run, version())
          : reports::run_table(run, arguments.rows, {.width = table_width(arguments.output)}));
  const std::string missing = missed(arguments, run);
  const ExitStatus status = status_of(run, !missing.empty());
  if (status == ExitStatus::kGuestFault || status == ExitStatus::kNotModelled) {
    complain((status == ExitStatus::kNotModelled ? "not modelled: " : "") + run.end.message,
             run.end.report);
  }
  if (!missing.empty()) {
    complain(fmt::format("{} was not reached: {}", missing, reports::end_text(run)));
  } else if (status == ExitStatus::kInterrupted) {
    remark(fmt::format("interrupted after {} cycles", run.cycles));
  }
  return status;
}

}  // namespace

void add_run_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  const char* kStopping = "When to stop";
  const char* kConsole = "What the program reads and prints";
  const char* kExplaining = "Where the cycles went";
  CLI::App* command = app.add_subcommand("run", "Boot a firmware image on a target, and time it");
  command
      ->add_option("firmware", arguments->firmware,
                   "An ELF file, an Intel HEX file (.hex), or raw bytes for an address: "
                   "FILE.bin@0x08000000")
      ->required()
      ->type_name("FIRMWARE");
  command->add_option("-t,--target", arguments->target, "A target's name or YAML file")
      ->required()
      ->type_name("TARGET");
  add_number_option(*command, "--max-cycles", arguments->options.max_cycles, {.least = 1},
                    "Stop after this many cycles, such as 50M")
      ->group(kStopping);
  command
      ->add_option("--until-symbol", arguments->options.until_symbol,
                   "Stop where this function begins (ELF files)")
      ->type_name("NAME")
      ->group(kStopping);
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
      "  boardless run firmware.bin@0x08000000 -t stm32l4r5zi --until-output m-ready\n"
      "  boardless run kws.hex -t stm32u385rg -i commands.txt --uart-prompt 'm-ready\\r\\n' \\\n"
      "      --uart-line-end ''\n"
      "  boardless run firmware.elf -t stm32f446re --explain --profile run.folded --trace "
      "run.json\n"
      "  boardless run firmware.elf -t stm32g0b1re --until-symbol main --format json -o run.json\n"
      "Exit status 1: the program exited with a status that is not 0, or never came to "
      "--until-symbol\n"
      "or --until-output; 3: it faulted, locked up or is stuck.");
  command->callback([arguments, &status] { status = run_run(*arguments); });
}

}  // namespace boardless::cli
