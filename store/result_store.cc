// One table, each row sealed by a digest.
#include "store/result_store.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "base/visible_text.h"
#include "store/packed_text.h"
#include "store/statement.h"
#include "toolchain/object_store.h"

namespace boardless::store {
namespace {

namespace fs = std::filesystem;

// "brdl", in the file's header, so that nothing else is taken for a store.
constexpr std::int64_t kApplication = 0x6272646c;
constexpr std::int64_t kLayout = 1;
constexpr int kPatienceMs = 30'000;
// A store up to this size is looked through when it is opened; a larger one as it is read.
constexpr std::uintmax_t kLookedThrough = std::uintmax_t{64} << 20U;

constexpr char kMake[] =
    "CREATE TABLE IF NOT EXISTS results ("
    " key TEXT PRIMARY KEY, version TEXT NOT NULL, model TEXT NOT NULL, target TEXT NOT NULL,"
    " clock_hz INTEGER NOT NULL, options TEXT NOT NULL, answer TEXT NOT NULL,"
    " reason TEXT NOT NULL, figures TEXT NOT NULL, document BLOB NOT NULL,"
    " document_digest TEXT NOT NULL, seal TEXT NOT NULL, written INTEGER NOT NULL"
    ") WITHOUT ROWID";
constexpr char kColumns[] =
    "key, version, model, target, clock_hz, options, answer, reason, figures, document_digest, "
    "seal";

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string digest_of(std::span<const std::uint8_t> bytes) { return sha256_hex(bytes); }

std::string seal_of(const StoredResult& result, const std::string& document_digest) {
  return toolchain::BuildKey()
      .add(result.key)
      .add(result.version)
      .add(result.model)
      .add(result.target)
      .add(fmt::format("{}", result.clock_hz))
      .add(result.options)
      .add(result.answer)
      .add(result.reason)
      .add(result.figures)
      .add(document_digest)
      .hex();
}

// A row that a statement over kColumns stands on; nothing when it is not what was written.
std::optional<StoredResult> row_of(const SqlStatement& row) {
  StoredResult result;
  result.key = row.text(0);
  result.version = row.text(1);
  result.model = row.text(2);
  result.target = row.text(3);
  result.clock_hz = static_cast<std::uint32_t>(row.number(4));
  result.options = row.text(5);
  result.answer = row.text(6);
  result.reason = row.text(7);
  result.figures = row.text(8);
  if (row.text(10) != seal_of(result, row.text(9))) return std::nullopt;
  return result;
}

bool is_damage(int code) {
  const int primary = code & 0xff;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

// A name beside the file that nothing has.
fs::path name_beside(const fs::path& file) {
  for (int number = 1;; ++number) {
    fs::path name = file;
    name += number == 1 ? ".damaged" : fmt::format(".damaged-{}", number);
    std::error_code ignored;
    if (!fs::exists(name, ignored)) return name;
  }
}

void rename_with_log(const fs::path& file, const fs::path& to) {
  fs::rename(file, to);
  for (const char* suffix : {"-wal", "-shm"}) {
    fs::path log = file;
    log += suffix;
    std::error_code ignored;
    fs::remove(log, ignored);
  }
}

// Thrown within this file for what SQLite cannot read.
struct DamagedFile : std::exception {};

}  // namespace

fs::path default_store_file() {
  try {
    return toolchain::default_cache_folder() / "results.db";
  } catch (const InputError&) {
    throw InputError(
        "results need a folder to be kept in: set XDG_CACHE_HOME or HOME, or give --store or "
        "--no-store");
  }
}

void ResultStore::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

ResultStore::ResultStore(fs::path file, sqlite3* database)
    : file_(std::move(file)), database_(database) {}
ResultStore::ResultStore(ResultStore&&) noexcept = default;
ResultStore& ResultStore::operator=(ResultStore&&) noexcept = default;
ResultStore::~ResultStore() = default;

void ResultStore::fail(int code) const {
  const std::string name = visible(file_.string());
  if (is_damage(code)) {
    throw InputError(
        fmt::format("{}: the store is damaged ({}): remove it, its results can be computed again",
                    name, sqlite3_errstr(code)));
  }
  if ((code & 0xff) == SQLITE_BUSY) {
    throw InputError(fmt::format("{}: another process has kept the store for {} seconds", name,
                                 kPatienceMs / 1000));
  }
  const char* message = database_ ? sqlite3_errmsg(database_.get()) : sqlite3_errstr(code);
  throw InputError(fmt::format("{}: the store cannot be used: {}", name, message));
}

void ResultStore::run(const std::string& sql) {
  const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

// Checks whose file it is, and makes the table in a new one.
void ResultStore::prepare_file(Access access) {
  const auto number_of = [&](const char* sql) {
    SqlStatement statement(database_.get(), sql);
    if (!statement.step()) {
      if (is_damage(statement.code())) throw DamagedFile();
      fail(statement.code());
    }
    return statement.number(0);
  };
  // At one moment: another process may be making the table.
  run("BEGIN");
  const std::int64_t application = number_of("PRAGMA application_id");
  const std::int64_t objects = number_of("SELECT count(*) FROM sqlite_master");
  run("COMMIT");
  const std::string name = visible(file_.string());
  if (application != kApplication && (application != 0 || objects != 0)) {
    throw InputError(fmt::format("{}: is a database, but no store of boardless", name));
  }
  if (application == 0 && access == Access::kRead) {
    throw InputError(fmt::format("{}: is empty, no store of boardless", name));
  }
  const std::int64_t layout = application == 0 ? kLayout : number_of("PRAGMA user_version");
  if (layout > kLayout) {
    throw InputError(fmt::format("{}: was written by a newer boardless", name));
  }
  run("PRAGMA temp_store=MEMORY");  // a confined process makes no files elsewhere
  if (access == Access::kRead) return;
  // Others read while one writes. Where the file system cannot share memory, or while another
  // process has it open for the first time, SQLite stays with what it is, which is sound as well.
  sqlite3_exec(database_.get(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
  run("PRAGMA synchronous=NORMAL");
  if (application == kApplication) return;
  run("BEGIN IMMEDIATE");
  run(kMake);
  run(fmt::format("PRAGMA application_id={}", kApplication));
  run(fmt::format("PRAGMA user_version={}", kLayout));
  run("COMMIT");
}

ResultStore ResultStore::open(const fs::path& file, Access access, Damage damage) {
  std::error_code error;
  if (access == Access::kWrite && file.has_parent_path()) {
    fs::create_directories(file.parent_path(), error);
  }
  if (access == Access::kRead && !fs::exists(file, error)) {
    throw InputError(fmt::format("{}: no such store", visible(file.string())));
  }
  if (fs::is_directory(file, error)) {
    throw InputError(fmt::format("{}: is a folder, no store", visible(file.string())));
  }
  // Reading a write-ahead log, too, needs the right to write beside it; without that it is read as
  // it lies there.
  const int flags =
      access == Access::kWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  sqlite3* database = nullptr;
  int code = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  ResultStore store(file, database);
  if (code != SQLITE_OK) store.fail(code);
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kPatienceMs);
  try {
    store.prepare_file(access);
    if (fs::file_size(file, error) <= kLookedThrough) {
      SqlStatement check(database, "PRAGMA quick_check(1)");
      const bool sound = check.step() && check.text(0) == "ok";
      if (!sound) throw DamagedFile();
    }
    return store;
  } catch (const DamagedFile&) {
    if (damage == Damage::kRefuse) store.fail(SQLITE_CORRUPT);
  }
  store.database_.reset();
  const fs::path aside = name_beside(file);
  rename_with_log(file, aside);
  ResultStore fresh = open(file, access, Damage::kRefuse);
  fresh.set_aside_ = aside;
  return fresh;
}

std::optional<StoredResult> ResultStore::find(const std::string& key) {
  const std::string sql = fmt::format("SELECT {} FROM results WHERE key = ?1", kColumns);
  SqlStatement statement(database_.get(), sql.c_str());
  statement.bind(1, key);
  if (!statement.step()) {
    if (statement.code() != SQLITE_DONE) fail(statement.code());
    return std::nullopt;
  }
  std::optional<StoredResult> result = row_of(statement);
  if (!result) ++damaged_rows_;
  return result;
}

std::optional<std::string> ResultStore::document(const std::string& key) {
  const std::optional<StoredResult> row = find(key);
  if (!row) return std::nullopt;
  SqlStatement statement(database_.get(),
                         "SELECT document, document_digest FROM results WHERE key = ?1");
  statement.bind(1, key);
  if (!statement.step()) return std::nullopt;
  const std::span<const std::uint8_t> bytes = statement.bytes(0);
  std::optional<std::string> text;
  if (digest_of(bytes) == statement.text(1)) text = unpacked(bytes);
  if (!text) ++damaged_rows_;
  return text;
}

void ResultStore::insert(std::span<const StoredResult> results) {
  if (results.empty()) return;
  run("BEGIN IMMEDIATE");
  SqlStatement statement(
      database_.get(),
      "INSERT OR REPLACE INTO results (key, version, model, target, clock_hz, options, answer, "
      "reason, figures, document, document_digest, seal, written) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  int code = statement.code();
  for (const StoredResult& result : results) {
    const std::vector<std::uint8_t> document = packed(result.document);
    const std::string digest = digest_of(document), seal = seal_of(result, digest);
    statement.bind(1, result.key).bind(2, result.version).bind(3, result.model);
    statement.bind(4, result.target).bind(5, std::int64_t{result.clock_hz});
    statement.bind(6, result.options).bind(7, result.answer).bind(8, result.reason);
    statement.bind(9, result.figures).bind(10, document).bind(11, digest).bind(12, seal);
    statement.bind(13, now_seconds());
    if (code != SQLITE_OK || statement.step() || statement.code() != SQLITE_DONE) {
      code = code != SQLITE_OK ? code : statement.code();
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
      fail(code);
    }
    statement.reset();
  }
  run("COMMIT");
}

void ResultStore::for_each(const std::function<void(const StoredResult&, std::uint64_t)>& each) {
  const std::string sql = fmt::format(
      "SELECT {}, length(document) FROM results ORDER BY model, target, clock_hz, key", kColumns);
  SqlStatement statement(database_.get(), sql.c_str());
  while (statement.step()) {
    const std::optional<StoredResult> result = row_of(statement);
    if (!result) {
      ++damaged_rows_;
      continue;
    }
    each(*result, static_cast<std::uint64_t>(statement.number(11)));
  }
  if (statement.code() != SQLITE_DONE) fail(statement.code());
}

std::vector<std::string> ResultStore::keys_like(const std::string& beginning, std::size_t most) {
  SqlStatement statement(database_.get(),
                         "SELECT key FROM results WHERE substr(key, 1, ?1) = ?2 ORDER BY key "
                         "LIMIT ?3");
  statement.bind(1, static_cast<std::int64_t>(beginning.size())).bind(2, beginning);
  statement.bind(3, static_cast<std::int64_t>(most));
  std::vector<std::string> keys;
  while (statement.step()) keys.push_back(statement.text(0));
  if (statement.code() != SQLITE_DONE) fail(statement.code());
  return keys;
}

std::uint64_t ResultStore::remove(const Removal& removal) {
  SqlStatement statement(database_.get(),
                         "DELETE FROM results WHERE ?1 OR (?2 != '' AND version != ?2) OR "
                         "(?3 > 0 AND written < ?3)");
  const std::int64_t before =
      removal.older_than_days > 0
          ? now_seconds() - static_cast<std::int64_t>(removal.older_than_days * 86'400)
          : 0;
  statement.bind(1, std::int64_t{removal.all}).bind(2, removal.keep_version).bind(3, before);
  statement.step();
  if (statement.code() != SQLITE_DONE) fail(statement.code());
  const auto removed = static_cast<std::uint64_t>(sqlite3_changes64(database_.get()));
  run("VACUUM");
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  return removed;
}

std::uint64_t ResultStore::merge(const fs::path& other_file) {
  ResultStore other = open(other_file, Access::kRead, Damage::kRefuse);
  constexpr std::size_t kAtOnce = 1000;
  std::vector<StoredResult> results;
  std::uint64_t merged = 0;
  const auto write = [&] {
    insert(results);
    merged += results.size();
    results.clear();
  };
  other.for_each([&](const StoredResult& result, std::uint64_t) {
    if (find(result.key)) return;
    std::optional<std::string> document = other.document(result.key);
    if (!document) return;
    results.push_back(result);
    results.back().document = std::move(*document);
    if (results.size() == kAtOnce) write();
  });
  write();
  damaged_rows_ += other.damaged_rows_;
  return merged;
}

std::uint64_t ResultStore::rows() {
  SqlStatement statement(database_.get(), "SELECT count(*) FROM results");
  if (!statement.step()) fail(statement.code());
  return static_cast<std::uint64_t>(statement.number(0));
}

fs::path named_store_file(const std::string& name) {
  return name.empty() ? default_store_file() : fs::path(name);
}

ResultStore open_named_store(const std::string& name) {
  return ResultStore::open(named_store_file(name), Access::kWrite,
                           name.empty() ? Damage::kSetAside : Damage::kRefuse);
}

}  // namespace boardless::store
