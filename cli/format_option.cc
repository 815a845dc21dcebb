// Words for formats.
#include "cli/format_option.h"

#include "cli/choice_option.h"

namespace boardless::cli {

void add_format_option(CLI::App& command, Format& format) {
  add_choice<Format>(command, "-f,--format", format,
                     {{"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}},
                     "What the result is written as");
}

void add_output_option(CLI::App& command, std::string& output) {
  command.add_option("-o,--output", output, "Write the result here, not to stdout; - is stdout")
      ->type_name("FILE");
}

}  // namespace boardless::cli
