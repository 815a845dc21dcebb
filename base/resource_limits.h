// What a child process that works on a stranger's file may take of the machine.
#pragma once

#include <sys/resource.h>

#include "base/units.h"

namespace boardless {

// 0: as much as its parent.
struct ResourceLimits {
  Bytes address_space = 0;
  Bytes file = 0;  // each that it writes
  rlim_t cpu_seconds = 0;
};

// Of the calling process; it leaves no core file either.
inline void limit_resources(const ResourceLimits& limits) {
  const auto limit = [](__rlimit_resource what, rlim_t most) {
    const rlimit bound{most, most};
    ::setrlimit(what, &bound);
  };
  if (limits.address_space != 0) limit(RLIMIT_AS, limits.address_space);
  if (limits.file != 0) limit(RLIMIT_FSIZE, limits.file);
  if (limits.cpu_seconds != 0) limit(RLIMIT_CPU, limits.cpu_seconds);
  limit(RLIMIT_CORE, 0);
}

}  // namespace boardless
