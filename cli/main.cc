// The boardless executable: commands, and how each kind of failure becomes an exit status.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "base/live_temporaries.h"
#include "base/version.h"
#include "cli/check_command.h"
#include "cli/command_line.h"
#include "cli/compare_command.h"
#include "cli/exit_status.h"
#include "cli/model_command.h"
#include "cli/output.h"
#include "cli/predict_command.h"
#include "cli/reference_command.h"
#include "cli/run_command.h"
#include "cli/size_command.h"
#include "cli/store_command.h"
#include "cli/sweep_command.h"
#include "cli/targets_command.h"
#include "cli/usage.h"
#include "cli/validate_command.h"
#include "cli/verbosity.h"

namespace {

using boardless::cli::complain;
using boardless::cli::ExitStatus;

int status(ExitStatus value) { return static_cast<int>(value); }

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
      "  boardless sweep space.yaml\n"
      "  boardless check budget.yaml --junit boardless.xml\n"
      "  boardless compare base.json new.json\n"
      "Numbers: 64, 0x40, 1e6, 1.5M; sizes 64KiB, 1.5MB; clocks 80 (MHz), 80MHz, 32768Hz.\n"
      "Files: - is stdin or stdout. Control-C ends long commands early; what is done by then is\n"
      "written. Help for one command: boardless help COMMAND.\n"
      "Exit status: 0 done; 1 the answer is no (does not fit, did not get there); 2 bad input or\n"
      "usage; 3 the simulated program faulted; 4 something needed is not modelled; 130 "
      "interrupted.");
  app.failure_message(boardless::cli::usage_failure);
  ExitStatus result = ExitStatus::kDone;
  boardless::cli::add_targets_command(app);
  boardless::cli::add_model_command(app);
  boardless::cli::add_predict_command(app, result);
  boardless::cli::add_run_command(app, result);
  boardless::cli::add_size_command(app, result);
  boardless::cli::add_sweep_command(app, result);
  boardless::cli::add_compare_command(app, result);
  boardless::cli::add_check_command(app, result);
  boardless::cli::add_store_command(app);
  boardless::cli::add_validate_command(app, result);
  boardless::cli::add_reference_command(app);
  boardless::cli::add_help_command(app);
  boardless::cli::add_verbosity_options(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? status(ExitStatus::kDone) : status(ExitStatus::kBadInput);
  }
  return status(result);
}

// What was printed may not have left the buffer; only now does a full disk show.
void flush_output() { boardless::cli::write_output("-", ""); }

}  // namespace

int main(int argc, char** argv) {
  boardless::cli::keep_standard_streams_apart();
  boardless::remove_temporaries_on_signals();
  boardless::cli::keep_command_line(argc, argv);
  try {
    const int result = run(argc, argv);
    flush_output();
    return result;
  } catch (const boardless::InputError& error) {
    complain(error.what());
    return status(ExitStatus::kBadInput);
  } catch (const boardless::GuestFault& error) {
    complain(error.what(), error.report());
    return status(ExitStatus::kGuestFault);
  } catch (const boardless::NotModelled& error) {
    complain(std::string("not modelled: ") + error.what());
    return status(ExitStatus::kNotModelled);
  } catch (const boardless::Bug& error) {
    complain(error.what());
    std::abort();  // a core file shows the rest
  } catch (const std::system_error& error) {
    // Of files and folders that went missing, are locked, or have no room left.
    complain(error.what());
    return status(ExitStatus::kBadInput);
  } catch (const std::bad_alloc&) {
    complain("the model's tensors do not fit this computer's memory");
    return status(ExitStatus::kBadInput);
  }
}
