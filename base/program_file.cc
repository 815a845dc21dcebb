#include "base/program_file.h"

#include <dlfcn.h>
#include <link.h>

#include <system_error>

namespace boardless {

namespace fs = std::filesystem;

fs::path program_file() {
  Dl_info info{};
  void* map = nullptr;
  // The executable's own entry has no name.
  if (::dladdr1(reinterpret_cast<const void*>(&program_file), &info, &map, RTLD_DL_LINKMAP) != 0 &&
      map != nullptr) {
    const char* name = static_cast<const ::link_map*>(map)->l_name;
    if (name != nullptr && *name != '\0') return name;
  }
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

}  // namespace boardless
