// Does a result come out of the store as it went in, and does the store list, remove and merge?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/packed_text.h"
#include "tests/scratch_folder.h"
#include "tests/store/stored_results.h"

namespace boardless::store {
namespace {

using ::testing::ElementsAre;
using testing::open_for_writing;
using testing::result_number;
using testing::results_numbered;
using ::testing::SizeIs;

void expect_same(const StoredResult& a, const StoredResult& b) {
  EXPECT_EQ(a.key, b.key);
  EXPECT_EQ(a.version, b.version);
  EXPECT_EQ(a.model, b.model);
  EXPECT_EQ(a.target, b.target);
  EXPECT_EQ(a.clock_hz, b.clock_hz);
  EXPECT_EQ(a.options, b.options);
  EXPECT_EQ(a.answer, b.answer);
  EXPECT_EQ(a.reason, b.reason);
  EXPECT_EQ(a.figures, b.figures);
}

TEST(Store, GivesBackWhatItWasGivenAlsoAfterItWasClosed) {
  const ScratchFolder folder;
  const std::string file = folder / "deep/below/results.db";
  StoredResult refused = result_number(2);
  refused.answer = "not_modelled";
  refused.reason = "quotes ' \" and \x01, and no figures";
  refused.figures = "";
  open_for_writing(file).insert(std::vector{result_number(1), refused});
  ResultStore store = open_for_writing(file);
  for (const StoredResult& expected : {result_number(1), refused}) {
    const auto found = store.find(expected.key);
    ASSERT_TRUE(found.has_value());
    expect_same(*found, expected);
    EXPECT_EQ(store.document(expected.key), expected.document);
  }
  EXPECT_FALSE(store.find(result_number(3).key).has_value());
  EXPECT_FALSE(store.document(result_number(3).key).has_value());
  EXPECT_EQ(store.rows(), 2U);
  EXPECT_EQ(store.damaged_rows(), 0U);
}

TEST(Store, ReplacesAResultOfTheSameKey) {
  const ScratchFolder folder;
  ResultStore store = open_for_writing(folder / "s.db");
  StoredResult later = result_number(1);
  later.document = "later";
  store.insert(std::vector{result_number(1)});
  store.insert(std::vector{later});
  EXPECT_EQ(store.rows(), 1U);
  EXPECT_EQ(store.document(later.key), "later");
}

TEST(Store, ListsInAnOrderThatDoesNotHangOnThatOfInsertion) {
  const ScratchFolder folder;
  ResultStore a = open_for_writing(folder / "a.db"), b = open_for_writing(folder / "b.db");
  std::vector<StoredResult> results = results_numbered(0, 20);
  a.insert(results);
  std::ranges::reverse(results);
  b.insert(results);
  const auto keys_of = [](ResultStore& store) {
    std::vector<std::string> keys;
    store.for_each([&](const StoredResult& result, std::uint64_t bytes) {
      EXPECT_GT(bytes, 0U);
      keys.push_back(result.key);
    });
    return keys;
  };
  EXPECT_THAT(keys_of(a), SizeIs(20));
  EXPECT_EQ(keys_of(a), keys_of(b));
}

TEST(Store, FindsKeysByHowTheyBegin) {
  const ScratchFolder folder;
  ResultStore store = open_for_writing(folder / "s.db");
  store.insert(std::vector{result_number(0x1f), result_number(0x10), result_number(0x20)});
  const std::string zeros(62, '0');
  EXPECT_THAT(store.keys_like(zeros + "1", 9), ElementsAre(zeros + "10", zeros + "1f"));
  EXPECT_THAT(store.keys_like(zeros, 1), SizeIs(1));
  EXPECT_THAT(store.keys_like("%", 9), SizeIs(0));
}

TEST(Store, RemovesWhatItIsToldTo) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  ResultStore store = open_for_writing(file);
  std::vector<StoredResult> results = results_numbered(0, 300);
  results[3].version = results[4].version = "0.0.9";
  store.insert(results);
  EXPECT_EQ(store.remove({.keep_version = results[0].version}), 2U);
  EXPECT_EQ(store.rows(), 298U);
  EXPECT_FALSE(store.find(results[3].key).has_value());
  // All are of this second.
  EXPECT_EQ(store.remove({.keep_version = "", .older_than_days = 1}), 0U);
  const auto before = std::filesystem::file_size(file);
  EXPECT_EQ(store.remove({.keep_version = "", .all = true}), 298U);
  EXPECT_EQ(store.rows(), 0U);
  EXPECT_LT(std::filesystem::file_size(file), before / 4);
}

TEST(Store, RemovesWhatIsOld) {
  const ScratchFolder folder;
  const std::string file = folder / "s.db";
  open_for_writing(file).insert(results_numbered(0, 3));
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  const std::string sql =
      "UPDATE results SET written = written - 864000 WHERE key = '" + result_number(1).key + "'";
  ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  ResultStore store = open_for_writing(file);
  EXPECT_EQ(store.remove({.keep_version = "", .older_than_days = 9}), 1U);
  EXPECT_FALSE(store.find(result_number(1).key).has_value());
  EXPECT_TRUE(store.find(result_number(2).key).has_value());
}

TEST(Store, MergesWhatItDoesNotHaveYet) {
  const ScratchFolder folder;
  ResultStore store = open_for_writing(folder / "all.db");
  store.insert(results_numbered(0, 5));
  open_for_writing(folder / "other.db").insert(results_numbered(3, 2500));
  EXPECT_EQ(store.merge(folder / "other.db"), 2498U);
  EXPECT_EQ(store.rows(), 2503U);
  EXPECT_EQ(store.document(result_number(2502).key), result_number(2502).document);
  EXPECT_EQ(store.merge(folder / "other.db"), 0U);
  EXPECT_THROW(store.merge(folder / "none.db"), InputError);
}

TEST(Store, LiesInTheCacheUnlessItIsNamed) {
  const ScratchFolder folder;
  const char* before = std::getenv("XDG_CACHE_HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("XDG_CACHE_HOME", folder.path().c_str(), 1);
  EXPECT_EQ(default_store_file(), folder.path() / "boardless" / "results.db");
  if (before == nullptr) {
    unsetenv("XDG_CACHE_HOME");
  } else {
    setenv("XDG_CACHE_HOME", kept.c_str(), 1);
  }
}

TEST(PackedText, ComesBackWhole) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(100'000, 'x'), std::string("\0\xff\x01", 3)}) {
    EXPECT_EQ(unpacked(packed(text)), text);
  }
  EXPECT_LT(packed(std::string(100'000, 'x')).size(), 1000U);
}

TEST(PackedText, IsRefusedWhenItIsDamaged) {
  const std::vector<std::uint8_t> whole = packed("some text that is long enough to be packed");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(unpacked(std::span(whole).first(size)).has_value()) << size;
  }
  std::vector<std::uint8_t> huge = whole;
  huge[3] = 0xff;
  EXPECT_FALSE(unpacked(huge).has_value());
}

}  // namespace
}  // namespace boardless::store
