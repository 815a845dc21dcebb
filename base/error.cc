// Reports a broken internal belief and stops.
#include "base/error.h"

#include <cstdio>
#include <cstdlib>

namespace boardless {

void check(bool condition, const char* sentence, std::source_location where) {
  if (condition) return;
  std::fprintf(stderr, "boardless: bug at %s:%u: %s\n", where.file_name(), where.line(), sentence);
  std::abort();
}

}  // namespace boardless
