// Results for tests of the store.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "store/result_store.h"

namespace boardless::store::testing {

inline StoredResult result_number(int number) {
  StoredResult result;
  result.key = fmt::format("{:064x}", number);
  result.version = "0.1.0+gabcdef0";
  result.model = fmt::format("model{}", number % 7);
  result.target = "stm32f446re";
  result.clock_hz = 80'000'000;
  result.options = "reference";
  result.answer = "answered";
  result.figures = fmt::format("{{\"latency_ms\":{}}}", number);
  // Large enough that a file of many has more than a few pages.
  for (int i = 0; i < 50; ++i) result.document += fmt::format("{} of document {}\n", i, number);
  return result;
}

inline std::vector<StoredResult> results_numbered(int first, int count) {
  std::vector<StoredResult> results;
  for (int i = 0; i < count; ++i) results.push_back(result_number(first + i));
  return results;
}

inline ResultStore open_for_writing(const std::string& file) {
  return ResultStore::open(file, Access::kWrite, Damage::kRefuse);
}

}  // namespace boardless::store::testing
