// A list that only grows, whose slots are used again: a handler may walk it at any moment.
#include "base/live_temporaries.h"

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <initializer_list>

#include "base/error.h"
#include "base/remove_tree.h"

namespace boardless {

struct TemporarySlot {
  enum State : int { kFree, kBeingFilled, kLive };
  std::atomic<int> state{kBeingFilled};
  pid_t owner = 0;  // a forked child inherits the list, but not the files
  int folder = -1;
  std::array<char, NAME_MAX + 1> name{};
  TemporarySlot* next = nullptr;  // never changes once the slot is in the list
};

namespace {

std::atomic<TemporarySlot*> first_slot = nullptr;
static_assert(std::atomic<TemporarySlot*>::is_always_lock_free &&
                  std::atomic<int>::is_always_lock_free,
              "a signal handler reads them");

// A slot that is nobody's, of the list or added to it.
TemporarySlot& take_slot() {
  for (TemporarySlot* slot = first_slot; slot != nullptr; slot = slot->next) {
    int free = TemporarySlot::kFree;
    if (slot->state.compare_exchange_strong(free, TemporarySlot::kBeingFilled)) return *slot;
  }
  auto* const added = new TemporarySlot;  // for the life of the process
  added->next = first_slot;
  while (!first_slot.compare_exchange_weak(added->next, added)) {
  }
  return *added;
}

void remove_all() {
  const pid_t self = ::getpid();
  for (const TemporarySlot* slot = first_slot; slot != nullptr; slot = slot->next) {
    if (slot->state == TemporarySlot::kLive && slot->owner == self) {
      remove_tree(slot->folder, slot->name.data());
    }
  }
}

// The default is back (SA_RESETHAND), and takes the signal when this returns.
void remove_and_end(int signal) {
  remove_all();
  ::raise(signal);
}

}  // namespace

LiveTemporary::LiveTemporary(int folder, std::string_view name) : slot_(take_slot()) {
  check(name.size() < slot_.name.size(), "a temporary's name is a file's name");
  slot_.owner = ::getpid();
  slot_.folder = folder;
  slot_.name.fill('\0');
  name.copy(slot_.name.data(), name.size());
  slot_.state = TemporarySlot::kLive;
}

LiveTemporary::~LiveTemporary() { slot_.state = TemporarySlot::kFree; }

void remove_temporaries_on_signals() {
  struct sigaction action{};
  action.sa_handler = remove_and_end;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigfillset(&action.sa_mask);  // none interrupts another's work
  const auto handle = [&action](int signal) {
    struct sigaction present{};
    if (::sigaction(signal, nullptr, &present) != 0 || present.sa_handler != SIG_DFL) return;
    ::sigaction(signal, &action, nullptr);
  };
  // signal(7): those whose default is Term or Core.
  for (const int signal : {SIGABRT,
                           SIGALRM,
                           SIGBUS,
                           SIGFPE,
                           SIGHUP,
                           SIGILL,
                           SIGINT,
                           SIGIO,
                           SIGPIPE,
                           SIGPROF,
                           SIGPWR,
                           SIGQUIT,
                           SIGSEGV,
                           SIGSYS,
                           SIGTERM,
                           SIGTRAP,
                           SIGUSR1,
                           SIGUSR2,
                           SIGVTALRM,
                           SIGXCPU,
                           SIGXFSZ
#ifdef SIGSTKFLT
                           ,
                           SIGSTKFLT
#endif
       }) {
    handle(signal);
  }
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; ++signal) handle(signal);
}

}  // namespace boardless
