// Joins paths.
#include "exploration/beside.h"

#include <system_error>
#include <utility>

#include "targets/target.h"

namespace boardless::exploration {

namespace fs = std::filesystem;

Beside::Beside(fs::path folder) : folder_(std::move(folder)) {}

std::string Beside::file(const std::string& name) const {
  const fs::path path = name;
  return path.is_absolute() || folder_.empty() ? name : (folder_ / path).string();
}

std::string Beside::if_there(const std::string& word) const {
  std::error_code ignored;
  return fs::exists(file(word), ignored) ? file(word) : word;
}

std::string Beside::target(const std::string& word) const {
  return targets::is_target_file(word) ? file(word) : word;
}

std::string Beside::kernels(const std::string& word) const {
  return word.find('/') != std::string::npos ? file(word) : word;
}

}  // namespace boardless::exploration
