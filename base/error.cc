// Reports a broken internal belief.
#include "base/error.h"

#include <fmt/format.h>

namespace boardless {

void check(bool condition, const char* sentence, std::source_location where) {
  if (condition) return;
  throw Bug(fmt::format("bug at {}:{}: {}", where.file_name(), where.line(), sentence));
}

}  // namespace boardless
