// What keeps one pair of a batch from its answer, as a value: the other pairs go on.
#pragma once

#include <exception>
#include <string>

#include "base/error.h"
#include "prediction/prediction.h"

namespace boardless::prediction {

// Runs `work`; the InputError, NotModelled or GuestFault that it throws, or null. All else passes.
template <class Work>
std::exception_ptr failure_of(const Work& work) {
  try {
    work();
    return nullptr;
  } catch (const InputError&) {
    return std::current_exception();
  } catch (const NotModelled&) {
    return std::current_exception();
  } catch (const GuestFault&) {
    return std::current_exception();
  }
}

// Why a pair has no answer.
struct Refusal {
  Unanswered::Kind kind;
  std::string reason;
  std::string report = {};  // of a fault
};

// What such a failure says of its pair. Messages quote names of files: they are made visible.
Refusal refusal_of(const std::exception_ptr& failure);

}  // namespace boardless::prediction
