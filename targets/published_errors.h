// How far predicted latencies are from published ones: what an error bar is drawn from. Only points
// that served for no constant of the model count.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace boardless::targets {

struct PublishedErrors {
  std::string of;  // "cortex-m4", "coral-usb3"
  int points = 0;
  double median_percent = 0;  // of the absolute errors
  double worst_percent = 0;
  std::string worst_point;  // "kernel-libraries/tvm-kws"
};

// By core or accelerator. Throws InputError naming file, line and key.
std::map<std::string, PublishedErrors> read_published_errors(const std::filesystem::path& file);

// Those of a core, for any program on any chip with it, or of an accelerator; nothing where no
// published figure judges the model. From targets/published_errors.yaml, which is read once.
std::optional<PublishedErrors> published_errors(const std::string& core_or_accelerator);

}  // namespace boardless::targets
