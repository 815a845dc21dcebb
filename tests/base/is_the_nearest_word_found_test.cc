// Is the word found that a mistyped one was meant to be, and none where none is near?
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/suggest.h"

namespace boardless {
namespace {

const std::vector<std::string> kWords{"clock_hz", "size_bytes", "wait_states", "kws"};

TEST(NearestWord, OneLetterAwayInEachWay) {
  EXPECT_EQ(nearest_word("clock_hs", kWords), "clock_hz");        // replaced
  EXPECT_EQ(nearest_word("clok_hz", kWords), "clock_hz");         // left out
  EXPECT_EQ(nearest_word("clocck_hz", kWords), "clock_hz");       // doubled
  EXPECT_EQ(nearest_word("wiat_states", kWords), "wait_states");  // exchanged
}

TEST(NearestWord, IsItselfWhenKnown) {
  for (const std::string& word : kWords) EXPECT_EQ(nearest_word(word, kWords), word);
}

TEST(NearestWord, AShortWordMayBeTwoEditsAway) {
  EXPECT_EQ(nearest_word("k", kWords), "kws");
  EXPECT_EQ(nearest_word("kwsss", kWords), "kws");
  EXPECT_EQ(nearest_word("kwssss", kWords), "");
}

TEST(NearestWord, ALongWordMayDifferByAThird) {
  // 12 letters: four edits are near, five are not.
  const std::vector<std::string> one{"abcdefghijkl"};
  EXPECT_EQ(nearest_word("abcdefghXXXX", one), "abcdefghijkl");
  EXPECT_EQ(nearest_word("abcdefgXXXXX", one), "");
}

TEST(NearestWord, OfTwoAsNearTheEarlier) {
  EXPECT_EQ(nearest_word("cat", std::vector<std::string>{"bat", "rat"}), "bat");
  EXPECT_EQ(nearest_word("cat", std::vector<std::string>{"rat", "bat"}), "rat");
}

TEST(DidYouMean, EndsAMessage) {
  EXPECT_EQ(did_you_mean("kwz", kWords), "; did you mean 'kws'?");
  EXPECT_EQ(did_you_mean("nothing_like_it", kWords), "");
}

TEST(DidYouMean, KnowsABeginningOfOneWordAlone) {
  EXPECT_EQ(did_you_mean("wait", kWords), "; did you mean 'wait_states'?");
  EXPECT_EQ(did_you_mean("lat", std::vector<std::string>{"latency_a", "latency_b"}), "");
  EXPECT_EQ(did_you_mean("", kWords), "");
}

TEST(NearestWord, NeedsCandidates) {
  EXPECT_EQ(nearest_word("cat", {}), "");
  EXPECT_EQ(nearest_word("", kWords), "");
}

}  // namespace
}  // namespace boardless
