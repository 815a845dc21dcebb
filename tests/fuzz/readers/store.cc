// A file that is opened as a store of results.
#include <filesystem>

#include "base/error.h"
#include "exploration/store_views.h"
#include "store/result_store.h"
#include "tests/fuzz/input_file.h"

namespace boardless::fuzz {

void read_store(Bytes bytes) {
  const std::filesystem::path file = input_file("fuzz.db", bytes);
  for (const char* suffix : {"-wal", "-shm", "-journal"}) {
    std::filesystem::remove(file.string() + suffix);
  }
  store::ResultStore store =
      store::ResultStore::open(file, store::Access::kWrite, store::Damage::kRefuse);
  (void)exploration::store_csv(store);
  (void)exploration::store_json(store);
  store.insert({});
}

}  // namespace boardless::fuzz
