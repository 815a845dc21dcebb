// Control-C and SIGTERM as a request to stop at the next point, so that what is done so far is
// still written.
//
//   const InterruptRequests requests;               // from here on
//   for (...) {
//     if (interrupted()) break;                      // poll; then write a valid document
//   }
//   status = interrupted() ? ExitStatus::kInterrupted : …
//
// A second signal ends the process at once. Commands that do not poll do not watch, and end with
// the first. Signals that are ignored (nohup, a shell's background jobs) stay so.
#pragma once

namespace boardless::cli {

// Watches while it lives, and puts back what was before.
class InterruptRequests {
 public:
  InterruptRequests();
  ~InterruptRequests();
  InterruptRequests(const InterruptRequests&) = delete;
  InterruptRequests& operator=(const InterruptRequests&) = delete;
};

// Whether SIGINT or SIGTERM came while somebody watched. Cheap enough for inner loops.
bool interrupted();

}  // namespace boardless::cli
