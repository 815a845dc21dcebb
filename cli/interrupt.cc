// One flag, set by a handler that works once.
#include "cli/interrupt.h"

#include <csignal>

namespace boardless::cli {
namespace {

volatile std::sig_atomic_t interrupt_came = 0;
struct sigaction before_int, before_term;

void note(int) { interrupt_came = 1; }

}  // namespace

InterruptRequests::InterruptRequests() {
  interrupt_came = 0;
  struct sigaction action{};
  action.sa_handler = note;
  // The second one finds the default; a system call under way goes on.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  sigaction(SIGINT, &action, &before_int);
  sigaction(SIGTERM, &action, &before_term);
}

InterruptRequests::~InterruptRequests() {
  sigaction(SIGINT, &before_int, nullptr);
  sigaction(SIGTERM, &before_term, nullptr);
}

bool interrupted() { return interrupt_came != 0; }

}  // namespace boardless::cli
