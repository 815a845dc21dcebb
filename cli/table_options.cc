// Three options and a width.
#include "cli/table_options.h"

#include "cli/number_option.h"
#include "cli/terminal.h"

namespace boardless::cli {

void add_table_options(CLI::App& command, reports::TableView& view) {
  const char* group = "Table";
  command
      .add_option("--columns", view.columns,
                  "Show these columns, in this order; 'all' shows what did not fit, too")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is not a column, too
      ->type_name("KEY,...")
      ->group(group);
  command.add_option("--sort", view.sort, "Sort by this column; -KEY: the largest first")
      ->type_name("KEY")
      ->group(group);
  add_number_option(command, "--top", view.top, {.least = 1}, "Show the first N rows")
      ->group(group);
}

reports::TableView view_for(const reports::TableView& asked, const std::string& output) {
  reports::TableView view = asked;
  view.width = table_width(output);
  view.has_options = true;
  return view;
}

}  // namespace boardless::cli
