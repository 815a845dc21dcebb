// What the process says to its caller.
#pragma once

namespace boardless::cli {

enum class ExitStatus {
  kDone = 0,
  kNo = 1,  // the answer to the question is no: does not fit
  kBadInput = 2,
  kGuestFault = 3,
  kNotModelled = 4,
  kInterrupted = 130,  // by a signal; what was done so far is written
};

}  // namespace boardless::cli
