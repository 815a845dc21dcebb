// Files by key, moved into place when they are whole.
#include "toolchain/object_store.h"

#include <fmt/format.h>

#include <cstdlib>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/output_file.h"
#include "base/sha256.h"
#include "base/temporary.h"

namespace boardless::toolchain {

namespace fs = std::filesystem;

namespace {

// Beside a kept file: its digest.
fs::path seal_of(const fs::path& file) {
  fs::path seal = file;
  return seal += ".sha256";
}

// Nobody broke or replaced it since it was kept, and nobody stopped in between.
bool is_whole(const fs::path& file) {
  try {
    const std::vector<std::uint8_t> seal = read_file(seal_of(file), kMostTextBytes);
    return std::string(seal.begin(), seal.end()) == sha256_hex(read_file(file));
  } catch (const InputError&) {
    return false;
  }
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

BuildKey& BuildKey::add(std::string_view text) {
  text_ += fmt::format("{}:", text.size());
  text_ += text;
  return *this;
}

BuildKey& BuildKey::add_file(const fs::path& file) { return add(sha256_hex(read_file(file))); }

std::string BuildKey::hex() const {
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(text_.data()), text_.size()});
}

ObjectStore::ObjectStore(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
}

fs::path ObjectStore::get(const std::string& name,
                          const std::function<void(const fs::path&)>& make) const {
  const fs::path file = folder_ / name;
  if (is_whole(file)) return file;
  if (fs::is_directory(file)) fs::remove_all(file);
  // In a folder, compilers may write what they like beside it, and one whose parent was killed has
  // nowhere to write any more.
  const TemporaryFolder unfinished(folder_);
  const fs::path made = unfinished.path() / name;
  make(made);
  write_file(seal_of(file), sha256_hex(read_file(made)));
  fs::rename(made, file);
  return file;
}

fs::path default_cache_folder() {
  const std::string cache = variable("XDG_CACHE_HOME"), home = variable("HOME");
  if (!cache.empty()) return fs::path(cache) / "boardless";
  if (!home.empty()) return fs::path(home) / ".cache" / "boardless";
  throw InputError(
      "compiled kernels need a folder to be kept in: set XDG_CACHE_HOME or HOME, neither is set");
}

}  // namespace boardless::toolchain
