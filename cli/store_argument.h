// --store of every command that keeps results or reads them.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "store/result_store.h"

namespace boardless::cli {

CLI::Option* add_store_option(CLI::App& command, std::string& store);

// Opens it for writing. A damaged default store is set aside, with a remark; a named one is
// refused. Throws InputError.
store::ResultStore open_store(const std::string& store);

}  // namespace boardless::cli
