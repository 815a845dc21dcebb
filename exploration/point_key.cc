// Joins digests.
#include "exploration/point_key.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "base/data_files.h"
#include "base/visible_text.h"
#include "exploration/file_digest.h"
#include "isa/variant.h"
#include "prediction/predict.h"
#include "toolchain/object_store.h"

namespace boardless::exploration {
namespace {

std::string digest_of_options(const RunOptions& options) {
  const std::string input =
      options.input.empty() ? "" : toolchain::BuildKey().add_file(options.input).hex();
  return digest_of_texts({options.kernels.kernels, options.kernels.flags, options.kernels.compiler,
                          digest_of_runtime(options.runtime), options.planner,
                          fmt::format("{}", options.invocations), input});
}

// As it runs: of a library, compiled, or taken from its cache.
std::string digest_of_image(const prediction::PredictOptions& chosen, const std::string& name) {
  const prediction::KernelImage image = chosen.image(name);
  toolchain::BuildKey key;
  key.add(image.compiler).add(image.compiler_flags).add_file(image.elf.file);
  return key.hex();
}

std::vector<targets::Target> mcus_of(const Grid& grid) {
  std::vector<targets::Target> mcus;
  std::set<std::string> images;
  for (const Device& device : grid.devices) {
    const targets::Target* target = device.asked.mcu();
    if (target != nullptr && images.insert(device.image).second) mcus.push_back(*target);
  }
  return mcus;
}

std::string digest_of_bundled_images() {
  std::vector<std::string> digests;
  for (const isa::Variant& variant : isa::variants()) {
    if (variant.has_kernels) digests.push_back(digest_of_bundled_image(std::string(variant.name)));
  }
  return digest_of_texts(digests);
}

}  // namespace

PointKeys::PointKeys(const Grid& grid) : grid_(grid), program_(digest_of_program()) {
  const std::vector<targets::Target> mcus = mcus_of(grid);
  bool any_accelerator = false;
  std::set<std::string> images;
  for (const Device& device : grid.devices) {
    any_accelerator = any_accelerator || device.is_accelerator;
    if (!device.is_accelerator) images.insert(device.image);
  }
  std::map<std::string, std::string> bundled;
  for (const std::string& image : images) bundled[image] = digest_of_bundled_image(image);
  for (std::uint32_t i = 0; i < grid.options.size(); ++i) {
    const RunOptions& options = grid.options[i];
    options_.push_back(digest_of_options(options));
    if (!prediction::is_library(options.kernels.kernels)) {
      for (const auto& [image, digest] : bundled) images_[{i, image}] = digest;
      continue;
    }
    prediction::PredictOptions chosen;
    prediction::choose_kernels(options.kernels, mcus, chosen, {});
    for (const std::string& image : images) images_[{i, image}] = digest_of_image(chosen, image);
  }
  if (any_accelerator) host_images_ = digest_of_bundled_images();
}

std::string PointKeys::key(const Point& point) const {
  const ModelChoice& model = grid_.models[point.model];
  const Device& device = grid_.devices[point.device];
  // The name of a model stands in its document; a file's is its stem.
  const std::string& name = model.is_file ? model.network : model.argument;
  if (device.is_accelerator) {
    return digest_of_texts(
        {"accelerator", program_, model.digest, name, device.digest, host_images_});
  }
  return digest_of_texts({"mcu", program_, model.digest, name, device.digest,
                          options_[point.options], images_.at({point.options, device.image})});
}

std::string options_text(const RunOptions& options) {
  const RunOptions usual;
  std::vector<std::string> texts;
  const auto add = [&](const std::string& value, const std::string& by_default) {
    if (value != by_default) texts.push_back(visible(value));
  };
  add(options.kernels.kernels, usual.kernels.kernels);
  add(options.kernels.flags, usual.kernels.flags);
  add(options.kernels.compiler, usual.kernels.compiler);
  add(options.runtime, usual.runtime);
  add(options.planner, usual.planner);
  if (options.invocations != usual.invocations) {
    texts.push_back(fmt::format("{} invocations", options.invocations));
  }
  add(options.input, usual.input);
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace boardless::exploration
