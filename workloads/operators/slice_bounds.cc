// Brings begins, ends and strides, which may count from the end and leave dimensions out, to
// bounds.
#include "workloads/operators/slice_bounds.h"

#include <algorithm>
#include <cstddef>

namespace boardless::workloads {
namespace {

class Bounds {
 public:
  explicit Bounds(const OperatorView& view)
      : view_(view),
        masks_(view.attributes<StridedSliceAttributes>()),
        begin_(view.integers(1, "begin")),
        end_(view.integers(2, "end")),
        stride_(view.integers(3, "strides")) {
    if (begin_.size() != end_.size() || begin_.size() != stride_.size()) {
      view.fail("has {} begins, {} ends and {} strides", begin_.size(), end_.size(),
                stride_.size());
    }
  }

  SliceBounds make() {
    for (std::size_t i = 0; i < begin_.size(); ++i) {
      if (is_set(masks_.ellipsis_mask, i)) {
        if (left_out() > 0) take_whole(left_out());
        has_ellipsis_ = true;
      } else if (is_set(masks_.new_axis_mask, i)) {
        bounds_.output.push_back(1);
      } else {
        take(i);
      }
    }
    if (dimension() < rank()) take_whole(rank() - dimension());
    return bounds_;
  }

 private:
  static bool is_set(int mask, std::size_t bit) {
    return bit < 32 && ((static_cast<std::uint32_t>(mask) >> bit) & 1U) != 0;
  }
  std::size_t rank() const { return view_.input().shape.size(); }
  std::size_t dimension() const { return bounds_.start.size(); }

  // Dimensions that an ellipsis stands for: those that nothing else names.
  std::size_t left_out() const {
    if (has_ellipsis_) view_.fail("has two ellipses; it may have one");
    std::size_t named = 0;
    for (std::size_t i = 0; i < begin_.size(); ++i) {
      named += is_set(masks_.ellipsis_mask, i) || is_set(masks_.new_axis_mask, i) ? 0 : 1;
    }
    return named < rank() ? rank() - named : 0;
  }

  void add(std::int64_t start, std::int64_t stop, std::int64_t stride) {
    bounds_.start.push_back(static_cast<std::int32_t>(start));
    bounds_.stop.push_back(static_cast<std::int32_t>(stop));
    bounds_.stride.push_back(static_cast<std::int32_t>(stride));
  }

  void take_whole(std::size_t dimensions) {
    for (std::size_t i = 0; i < dimensions; ++i) {
      const std::int32_t extent = view_.input().shape[dimension()];
      bounds_.output.push_back(extent);
      add(0, extent, 1);
    }
  }

  // What position `i` of the operands says of the next dimension.
  void take(std::size_t i) {
    if (dimension() >= rank()) {
      view_.fail("names more dimensions than the input {} has", shape_text(view_.input()));
    }
    const std::int64_t extent = view_.input().shape[dimension()];
    // A step longer than the dimension takes one element, whatever its length.
    const std::int64_t stride = std::clamp(stride_[i], -extent - 1, extent + 1);
    if (stride == 0) view_.fail("has stride 0 in dimension {}", dimension());
    if (is_set(masks_.shrink_axis_mask, i)) {
      take_one(i, extent);
      return;
    }
    const bool is_forward = stride > 0;
    // From the first to behind the last, in the stride's direction.
    const std::int64_t first = is_forward ? 0 : extent - 1, behind = is_forward ? extent : -1;
    const auto within = [&](std::int64_t at) {
      if (at < 0) at += extent;
      return std::clamp<std::int64_t>(at, is_forward ? 0 : -1, is_forward ? extent : extent - 1);
    };
    const std::int64_t start = is_set(masks_.begin_mask, i) ? first : within(begin_[i]);
    const std::int64_t stop = is_set(masks_.end_mask, i) ? behind : within(end_[i]);
    bounds_.output.push_back(slice_extent(start, stop, stride));
    add(start, stop, stride);
  }

  // One element, whose dimension goes.
  void take_one(std::size_t i, std::int64_t extent) {
    const std::int64_t begin = is_set(masks_.begin_mask, i) ? 0 : begin_[i];
    if (begin < -extent || begin >= extent) {
      view_.fail("takes element {} of dimension {}, which has {}", begin, dimension(), extent);
    }
    const std::int64_t start = begin < 0 ? begin + extent : begin;
    add(start, start + 1, 1);
  }

  const OperatorView& view_;
  const StridedSliceAttributes& masks_;
  const std::vector<std::int64_t> begin_, end_, stride_;
  bool has_ellipsis_ = false;
  SliceBounds bounds_;
};

}  // namespace

std::int32_t slice_extent(std::int64_t start, std::int64_t stop, std::int64_t stride) {
  const std::int64_t span = stride > 0 ? stop - start : start - stop;
  const std::int64_t step = stride > 0 ? stride : -stride;
  return span <= 0 ? 0 : static_cast<std::int32_t>((span + step - 1) / step);
}

SliceBounds slice_bounds(const OperatorView& view) { return Bounds(view).make(); }

}  // namespace boardless::workloads
