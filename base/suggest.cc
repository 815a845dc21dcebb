// Levenshtein distance over short words.
#include "base/suggest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace boardless {
namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitution});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_word(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  std::string near = nearest_word(word, candidates);
  const auto begins = [&](const std::string& candidate) { return candidate.starts_with(word); };
  // However much is missing, what was typed is the beginning of one alone.
  if (near.empty() && !word.empty() && std::ranges::count_if(candidates, begins) == 1) {
    near = *std::ranges::find_if(candidates, begins);
  }
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

}  // namespace boardless
