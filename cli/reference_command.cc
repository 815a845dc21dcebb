// Prints one of the descriptions.
#include "cli/reference_command.h"

#include <memory>
#include <string>
#include <vector>

#include "base/version.h"
#include "cli/command_reference.h"
#include "cli/man_page.h"
#include "cli/output.h"
#include "cli/shell_completion.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "targets/target.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cli {
namespace {

std::string lines(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  return text;
}

std::string describe(const CLI::App& app, const std::string& what) {
  if (what == "targets") {
    return lines(targets::target_names()) + lines(cost_models::accelerator_names()) +
           "all\naccelerators\n";
  }
  if (what == "networks") return lines(workloads::zoo_network_names());
  const CommandReference commands = read_commands(app);
  if (what == "man") return man_page(commands, version());
  if (what == "bash") return bash_completion(commands);
  if (what == "zsh") return zsh_completion(commands);
  return fish_completion(commands);
}

}  // namespace

void add_reference_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("reference", "Describe the command line for other programs");
  command->group("");
  const auto what = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>();
  command->add_option("WHAT", *what)
      ->required()
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish", "targets", "networks"}));
  command->add_option("-o,--output", *output)->type_name("FILE");
  command->callback([&app, what, output] { write_output(*output, describe(app, *what)); });
}

}  // namespace boardless::cli
