// Views of a store's results.
#pragma once

#include <string>

#include "reports/table_view.h"
#include "store/result_store.h"

namespace boardless::exploration {

// One row for each result; below them how many there are, and how large.
std::string store_table(store::ResultStore& store, const reports::TableView& view);
// schema "boardless.store/1": every result with its document.
std::string store_json(store::ResultStore& store);
// A row for each result, RFC 4180.
std::string store_csv(store::ResultStore& store);

}  // namespace boardless::exploration
