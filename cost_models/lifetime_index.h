// Which of many lifetimes meet a given one, found in time that grows with how many do: a segment
// tree over the operators, and a list of what begins at each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace boardless::cost_models {

class LifetimeIndex {
 public:
  // Of lifetimes within operators 0 to `operators` - 1.
  explicit LifetimeIndex(std::size_t operators)
      : operators_(operators), beginning_(operators, kNone), covering_(2 * operators, kNone) {}

  void add(std::size_t first_op, std::size_t last_op, std::uint32_t item) {
    link(beginning_[first_op], item);
    // Each operator from first to last is below exactly one of these nodes.
    std::size_t begin = first_op + operators_, end = last_op + 1 + operators_;
    for (; begin < end; begin /= 2, end /= 2) {
      if (begin % 2 == 1) link(covering_[begin++], item);
      if (end % 2 == 1) link(covering_[--end], item);
    }
  }

  // Calls visit(item) once for each added lifetime that meets this one, in no particular order.
  template <class Visit>
  void for_each_meeting(std::size_t first_op, std::size_t last_op, Visit visit) const {
    for (std::size_t node = first_op + operators_; node > 0; node /= 2) {
      follow(covering_[node], visit);
    }
    for (std::size_t op = first_op + 1; op <= last_op; ++op) follow(beginning_[op], visit);
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  struct Link {
    std::uint32_t item;
    std::uint32_t next;
  };

  void link(std::uint32_t& head, std::uint32_t item) {
    links_.push_back({item, head});
    head = static_cast<std::uint32_t>(links_.size() - 1);
  }
  template <class Visit>
  void follow(std::uint32_t at, Visit& visit) const {
    for (; at != kNone; at = links_[at].next) visit(links_[at].item);
  }

  std::size_t operators_;
  std::vector<std::uint32_t> beginning_;  // by operator
  std::vector<std::uint32_t> covering_;   // by node; 1 is the root, operator i is operators_ + i
  std::vector<Link> links_;
};

}  // namespace boardless::cost_models
