// Is a file that is no store, or a damaged one, refused or set aside, and never trusted?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "tests/scratch_folder.h"
#include "tests/store/stored_results.h"

namespace boardless::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::open_for_writing;
using testing::result_number;
using testing::results_numbered;

std::string refusal(const std::string& file, Access access = Access::kWrite) {
  try {
    ResultStore::open(file, access, Damage::kRefuse);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

void execute(const std::string& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

std::string where(int number) { return " WHERE key = '" + result_number(number).key + "'"; }

TEST(DamagedStore, IsRefusedByNameWhatItIs) {
  const ScratchFolder folder;
  folder.write("text", "this is a text, and no database at all; it is longer than a header");
  EXPECT_THAT(refusal(folder / "text"), AllOf(HasSubstr("text"), HasSubstr("damaged")));
  execute(folder / "other.db", "CREATE TABLE others (a)");
  EXPECT_THAT(refusal(folder / "other.db"), HasSubstr("no store of boardless"));
  EXPECT_THAT(refusal(folder.path().string()), HasSubstr("is a folder"));
  EXPECT_THAT(refusal(folder / "none.db", Access::kRead), HasSubstr("no such store"));
  open_for_writing(folder / "newer.db");
  execute(folder / "newer.db", "PRAGMA user_version = 2");
  EXPECT_THAT(refusal(folder / "newer.db"), HasSubstr("newer boardless"));
}

// Another program's database is never touched, not even where damage is set aside.
TEST(DamagedStore, OfAnotherProgramStaysAsItIs) {
  const ScratchFolder folder;
  execute(folder / "other.db", "CREATE TABLE others (a)");
  const auto before = read_file(folder / "other.db");
  EXPECT_THROW(ResultStore::open(folder / "other.db", Access::kWrite, Damage::kSetAside),
               InputError);
  EXPECT_EQ(read_file(folder / "other.db"), before);
}

// Everywhere in the file: it is refused or set aside when it is opened, or no row comes out that
// did not go in.
TEST(DamagedStore, NeverGivesWhatWasNotWritten) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  const std::vector<StoredResult> written = results_numbered(0, 40);
  open_for_writing(file).insert(written);
  const std::vector<std::uint8_t> whole = read_file(file);
  int refused = 0, absent = 0, kept = 0;
  for (std::size_t at = 0; at < whole.size(); at += 997) {
    for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(file + suffix);
    std::vector<std::uint8_t> damaged = whole;
    for (std::size_t i = at; i < std::min(at + 16, damaged.size()); ++i) damaged[i] ^= 0x5aU;
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(damaged.data()),
               static_cast<std::streamsize>(damaged.size()));
    try {
      ResultStore store = open_for_writing(file);
      for (const StoredResult& result : written) {
        const auto found = store.find(result.key);
        const auto document = store.document(result.key);
        if (!found || !document) {
          ++absent;
          continue;
        }
        ++kept;
        EXPECT_EQ(found->figures, result.figures) << "byte " << at;
        EXPECT_EQ(*document, result.document) << "byte " << at;
      }
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(absent, 0);
  EXPECT_GT(kept, 0);
}

TEST(DamagedStore, IsSetAsideAndBegunAnewWhereThatIsAllowed) {
  const ScratchFolder folder;
  const std::string file = folder / "results.db";
  for (const char* aside : {"results.db.damaged", "results.db.damaged-2"}) {
    folder.write("results.db", "this is a text, and no database at all; it is longer than that");
    ResultStore store = ResultStore::open(file, Access::kWrite, Damage::kSetAside);
    EXPECT_EQ(store.set_aside(), folder / aside);
    EXPECT_EQ(store.rows(), 0U);
    store.insert(results_numbered(0, 1));
    EXPECT_TRUE(std::filesystem::exists(folder / aside));
  }
}

TEST(DamagedStore, DoesNotTrustARowThatSomebodyChanged) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  open_for_writing(file).insert(results_numbered(0, 4));
  execute(file, "UPDATE results SET figures = '{\"latency_ms\":0.1}'" + where(0));
  execute(file, "UPDATE results SET clock_hz = 1" + where(1));
  execute(file, "UPDATE results SET document = x'0102'" + where(2));
  ResultStore store = open_for_writing(file);
  EXPECT_FALSE(store.find(result_number(0).key).has_value());
  EXPECT_FALSE(store.find(result_number(1).key).has_value());
  EXPECT_FALSE(store.document(result_number(2).key).has_value());
  EXPECT_EQ(store.damaged_rows(), 3U);
  EXPECT_TRUE(store.document(result_number(3).key).has_value());
  // What is computed again takes its place.
  store.insert(results_numbered(0, 3));
  EXPECT_TRUE(store.find(result_number(0).key).has_value());
  EXPECT_TRUE(store.document(result_number(2).key).has_value());
}

// A result of another key does not serve for this one.
TEST(DamagedStore, DoesNotTrustARowUnderAnotherKey) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  open_for_writing(file).insert(results_numbered(0, 1));
  execute(file, "UPDATE results SET key = '" + result_number(9).key + "'");
  EXPECT_FALSE(open_for_writing(file).find(result_number(9).key).has_value());
}

}  // namespace
}  // namespace boardless::store
