// The default store is a cache, and may be begun anew; a named one is its owner's.
#include "cli/store_argument.h"

#include <fmt/format.h>

#include "base/visible_text.h"
#include "cli/verbosity.h"

namespace boardless::cli {

CLI::Option* add_store_option(CLI::App& command, std::string& store) {
  return command
      .add_option("--store", store,
                  "Keep results in this file; default: results.db in $XDG_CACHE_HOME/boardless, "
                  "else ~/.cache/boardless")
      ->type_name("FILE");
}

std::filesystem::path store_file(const std::string& store) {
  return store.empty() ? store::default_store_file() : std::filesystem::path(store);
}

store::ResultStore open_store(const std::string& store) {
  const std::filesystem::path file = store_file(store);
  store::ResultStore opened =
      store::ResultStore::open(file, store::Access::kWrite,
                               store.empty() ? store::Damage::kSetAside : store::Damage::kRefuse);
  if (!opened.set_aside().empty()) {
    remark(fmt::format("{} was damaged and is begun anew; what is left of it is {}",
                       visible(file.string()), visible(opened.set_aside().string())));
  }
  return opened;
}

}  // namespace boardless::cli
