// Divides a sorted list.
#include "exploration/batches.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace boardless::exploration {

std::vector<Batch> batches_of(const Grid& grid, const std::vector<Point>& points) {
  std::vector<Batch> batches;
  // Where the batch of microcontrollers, and that of accelerators, of the current model stands.
  std::array<std::optional<std::size_t>, 2> current;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool begins = i == 0 || points[i].model != points[i - 1].model ||
                        points[i].options != points[i - 1].options;
    if (begins) current = {};
    std::optional<std::size_t>& batch = current[grid.devices[points[i].device].is_accelerator];
    if (!batch) {
      batch = batches.size();
      batches.emplace_back();
    }
    batches[*batch].points.push_back(i);
  }
  return batches;
}

std::size_t images_of(const Grid& grid, const std::vector<Point>& points,
                      const std::vector<std::size_t>& some) {
  std::set<std::string> images;
  for (const std::size_t i : some) {
    const Device& device = grid.devices[points[i].device];
    if (!device.is_accelerator) images.insert(device.image);
  }
  return images.size();
}

double macs_to_run(const Grid& grid, const std::vector<Point>& points, const Batch& batch) {
  return static_cast<double>(grid.models[points[batch.points.front()].model].macs) *
         static_cast<double>(images_of(grid, points, batch.points));
}

std::vector<Batch> by_image(const Grid& grid, const std::vector<Point>& points,
                            const Batch& batch) {
  std::map<std::string, Batch> parts;
  for (const std::size_t i : batch.points) {
    parts[grid.devices[points[i].device].image].points.push_back(i);
  }
  std::vector<Batch> result;
  for (auto& [image, part] : parts) result.push_back(std::move(part));
  return result;
}

}  // namespace boardless::exploration
