// Joins digests.
#include "prediction/digests.h"

#include <fmt/format.h>

#include "base/sha256.h"
#include "cost_models/core_model.h"
#include "targets/target.h"

namespace boardless::prediction {
namespace {

void add(const std::string& text, std::vector<std::uint8_t>& into) {
  into.insert(into.end(), text.begin(), text.end());
}

}  // namespace

std::string joined_digest(const std::vector<std::string>& digests) {
  std::vector<std::uint8_t> bytes;
  for (const std::string& digest : digests) add(digest, bytes);
  return sha256_hex(bytes);
}

std::string digest_of_image(const sim::ElfImage& image) {
  std::vector<std::uint8_t> bytes;
  for (const sim::Segment& segment : image.segments) {
    add(fmt::format("{:08x} {}:", segment.address, segment.bytes.size()), bytes);
    bytes.insert(bytes.end(), segment.bytes.begin(), segment.bytes.end());
  }
  return sha256_hex(bytes);
}

std::string digest_with_host(const cost_models::AcceleratorModel& model) {
  const targets::Target host = targets::load_target(model.host->mcu);
  return joined_digest(
      {model.sha256, host.sha256, cost_models::load_core_model_named(host.core).sha256});
}

}  // namespace boardless::prediction
