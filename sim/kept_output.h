// What a guest prints, kept for the result up to a bound: a program may print for ever.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace boardless::sim {

class KeptOutput {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{16} << 20U;

  // `longest_end`: bytes of the longest text that ends_with() is asked for.
  explicit KeptOutput(std::size_t longest_end = 0) : longest_end_(longest_end) {}

  void print(char c) {
    if (text_.size() < kMostBytes) [[likely]] {
      text_.push_back(c);
    } else {
      drop(c);
    }
  }

  // Whether all that was printed ends so, whether it was kept or not.
  bool ends_with(std::string_view end) const {
    if (end.empty()) return false;
    return dropped_bytes_ == 0 ? text_.ends_with(end) : recent_.ends_with(end);
  }

  std::uint64_t bytes() const { return text_.size() + dropped_bytes_; }  // all of them
  const std::string& text() const { return text_; }                      // the first bytes
  std::uint64_t dropped_bytes() const { return dropped_bytes_; }         // that came after them

 private:
  void drop(char c) {
    if (dropped_bytes_++ == 0)
      recent_ = text_.substr(text_.size() - std::min(text_.size(), longest_end_));
    recent_.push_back(c);
    constexpr std::size_t kSlack = 4096;
    if (recent_.size() >= longest_end_ + kSlack) recent_.erase(0, recent_.size() - longest_end_);
  }

  std::string text_;
  std::string recent_;  // the last bytes, once some are dropped
  std::size_t longest_end_ = 0;
  std::uint64_t dropped_bytes_ = 0;
};

}  // namespace boardless::sim
