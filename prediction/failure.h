// What keeps one pair of a batch from its answer, as a value: the other pairs go on.
#pragma once

#include <exception>

#include "base/error.h"

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

}  // namespace boardless::prediction
