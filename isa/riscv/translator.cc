// Blocks: decoding until the flow may change, and an end that falls through.
#include "isa/riscv/translator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::isa::riscv {
namespace {

// Longer straight-line code is cut, so that interrupts are noticed.
constexpr std::size_t kMostInstructions = 64;

const Op* fall_through(State& s, const Op* op) {
  s.pc = op->pc;
  return nullptr;
}

Op make_op(Op::Handler run, std::uint32_t pc) {
  Op op;
  op.run = run;
  op.pc = pc;
  return op;
}

}  // namespace

Translator::Block Translator::translate(const State& state, std::span<const std::uint8_t> bytes) {
  Block block;
  decoder_.restart();
  std::size_t offset = 0;
  bool ends = false;
  while (!ends && block.instructions.size() < kMostInstructions) {
    const auto address = state.pc + static_cast<std::uint32_t>(offset);
    const bool is_cut = std::ranges::find(beginnings_, address) != beginnings_.end();
    if (is_cut && !block.instructions.empty()) break;
    const std::optional<Decoded> decoded = decoder_.next(address, bytes.subspan(offset));
    if (!decoded) break;
    const Builder build = decoded->opcode->build.riscv;
    if (build == nullptr) {
      throw NotModelled(fmt::format("instruction at 0x{:08x} ({}): no semantics for {}", address,
                                    decoder_.text(address, bytes.subspan(offset)),
                                    decoded->opcode->name));
    }
    build(*decoded, make_op(nullptr, address), block.ops);
    offset += decoded->facts.size;
    ends = decoded->facts.ends_block();
    block.instructions.push_back(decoded->facts);
  }
  const auto end = state.pc + static_cast<std::uint32_t>(offset);
  block.ops.push_back(make_op(block.instructions.empty() ? raise_illegal : fall_through, end));
  return block;
}

}  // namespace boardless::isa::riscv
