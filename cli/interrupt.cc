// One flag, set by a handler that works once and then puts back what was before.
#include "cli/interrupt.h"

#include <array>
#include <csignal>

namespace boardless::cli {
namespace {

volatile std::sig_atomic_t interrupt_came = 0;

// A signal that is watched, and what was done about it before.
struct Watched {
  int signal;
  struct sigaction before;
};
std::array<Watched, 2> watched{{{SIGINT, {}}, {SIGTERM, {}}}};

void put_back(const Watched& each) { sigaction(each.signal, &each.before, nullptr); }

void note(int signal) {
  interrupt_came = 1;
  for (const Watched& each : watched) {
    if (each.signal == signal) put_back(each);
  }
}

}  // namespace

InterruptRequests::InterruptRequests() {
  interrupt_came = 0;
  struct sigaction action{};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESTART);  // a system call under way goes on
  for (Watched& each : watched) {
    sigaction(each.signal, nullptr, &each.before);
    // A job that its shell put into the background is not the one that Control-C is meant for.
    if (each.before.sa_handler != SIG_IGN) sigaction(each.signal, &action, nullptr);
  }
}

InterruptRequests::~InterruptRequests() {
  for (const Watched& each : watched) put_back(each);
}

bool interrupted() { return interrupt_came != 0; }

}  // namespace boardless::cli
