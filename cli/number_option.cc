// Takes the text from the parser before the parser makes a number of it in its own way.
#include "cli/number_option.h"

#include <fmt/format.h>

#include <cstddef>

#include "base/error.h"
#include "base/number.h"

namespace boardless::cli {
namespace {

const char* placeholder(NumberKind kind) {
  switch (kind) {
    case NumberKind::kBytes:
      return "SIZE";
    case NumberKind::kHertz:
      return "HZ";
    case NumberKind::kMegahertz:
      return "MHZ";
    case NumberKind::kAddress:
      return "ADDRESS";
    case NumberKind::kPercent:
      return "PERCENT";
    case NumberKind::kTime:
      return "TIME";
    case NumberKind::kEnergy:
      return "ENERGY";
    case NumberKind::kCount:
    case NumberKind::kReal:
      break;
  }
  return "N";
}

template <class T, class Form>
CLI::Option* add(CLI::App& command, const std::string& flag, const std::function<void(T)>& set,
                 const Form& form, const std::string& description) {
  const auto read = [flag, set, form](const std::string& text) {
    const auto number = read_number(text, form);
    if (!number) throw InputError(fmt::format("{}: {}", flag, number.refusal()));
    set(*number);
  };
  return command.add_option_function<std::string>(flag, read, description + help_text(form))
      ->type_name(placeholder(form.kind));
}

}  // namespace

CLI::Option* add_number_option(CLI::App& command, const std::string& flag,
                               const std::function<void(std::uint64_t)>& set, const WholeForm& form,
                               const std::string& description) {
  return add<std::uint64_t>(command, flag, set, form, description);
}

CLI::Option* add_number_option(CLI::App& command, const std::string& flag,
                               std::optional<double>& into, const RealForm& form,
                               const std::string& description) {
  return add<double>(command, flag, [&into](double value) { into = value; }, form, description);
}

}  // namespace boardless::cli
