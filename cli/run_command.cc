// Turns arguments into a run of firmware, and its end into a view and an exit status.
#include "cli/run_command.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "base/data_files.h"
#include "base/error.h"
#include "base/version.h"
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

std::string read_text(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  const std::vector<std::uint8_t> bytes = read_file(file);
  return {bytes.begin(), bytes.end()};
}

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

FirmwareOptions options_of(const Arguments& arguments) {
  FirmwareOptions options = arguments.options;
  options.clock = arguments.clock == "model" ? FirmwareOptions::Clock::kModel
                                             : FirmwareOptions::Clock::kInstructions;
  if (!arguments.uart_in.empty()) options.serial.input = read_text(arguments.uart_in);
  if (!arguments.semihosting_in.empty()) {
    options.semihosting_input = read_text(arguments.semihosting_in);
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
  // Shown as it comes, unless stdout is for something else.
  if (arguments.format == "json" && arguments.output.empty()) return options;
  const auto show = [](int c) {
    std::fputc(c, stdout);
    if (c == '\n') std::fflush(stdout);
  };
  if (arguments.uart_out.empty() || arguments.uart_out == "-") options.on_serial = show;
  options.on_semihosting = show;
  return options;
}

ExitStatus status_of(const FirmwareRun& run) {
  switch (run.end.reason) {
    case sim::EndReason::kFault:
    case sim::EndReason::kStuck:
    case sim::EndReason::kSleepsForever:
      return ExitStatus::kGuestFault;
    case sim::EndReason::kNotModelled:
      return ExitStatus::kNotModelled;
    case sim::EndReason::kExit:
      return run.end.exit_status == 0 ? ExitStatus::kDone : ExitStatus::kNo;
    default:
      return ExitStatus::kDone;
  }
}

ExitStatus run_run(const Arguments& arguments) {
  const targets::Target target = targets::load_target(arguments.target);
  const sim::ElfImage firmware = sim::load_firmware(arguments.firmware);
  const FirmwareRun run = prediction::run_firmware(firmware, target, options_of(arguments));
  if (!arguments.uart_out.empty() && arguments.uart_out != "-") {
    write_file(arguments.uart_out, run.serial_output);
  }
  const std::string text = arguments.format == "json" ? reports::run_json(run, version())
                                                      : reports::run_table(run, arguments.rows);
  if (!arguments.profile.empty()) write_file(arguments.profile, run.profile->folded);
  if (!arguments.trace.empty()) write_file(arguments.trace, run.profile->trace);
  if (arguments.output.empty()) {
    fmt::print("{}", text);
  } else {
    write_file(arguments.output, text);
  }
  const ExitStatus status = status_of(run);
  if (status == ExitStatus::kGuestFault || status == ExitStatus::kNotModelled) {
    std::fflush(stdout);
    fmt::print(stderr, "boardless: {}{}\n{}",
               status == ExitStatus::kNotModelled ? "not modelled: " : "", run.end.message,
               run.end.report);
  }
  return status;
}

}  // namespace

void add_run_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
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
  command->add_option("--max-cycles", arguments->options.max_cycles, "Stop after this many cycles")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command
      ->add_option("--until-symbol", arguments->options.until_symbol,
                   "Stop where this function begins (ELF files)")
      ->type_name("NAME");
  command
      ->add_option("--until-output", arguments->until_output,
                   "Stop once a serial port printed this; \\r and \\n are understood")
      ->type_name("TEXT");
  command
      ->add_option("-i,--uart-in", arguments->uart_in,
                   "Typed into the serial port as soon as it receives; - is stdin")
      ->type_name("FILE");
  command
      ->add_option(
          "--uart-prompt", arguments->prompt,
          "Type line by line, each once this was printed after the line before; stop when it is "
          "printed after the last, unless --until-output is given")
      ->type_name("TEXT");
  command
      ->add_option("--uart-line-end", arguments->line_end,
                   "Typed after each line when there is a prompt; may be empty")
      ->capture_default_str()
      ->type_name("TEXT");
  command
      ->add_option("--uart", arguments->options.serial.port,
                   "The port to type into; without it, the one that printed last")
      ->type_name("NAME");
  command
      ->add_option("--uart-out", arguments->uart_out,
                   "Write what is printed here, not to stdout; - is stdout")
      ->type_name("FILE");
  command
      ->add_option("--semihosting-in", arguments->semihosting_in,
                   "What the program reads from its semihosting console; - is stdin")
      ->type_name("FILE");
  command
      ->add_option("--args", arguments->options.command_line,
                   "The command line that semihosting gives the program")
      ->type_name("TEXT");
  command
      ->add_option("--clock-model", arguments->clock,
                   "model: the target's core and memories; instructions: one cycle each, fast")
      ->check(CLI::IsMember({"model", "instructions"}))
      ->capture_default_str()
      ->type_name("WORD");
  command->add_flag("--explain", arguments->explain,
                    "Show where the cycles went: functions, lines, hot blocks, stack");
  command
      ->add_option("--profile", arguments->profile,
                   "Write call paths with their cycles as folded stacks, for flame graphs; and "
                   "--explain")
      ->type_name("FILE");
  command
      ->add_option("--trace", arguments->trace,
                   "Write calls over time as Chrome trace JSON, for Perfetto; and --explain")
      ->type_name("FILE");
  command->add_flag("--traffic", arguments->traffic,
                    "Count loads, stores and their bytes by memory, with what was waited for them; "
                    "and --explain. Takes a few times as long");
  command->add_option("--functions", arguments->rows.functions, "Functions to show")
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--lines", arguments->rows.lines, "Source lines to show")
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--hot-blocks", arguments->hot_blocks, "Hot blocks to disassemble")
      ->capture_default_str()
      ->type_name("N");
  command->add_option("-f,--format", arguments->format, "What the result is written as")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str()
      ->type_name("WORD");
  command->add_option("-o,--output", arguments->output, "Write the result here, not to stdout")
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
      "Exit status 1: the program exited with a status that is not 0; 3: it faulted, locked up or "
      "is "
      "stuck.");
  command->callback([arguments, &status] { status = run_run(*arguments); });
}

}  // namespace boardless::cli
