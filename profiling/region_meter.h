// Notes when regions of a run are passed.
//
// A function's passage ends where it returns to, with the stack pointer that it was entered with;
// an exception handler's as the exception is left. Calls of a function within itself belong to the
// first.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profiling/call_registers.h"
#include "profiling/region.h"

namespace boardless::profiling {

class RegionMeter {
 public:
  enum class Stream : std::uint8_t { kSerial, kSemihosting };

  RegionMeter(std::vector<Region> regions, const CallRegisters& registers);

  // Where a block of code must begin for its arrival to be seen.
  std::vector<std::uint32_t> addresses() const;
  bool is_edge(std::uint32_t address) const;
  // Whether an arrival anywhere may end a pass, or begin a handler.
  bool watches_all() const { return open_calls_ != 0 || (!begun_.empty() && !begun_.back()); }

  // The block at `address` is about to execute.
  void arrive(std::uint32_t address, Cycles now);
  void enter_exception() { begun_.push_back(false); }
  void leave_exception(Cycles now);
  void print(Stream stream, char c, Cycles now);

  std::vector<RegionTimes> times() const;

 private:
  struct Pass {
    Cycles since = 0;
    OpenCall call;                  // of a function
    std::size_t handler_depth = 0;  // of a handler; 0: it is none
  };
  struct Watched {
    Region region;
    std::optional<Pass> pass = {};
    std::uint64_t passes = 0;
    Cycles total = 0, least = 0, most = 0;
    std::vector<Cycles> kept = {};
  };

  bool is_call(const Watched& watched) const {
    return !watched.region.to && watched.pass && watched.pass->handler_depth == 0;
  }
  bool ends_at(const Watched& watched, std::uint32_t address) const;
  void begin(Watched& watched, Cycles now, bool is_handler);
  void finish(Watched& watched, Cycles now);
  void drop(Watched& watched);
  RegionTimes times_of(const Watched& watched) const;

  std::vector<Watched> watched_;
  CallRegisters registers_;
  std::size_t open_calls_ = 0;
  std::vector<bool> begun_;  // of each exception in progress, whether its handler runs yet
  std::array<std::string, 2> printed_;  // by stream, the last bytes
  std::size_t longest_text_ = 0;
};

}  // namespace boardless::profiling
