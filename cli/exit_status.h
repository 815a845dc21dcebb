// What the process says to its caller.
#pragma once

namespace boardless::cli {

enum class ExitStatus {
  kDone = 0,
  kNo = 1,  // the answer to the question is no: does not fit, did not get there
  kBadInput = 2,
  kGuestFault = 3,
  kNotModelled = 4,
  kInterrupted = 130,  // by SIGINT or SIGTERM; what was done by then is written
};

}  // namespace boardless::cli
