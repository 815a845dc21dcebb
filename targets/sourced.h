// A number about hardware that knows its entry in the ledger.
#pragma once

#include <string>
#include <utility>

#include "targets/ledger.h"

namespace boardless::targets {

// To read it is to use it: the entry is marked where someone records (targets/ledger.h). One that
// is absent from its file is 0 and marks nothing.
template <class T>
class Sourced {
 public:
  Sourced() = default;
  Sourced(T value, NumberRef entry) : value_(value), entry_(std::move(entry)) {}
  // A number of no file, such as what a user asks for.
  Sourced(T value, const std::string& source)
      : value_(value),
        entry_(std::make_shared<const LedgerEntry>(
            LedgerEntry{{}, 0, {}, {}, source, targets::is_estimate(source)})) {}

  // Another value for what the same entry says: a what-if.
  Sourced& operator=(T value) {
    value_ = value;
    return *this;
  }

  T value() const {
    if (recording != nullptr) [[unlikely]]
      recording->mark(entry_);
    return value_;
  }
  operator T() const { return value(); }  // NOLINT: reads as the number it is

  const NumberRef& entry() const { return entry_; }
  std::string source() const { return entry_ ? entry_->source : std::string(); }
  bool is_estimate() const { return entry_ && entry_->is_estimate; }

 private:
  T value_{};
  NumberRef entry_;
};

}  // namespace boardless::targets
