// Where compiled files are kept between runs, each under a key made of all that went into it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace boardless::toolchain {

// A digest of texts in their order; texts are kept apart.
class BuildKey {
 public:
  BuildKey& add(std::string_view text);
  BuildKey& add_file(const std::filesystem::path& file);  // its contents
  std::string hex() const;

 private:
  std::string text_;
};

class ObjectStore {
 public:
  // Creates the folder. Throws std::filesystem::filesystem_error.
  explicit ObjectStore(std::filesystem::path folder);

  // The file of `name`. Where there is none yet, or another than was kept (its digest lies beside
  // it), `make` writes it to the path it is given, and it is kept when `make` returns: what is in
  // the store is whole, whoever writes at the same time.
  std::filesystem::path get(const std::string& name,
                            const std::function<void(const std::filesystem::path&)>& make) const;

 private:
  std::filesystem::path folder_;
};

// $XDG_CACHE_HOME/boardless, else $HOME/.cache/boardless. Throws InputError when neither is set.
std::filesystem::path default_cache_folder();

}  // namespace boardless::toolchain
