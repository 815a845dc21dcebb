// What a document of predictions says to the caller of the process.
#pragma once

#include "cli/exit_status.h"
#include "prediction/prediction.h"

namespace boardless::cli {

enum class FailOn { kAll, kAny };

// kBadInput: a model is broken. kGuestFault: a kernel faulted. kNotModelled: nothing was answered.
// kNo: an output is wrong, or a model fits or is answered on none of its targets (kAll), or not on
// each of them (kAny). kInterrupted: some pairs were not reached.
ExitStatus status_of(const prediction::Document& document, FailOn fail_on);

}  // namespace boardless::cli
