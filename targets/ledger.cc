// Entering numbers, and sets of them.
#include "targets/ledger.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

#include "base/error.h"

namespace boardless::targets {

bool is_estimate(const std::string& source) { return source.starts_with("estimate"); }

NumberRef Ledger::enter(const std::string& owner, std::string key, std::string value,
                        std::string source) {
  const bool estimate = is_estimate(source);
  return entries_.emplace_back(std::make_shared<const LedgerEntry>(
      LedgerEntry{owner, static_cast<std::uint32_t>(entries_.size()), std::move(key),
                  std::move(value), std::move(source), estimate}));
}

NumberRef Ledger::change(const std::string& key, std::string value, std::string source) {
  const auto found =
      std::ranges::find_if(entries_, [&](const NumberRef& entry) { return entry->key == key; });
  check(found != entries_.end(), "a number is changed that was entered");
  LedgerEntry changed = **found;
  changed.value = std::move(value);
  changed.is_estimate = is_estimate(source);
  changed.source = std::move(source);
  return *found = std::make_shared<const LedgerEntry>(std::move(changed));
}

void UsedNumbers::grow() {
  constexpr std::size_t kFewest = 32;
  std::vector<NumberRef> before(std::max(kFewest, slots_.size() * 2));
  before.swap(slots_);
  shift_ = 64U - static_cast<std::uint32_t>(std::countr_zero(slots_.size()));
  for (NumberRef& entry : before) {
    if (entry != nullptr) slots_[slot_of(entry.get())] = std::move(entry);
  }
}

void UsedNumbers::insert(const NumberRef& entry) {
  if (entry == nullptr) return;
  if (2 * count_ >= slots_.size()) grow();
  NumberRef& slot = slots_[slot_of(entry.get())];
  if (slot != nullptr) return;
  slot = entry;
  ++count_;
}

void UsedNumbers::add(const UsedNumbers& others) {
  for (const NumberRef& entry : others.slots_) insert(entry);
}

std::vector<NumberRef> UsedNumbers::entries() const {
  std::vector<NumberRef> all;
  std::ranges::copy_if(slots_, std::back_inserter(all),
                       [](const NumberRef& entry) { return entry != nullptr; });
  std::ranges::sort(all, {}, [](const NumberRef& entry) {
    return std::tie(entry->owner, entry->order, entry->key, entry->value, entry->source);
  });
  return all;
}

}  // namespace boardless::targets
