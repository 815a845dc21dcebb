// The boardless executable: commands, and how each kind of failure becomes an exit status.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/version.h"
#include "cli/exit_status.h"
#include "cli/model_command.h"
#include "cli/predict_command.h"
#include "cli/reference_command.h"
#include "cli/run_command.h"
#include "cli/targets_command.h"
#include "cli/validate_command.h"

namespace {

using boardless::cli::ExitStatus;

int status(ExitStatus value) { return static_cast<int>(value); }

// A mistyped command shows as one that is missing; what was typed instead says more.
std::string failure_line(const CLI::App* app, const CLI::Error& error) {
  const std::vector<std::string> unknown = app->remaining(true);
  const std::string what =
      unknown.empty() ? error.what() : "unknown command or option '" + unknown.front() + "'";
  return "boardless: " + what + "; see boardless --help\n";
}

int run(int argc, char** argv) {
  CLI::App app{
      "Predicts how a TinyML model behaves on a microcontroller, without the board: latency by "
      "layer and why, SRAM, flash, energy."};
  app.set_version_flag("--version", boardless::version());
  app.require_subcommand(1);
  app.footer(
      "Examples:\n"
      "  boardless predict kws --target stm32f446re --layers\n"
      "  boardless predict model.tflite --target all --report report.html\n"
      "  boardless targets show nrf52840\n"
      "  boardless run firmware.elf --target stm32l4r5zi\n"
      "Exit status: 0 done; 1 the answer is no (does not fit); 2 bad input or usage; 3 the "
      "simulated\n"
      "program faulted; 4 something needed is not modelled.");
  app.failure_message(failure_line);
  ExitStatus result = ExitStatus::kDone;
  boardless::cli::add_targets_command(app);
  boardless::cli::add_model_command(app);
  boardless::cli::add_predict_command(app, result);
  boardless::cli::add_run_command(app, result);
  boardless::cli::add_validate_command(app, result);
  boardless::cli::add_reference_command(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? status(ExitStatus::kDone) : status(ExitStatus::kBadInput);
  }
  return status(result);
}

// What was printed may not have left the buffer; only now does a full disk show.
void flush_output() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  throw std::system_error(errno, std::generic_category(), "standard output cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int result = run(argc, argv);
    flush_output();
    return result;
  } catch (const boardless::InputError& error) {
    std::fprintf(stderr, "boardless: %s\n", error.what());
    return status(ExitStatus::kBadInput);
  } catch (const boardless::GuestFault& error) {
    std::fprintf(stderr, "boardless: %s\n%s", error.what(), error.report().c_str());
    return status(ExitStatus::kGuestFault);
  } catch (const boardless::NotModelled& error) {
    std::fprintf(stderr, "boardless: not modelled: %s\n", error.what());
    return status(ExitStatus::kNotModelled);
  } catch (const boardless::Bug& error) {
    std::fprintf(stderr, "boardless: %s\n", error.what());
    std::abort();  // a core file shows the rest
  } catch (const std::system_error& error) {
    // Of files and folders that went missing, are locked, or have no room left.
    std::fprintf(stderr, "boardless: %s\n", error.what());
    return status(ExitStatus::kBadInput);
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "boardless: the model's tensors do not fit this computer's memory\n");
    return status(ExitStatus::kBadInput);
  }
}
