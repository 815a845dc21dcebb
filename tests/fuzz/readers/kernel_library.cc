// A folder that claims to be a known kernel library: every file that is looked into holds the
// bytes.
#include <filesystem>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"
#include "tests/fuzz/input_file.h"
#include "toolchain/library_descriptor.h"

namespace boardless::fuzz {

void read_kernel_library(Bytes bytes) {
  static const auto known = toolchain::load_library_descriptors(
      data_directory() / "kernel_sources" / "kernels" / "adapters");
  for (const toolchain::LibraryDescriptor& library : known) {
    for (const std::string& file : library.recognised_by) input_file(file, bytes);
    for (const toolchain::LibraryFeature& feature : library.features) {
      input_file(feature.file, bytes);
    }
    input_file(library.version_file, bytes);
    const std::string title = toolchain::library_title(input_folder(), library);
    check(title == visible(title), "a library's title can be shown");
    (void)toolchain::library_defines(input_folder(), library);
  }
  (void)toolchain::recognise(input_folder(), known);
}

}  // namespace boardless::fuzz
