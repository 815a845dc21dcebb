// Rows of opcodes for families of MVE instructions that differ only in the type of their lanes.
#pragma once

#include <string_view>
#include <vector>

#include "isa/arm/mve/run_body.h"
#include "isa/arm/semantics.h"

namespace boardless::isa::arm::mve {

class Rows {
 public:
  // One body for each of the names, which are separated by single spaces.
  template <class... Body>
  void add(const OpcodeFacts& facts, std::string_view names) {
    (add_one<Body>(facts, names), ...);
    check(names.empty(), "there is a body for each name");
  }

  // The same for lanes of these types.
  template <template <class, class> class Body, class F, class... T>
  void add_for(const OpcodeFacts& facts, std::string_view names) {
    const bool by_lane = facts.lane_bytes == kEachLane;
    (add_one<Body<T, F>>(by_lane ? facts.lanes(sizeof(T)) : facts, names), ...);
    check(names.empty(), "there is a body for each name");
  }
  template <template <class, class> class Body, class F>
  void add_signed(const OpcodeFacts& facts, std::string_view names) {
    add_for<Body, F, std::int8_t, std::int16_t, std::int32_t>(facts, names);
  }
  template <template <class, class> class Body, class F>
  void add_unsigned(const OpcodeFacts& facts, std::string_view names) {
    add_for<Body, F, std::uint8_t, std::uint16_t, std::uint32_t>(facts, names);
  }
  // Signed, then unsigned.
  template <template <class, class> class Body, class F>
  void add_all(const OpcodeFacts& facts, std::string_view names) {
    add_for<Body, F, std::int8_t, std::int16_t, std::int32_t, std::uint8_t, std::uint16_t,
            std::uint32_t>(facts, names);
  }

  std::span<const OpcodeRow> rows() const { return rows_; }

 private:
  template <class Body>
  void add_one(const OpcodeFacts& facts, std::string_view& names) {
    const std::size_t space = names.find(' ');
    check(!names.empty(), "there is a name for each body");
    rows_.push_back({names.substr(0, space), facts, build_body<Body>});
    names = space == std::string_view::npos ? std::string_view{} : names.substr(space + 1);
  }

  std::vector<OpcodeRow> rows_;
};

}  // namespace boardless::isa::arm::mve
