// Results by the digest of all that they rest on, in one SQLite file that several processes share.
//
//   ResultStore store = ResultStore::open(default_store_file(), Access::kWrite, Damage::kSetAside);
//   if (std::optional<StoredResult> known = store.find(key)) …
//   store.insert(results);
//
// Every row carries a digest of itself: one that was changed or damaged is as good as absent.
// Readers never wait for a writer (write-ahead log); two writers wait for each other, up to half a
// minute. A process that is killed leaves the file as it was after its last insert().
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

struct sqlite3;

namespace boardless::store {

struct StoredResult {
  std::string key;      // 64 hexadecimal digits: what the result rests on
  std::string version;  // of boardless
  std::string model, target;
  std::uint32_t clock_hz = 0;
  std::string options;   // those that are not the default, as text
  std::string answer;    // "answered", or why not, as documents say it: "not_modelled"
  std::string reason;    // of what is not answered
  std::string figures;   // of what is answered, one line of JSON
  std::string document;  // boardless.prediction/1 with this one row
};

enum class Access { kRead, kWrite };
// What becomes of a file that SQLite cannot read: refused, or renamed and begun anew.
enum class Damage { kRefuse, kSetAside };

// $XDG_CACHE_HOME/boardless/results.db, else below $HOME/.cache. Throws InputError when neither is
// set.
std::filesystem::path default_store_file();

class ResultStore {
 public:
  // A file that is not there is made for writing, with its folder. Throws InputError naming the
  // file: it is not there to be read, no store, one of a newer boardless, damaged, not to be
  // written.
  static ResultStore open(const std::filesystem::path& file, Access access, Damage damage);
  ResultStore(ResultStore&&) noexcept;
  ResultStore& operator=(ResultStore&&) noexcept;
  ~ResultStore();

  // Where a damaged file went that was set aside; empty: there was none.
  const std::filesystem::path& set_aside() const { return set_aside_; }

  // Without its document. Rows that are not what was written count as absent, and are counted.
  std::optional<StoredResult> find(const std::string& key);
  // The document; nothing where there is no such row, or it is not what was written.
  std::optional<std::string> document(const std::string& key);
  // All or none of them; what is there already is replaced.
  void insert(std::span<const StoredResult> results);

  // Calls `each` with every row without its document, by model, target, clock and key.
  void for_each(const std::function<void(const StoredResult&, std::uint64_t document_bytes)>& each);
  // Keys that begin so, at most `most`.
  std::vector<std::string> keys_like(const std::string& beginning, std::size_t most);

  struct Removal {
    std::string keep_version;    // remove all other versions' rows; empty: of any version
    double older_than_days = 0;  // remove what was written so long ago
    bool all = false;
  };
  // Rows removed; the file shrinks.
  std::uint64_t remove(const Removal& removal);
  // Rows of another store that are not here yet, as far as they are what was written; how many.
  std::uint64_t merge(const std::filesystem::path& other);

  std::uint64_t rows();
  std::uint64_t damaged_rows() const { return damaged_rows_; }

 private:
  ResultStore(std::filesystem::path file, sqlite3* database);
  void prepare_file(Access access);
  void run(const std::string& sql);
  [[noreturn]] void fail(int code) const;

  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::filesystem::path file_, set_aside_;
  std::unique_ptr<sqlite3, Close> database_;
  std::uint64_t damaged_rows_ = 0;
};

// The store in that file for writing; of an empty name the default one. That is a cache, and begun
// anew where it is damaged; a named one is its owner's, and refused.
std::filesystem::path named_store_file(const std::string& name);
ResultStore open_named_store(const std::string& name);

}  // namespace boardless::store
