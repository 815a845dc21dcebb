// One listener for the process.
#include "base/detail_log.h"

#include <utility>

namespace boardless {
namespace {

std::function<void(const std::string&)>& listener() {
  static std::function<void(const std::string&)> instance;
  return instance;
}

}  // namespace

void set_detail_listener(std::function<void(const std::string&)> wished) {
  listener() = std::move(wished);
}

bool details_wanted() { return static_cast<bool>(listener()); }

void log_detail(const std::string& line) {
  if (listener()) listener()(line);
}

}  // namespace boardless
