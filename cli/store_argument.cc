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

store::ResultStore open_store(const std::string& store) {
  store::ResultStore opened = store::open_named_store(store);
  if (!opened.set_aside().empty()) {
    remark(fmt::format("{} was damaged and is begun anew; what is left of it is {}",
                       visible(store::named_store_file(store).string()),
                       visible(opened.set_aside().string())));
  }
  return opened;
}

}  // namespace boardless::cli
