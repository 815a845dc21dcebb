// Words for formats.
#include "cli/format_option.h"

namespace boardless::cli {

void add_format_option(CLI::App& command, Format& format) {
  command
      .add_option_function<std::string>(
          "-f,--format",
          [&format](const std::string& word) {
            format = word == "json" ? Format::kJson : word == "csv" ? Format::kCsv : Format::kTable;
          },
          "What the result is written as")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->type_name("WORD")
      ->default_str("table");
}

void add_output_option(CLI::App& command, std::string& output) {
  command.add_option("-o,--output", output, "Write the result here, not to stdout; - is stdout")
      ->type_name("FILE");
}

}  // namespace boardless::cli
