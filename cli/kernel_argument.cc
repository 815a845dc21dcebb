// Options that say which kernels run.
#include "cli/kernel_argument.h"

#include <fmt/format.h>

namespace boardless::cli {

void add_kernel_options(CLI::App& command, prediction::KernelSource& source) {
  command
      .add_option(
          "-k,--kernels", source.kernels,
          "auto: the fastest bundled ones the core can run; reference: portable C; optimized; "
          "or the folder of a kernel library of yours (CMSIS-NN), compiled for each core")
      ->capture_default_str()
      ->type_name("auto|reference|optimized|DIR");
  command
      .add_option("--kernel-flags", source.flags,
                  fmt::format("Compiler flags for the library in DIR; default: {}",
                              prediction::kDefaultLibraryFlags))
      ->type_name("FLAGS");
  command
      .add_option("--kernel-compiler", source.compiler,
                  "Compiler for the library in DIR; default: the one of the bundled kernels")
      ->type_name("GCC");
}

}  // namespace boardless::cli
