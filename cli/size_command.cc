// Files become sums, and those a view.
#include "cli/size_command.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/version.h"
#include "cli/command_files.h"
#include "cli/format_option.h"
#include "cli/number_option.h"
#include "cli/output.h"
#include "cli/table_options.h"
#include "prediction/firmware_size.h"
#include "reports/size_report.h"
#include "sim/firmware_image.h"
#include "targets/target.h"

namespace boardless::cli {
namespace {

using prediction::FirmwareSize;

struct Arguments {
  std::vector<std::string> firmware;
  std::string target;
  reports::SizeRows rows;
  Format format = Format::kTable;
  reports::TableView view;
  std::string output;
};

void check_files(const Arguments& arguments) {
  CommandFiles files;
  for (const std::string& file : arguments.firmware) {
    files.reads("FIRMWARE", sim::firmware_file(file));
  }
  files.reads_target("--target", arguments.target);
  files.writes("--output", arguments.output);
  files.check();
  files.confine();
}

std::string view_of(const std::vector<FirmwareSize>& sizes, const Arguments& arguments) {
  switch (arguments.format) {
    case Format::kJson:
      return reports::size_json(sizes, version());
    case Format::kCsv:
      return reports::size_csv(sizes);
    case Format::kTable:
      break;
  }
  return reports::size_table(sizes, arguments.rows, view_for(arguments.view, arguments.output));
}

ExitStatus run_size(const Arguments& arguments) {
  check_files(arguments);
  std::optional<targets::Target> target;
  if (!arguments.target.empty()) target = targets::load_target(arguments.target);
  std::vector<FirmwareSize> sizes;
  for (const std::string& file : arguments.firmware) {
    sizes.push_back(prediction::measure_firmware(sim::load_firmware(file), target));
  }
  write_output(arguments.output, view_of(sizes, arguments));
  return std::ranges::all_of(sizes, &FirmwareSize::fits) ? ExitStatus::kDone : ExitStatus::kNo;
}

}  // namespace

void add_size_command(CLI::App& app, ExitStatus& status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("size", "Flash and RAM that firmware takes, and where");
  command
      ->add_option("firmware", arguments->firmware,
                   "ELF files, Intel HEX files (.hex), or raw bytes for an address: "
                   "FILE.bin@0x08000000")
      ->required()
      ->type_name("FIRMWARE...");
  command
      ->add_option("-t,--target", arguments->target,
                   "A target's name or YAML file: what is left of its memories")
      ->type_name("TARGET");
  command->add_flag("--sections", arguments->rows.sections, "Show the sections of each file");
  add_number_option(*command, "--symbols", arguments->rows.symbols, {},
                    "Show this many of the largest functions and objects");
  add_format_option(*command, arguments->format);
  add_output_option(*command, arguments->output);
  add_table_options(*command, arguments->view);
  command->footer(
      "Examples:\n"
      "  boardless size firmware.elf -t stm32f446re\n"
      "  boardless size firmware.elf --sections --symbols 20\n"
      "  boardless size old.elf new.elf --format csv\n"
      "Exit status 1: a file does not fit the target.");
  command->callback([arguments, &status] { status = run_size(*arguments); });
}

}  // namespace boardless::cli
