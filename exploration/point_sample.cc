// Maps coordinates of the unit cube to indices.
#include "exploration/point_sample.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "exploration/sampling.h"

namespace boardless::exploration {
namespace {

std::size_t index_of(double coordinate, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(coordinate * static_cast<double>(count)));
}

class Sampler {
 public:
  explicit Sampler(const Grid& grid)
      : grid_(grid),
        radices_(grid.model_radices.empty() ? std::vector<std::size_t>{grid.models.size()}
                                            : grid.model_radices) {}

  std::size_t dimensions() const { return radices_.size() + 2; }

  void take(const UnitVectors& vectors, std::size_t most) {
    for (const std::vector<double>& vector : vectors) {
      if (taken_.size() >= most) return;
      const Point point = point_at(vector);
      if (grid_.allows(point)) taken_.insert({point.model, point.options, point.device});
    }
  }

  std::size_t count() const { return taken_.size(); }
  std::vector<Point> points() const {
    std::vector<Point> points;
    for (const auto& [model, options, device] : taken_) points.push_back({model, options, device});
    return points;
  }

 private:
  Point point_at(const std::vector<double>& vector) const {
    std::size_t model = 0;
    for (std::size_t i = 0; i < radices_.size(); ++i) {
      model = model * radices_[i] + index_of(vector[i], radices_[i]);
    }
    const std::size_t device = index_of(vector[radices_.size() + 1], grid_.devices.size());
    const std::size_t options = grid_.devices[device].is_accelerator
                                    ? 0
                                    : index_of(vector[radices_.size()], grid_.options.size());
    return {static_cast<std::uint32_t>(model), static_cast<std::uint32_t>(options),
            static_cast<std::uint32_t>(device)};
  }

  const Grid& grid_;
  std::vector<std::size_t> radices_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> taken_;
};

}  // namespace

std::vector<Point> sample(const Grid& grid) {
  Sampler sampler(grid);
  const std::size_t wanted = grid.search.points;
  if (grid.search.method == Search::Method::kLatinHypercube) {
    sampler.take(latin_hypercube(wanted, sampler.dimensions(), grid.search.seed), wanted);
    return sampler.points();
  }
  // The sequence goes on until it has brought so many different points.
  constexpr std::size_t kMostRounds = 64;
  for (std::size_t round = 0; round < kMostRounds && sampler.count() < wanted; ++round) {
    sampler.take(sobol(round * wanted, wanted, sampler.dimensions(), grid.search.seed), wanted);
  }
  return sampler.points();
}

}  // namespace boardless::exploration
