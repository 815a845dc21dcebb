// One build per image.
#include "prediction/compiled_library.h"

#include <map>
#include <utility>

#include "sim/elf_image.h"

namespace boardless::prediction {

void use_compiled_library(const toolchain::KernelBuilder& builder,
                          std::span<const targets::Target> targets, PredictOptions& options,
                          const LibraryProgress& progress) {
  std::map<std::string, KernelImage> images;
  for (const std::string& name : needed_images(targets, *options.cores)) {
    if (!builder.is_for(name)) {
      images[name] = bundled_image(name);
      continue;
    }
    const toolchain::BuiltImage built =
        builder.build(name, progress ? progress(name) : toolchain::KernelBuilder::Progress());
    images[name] = {sim::load_elf(built.elf), built.compiler, built.flags};
  }
  options.kernels = {builder.prefix(), builder.title()};
  options.image = [images = std::move(images)](const std::string& name) { return images.at(name); };
}

}  // namespace boardless::prediction
