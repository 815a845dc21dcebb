// The ledger of numbers: every number read from a hardware file is entered once, and whoever prices
// something with one marks it as used.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace boardless::targets {

// One number of one file.
struct LedgerEntry {
  std::string owner;        // what the file describes, by its stem: "cortex-m4"
  std::uint32_t order = 0;  // its place among the file's numbers
  std::string key;          // as in the YAML, list entries by name: "memories.flash.wait_states"
  std::string value;        // with its unit: "5 cycles"
  std::string source;       // a document and section, a measurement id, or "estimate (why)"
  bool is_estimate = false;
};
using NumberRef = std::shared_ptr<const LedgerEntry>;

// A source that starts so says that its number is an estimate, and why.
bool is_estimate(const std::string& source);

// All numbers of a file, in its order. A range of LedgerEntry.
class Ledger {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = LedgerEntry;
    explicit Iterator(std::vector<NumberRef>::const_iterator at) : at_(at) {}
    Iterator() = default;
    const LedgerEntry& operator*() const { return **at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    std::vector<NumberRef>::const_iterator at_;
  };

  NumberRef enter(const std::string& owner, std::string key, std::string value, std::string source);
  // Another value, or source, for the number of that key; what was used before stays as it was.
  NumberRef change(const std::string& key, std::string value, std::string source);

  std::size_t size() const { return entries_.size(); }
  Iterator begin() const { return Iterator(entries_.begin()); }
  Iterator end() const { return Iterator(entries_.end()); }

 private:
  std::vector<NumberRef> entries_;
};

// A set of entries: those that took part in something.
class UsedNumbers {
 public:
  // Cheap when the entry is there already: called for every number that a pipeline walk reads.
  void mark(const NumberRef& entry) {
    if (!slots_.empty() && slots_[slot_of(entry.get())] == entry) return;
    insert(entry);
  }
  void add(const UsedNumbers& others);
  bool empty() const { return count_ == 0; }
  // By owner, then in the order of its file.
  std::vector<NumberRef> entries() const;

 private:
  // Where the entry is, or would be: open addressing, at most half full.
  std::size_t slot_of(const LedgerEntry* entry) const {
    constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15;
    std::size_t slot = (reinterpret_cast<std::uintptr_t>(entry) >> 4) * kSpread >> shift_;
    while (slots_[slot] != nullptr && slots_[slot].get() != entry) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }
  void insert(const NumberRef& entry);
  void grow();

  std::vector<NumberRef> slots_;  // a power of two of them
  std::uint32_t shift_ = 64;
  std::size_t count_ = 0;
};

// What is recorded on this thread; null: nothing. Sourced<T> looks at it whenever it is read.
inline constinit thread_local UsedNumbers* recording = nullptr;

// While it lives, numbers that this thread reads are marked in `into`, and nowhere else.
class UseRecorder {
 public:
  explicit UseRecorder(UsedNumbers& into) : before_(recording) { recording = &into; }
  ~UseRecorder() { recording = before_; }
  UseRecorder(const UseRecorder&) = delete;
  UseRecorder& operator=(const UseRecorder&) = delete;

 private:
  UsedNumbers* before_;
};

// The numbers that `ask` reads.
template <class Ask>
UsedNumbers numbers_behind(const Ask& ask) {
  UsedNumbers used;
  const UseRecorder recorder(used);
  ask();
  return used;
}

}  // namespace boardless::targets
