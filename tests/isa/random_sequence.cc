// Choosing instructions by trial: random encodings that decode, filtered by what can be judged.
#include "tests/isa/random_sequence.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "isa/opcode.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;
using Kind = MachineOperand::Kind;

constexpr RegisterMask kSp = register_bit(13);

bool is_core(const Decoded& d, std::size_t index, std::int64_t reg) {
  return index < d.operands.size() && d.operands[index].kind == Kind::kCore &&
         d.operands[index].value == reg;
}

std::int64_t last_immediate(const Decoded& d) {
  for (std::size_t i = d.operands.size(); i-- > 0;) {
    if (!d.operands[i].is_register()) return d.operands[i].value;
  }
  return 0;
}

bool is_multiple(InstructionClass c) {
  return c == kLoadMultiple || c == kStoreMultiple || c == kFpLoadMultiple || c == kFpStoreMultiple;
}

bool updates_base(const Instruction& i) {
  return i.form == AddressForm::kPreIndexed || i.form == AddressForm::kPostIndexed;
}

// Accesses that fault when they are not aligned, on every core.
bool must_be_aligned(const Instruction& i) {
  switch (i.instruction_class) {
    case kLoad:
    case kStore:
      return false;
    default:
      return i.access_bytes > 1;
  }
}

// Bits that should be zero and that LLVM lets pass; Unicorn refuses what has them set. The first
// halfword is in the upper half here.
struct ShouldBeZero {
  std::uint32_t mask, value, zero;
};
constexpr std::array kShouldBeZero = std::to_array<ShouldBeZero>({
    {0xfe000000, 0xea000000, 0x00008000},  // data processing with a shifted register
    {0xfb108000, 0xf3000000, 0x04000020},  // saturation and bit fields
    {0xff80f080, 0xfa00f080, 0x00000040},  // extensions
});

bool breaks_should_be_zero(std::uint32_t encoding) {
  const std::uint32_t halves = encoding << 16 | encoding >> 16;
  return std::any_of(kShouldBeZero.begin(), kShouldBeZero.end(), [&](const ShouldBeZero& row) {
    return (halves & row.mask) == row.value && (halves & row.zero) != 0;
  });
}

}  // namespace

std::vector<std::uint8_t> bytes_of(std::uint32_t encoding, std::size_t size) {
  std::vector<std::uint8_t> bytes{
      static_cast<std::uint8_t>(encoding), static_cast<std::uint8_t>(encoding >> 8),
      static_cast<std::uint8_t>(encoding >> 16), static_cast<std::uint8_t>(encoding >> 24)};
  bytes.resize(size);
  return bytes;
}

bool spoils_q(std::string_view name) { return name == "t2SMLAD" || name == "t2SMLADX"; }

std::uint32_t edge_value(Random& random) {
  constexpr std::array<std::uint32_t, 16> kEdges{0,          1,          2,          0xffffffff,
                                                 0x80000000, 0x7fffffff, 0x7fff8000, 0x80007fff,
                                                 0x80008000, 0x7fff7fff, 0x00ff00ff, 0x80808080,
                                                 0x7f7f7f7f, 0x0000ffff, 0xffff0000, 32};
  switch (random() % 4) {
    case 0:
      return random();
    case 1:
      return kEdges[random() % kEdges.size()] + random() % 5 - 2;
    case 2:
      return random() >> random() % 32;  // a small number
    default:
      return kEdges[random() % kEdges.size()];
  }
}

SequenceGenerator::SequenceGenerator(const Variant& variant, const FuzzOptions& options)
    : variant_(variant), options_(options), decoder_(variant), random_(options.seed) {
  // The choice of pointers for learn(): every register may be one.
  learn(options_.samples);
  check(!pool_.empty(), "some instruction is allowed");
}

// Fills the pool: 16-bit encodings, and 32-bit ones, whose first halfword starts 11101, 11110 or
// 11111; the coprocessors' part of those, which is where vectors are, starts 111x11.
void SequenceGenerator::learn(int samples) {
  start();
  for (int i = 0; i < samples; ++i) {
    if (i % 1000 == 0) start();
    std::uint32_t encoding = random_();
    if (options_.with_vectors && i % 8 < 3) {  // accesses, which few random encodings are
      encoding = (encoding & 0xfffffdff) | 0x0e00ec00;
    } else if (options_.with_vectors && i % 8 != 7) {
      encoding |= 0xec00;
    } else if (i % 4 != 0) {
      encoding = (encoding & 0xffff07ff) | (29 + random_() % 3) << 11;
    }
    learn_from(encoding);
  }
  // Rare ones depend on the choice of pointers as well.
  constexpr int kTimes = 2000;
  for (int i = 0; i < kTimes && !options_.examples.empty(); ++i) {
    if (i % 4 == 0) start();
    for (const std::uint32_t encoding : options_.examples) {
      learn_from(i == 0 ? encoding : encoding ^ (random_() & random_() & random_()));
    }
  }
}

void SequenceGenerator::learn_from(std::uint32_t encoding) {
  constexpr std::size_t kMostExamples = 64;
  if (options_.with_vectors && opens_vpt_block(encoding)) {
    if (vpt_pool_.size() < kMostExamples * kMostExamples) vpt_pool_.push_back(encoding);
    return;
  }
  Choice choice;
  if (!try_encoding(encoding, choice)) {
    const std::uint32_t other = with_safe_registers(encoding, choice.name);
    if (other == encoding || !try_encoding(other, choice)) return;
    encoding = other;
  }
  const auto [found, is_new] = pool_index_.emplace(choice.name, pool_.size());
  if (is_new) {
    pool_.emplace_back();
    pool_names_.push_back(choice.name);
  }
  if (pool_[found->second].size() < kMostExamples) pool_[found->second].push_back(encoding);
}

std::optional<Decoded> SequenceGenerator::try_encoding(std::uint32_t encoding, Choice& choice) {
  choice.bytes = bytes_of(encoding, 4);
  std::optional<Decoded> decoded;
  try {
    decoded = decoder_.next(0, choice.bytes);
  } catch (const NotModelled&) {
    return std::nullopt;
  }
  if (!decoded) return std::nullopt;
  choice.name = decoded->opcode->name;
  if (decoded->facts.instruction_class == kIfThen || choice.name.starts_with("MVE_VPST") ||
      choice.name.starts_with("MVE_VPT")) {
    decoder_.restart();
    return std::nullopt;
  }
  choice.bytes.resize(decoded->facts.size);
  if (!can_judge(*decoded, choice.name, encoding) || !options_.allowed(*decoded, choice.name)) {
    return std::nullopt;
  }
  return decoded;
}

bool SequenceGenerator::can_judge(const Decoded& d, std::string_view name,
                                  std::uint32_t encoding) const {
  const Instruction& i = d.facts;
  if (d.unpredictable || i.is_branch()) return false;
  switch (i.instruction_class) {
    case kCoprocessor:
    case kWait:
    case kNop:
    case kException:
      return false;
    case kLoadExclusive:  // but load-acquire and store-release
      if (name.starts_with("t2LDREX") || name.starts_with("t2LDAEX")) return false;
      break;
    case kStoreExclusive:
      if (name.starts_with("t2STREX") || name.starts_with("t2STLEX")) return false;
      break;
    case kSystemRegister: {  // the flags only
      const auto value = static_cast<std::uint32_t>(last_immediate(d));
      if (name == "t2MRS_M" && value <= 3) break;
      const std::uint32_t mask = value >> 10;
      if (name != "t2MSR_M" || (value & 0x3fc) != 0 || (value & 0xff) > 3) return false;
      if (mask != 2 && (mask == 0 || !variant_.has(Feature::kDsp))) return false;
      break;
    }
    default:
      break;
  }
  if ((i.reads & kPcBit).any() && name != "tMOVr" && name != "tADDhirr") return false;
  if (!stack_pointer_is_safe(d, name)) return false;
  if (name.starts_with("MVE_")) return can_judge_vector(d, name, encoding);
  if (options_.with_vectors && writes_vectors_kept(d)) return false;
  if (options_.with_vectors && name == "VMSR") return false;  // any LTPSIZE would be in force
  const auto field = [&](int low, int bits) { return encoding >> low & ((1U << bits) - 1); };
  if (i.size == 4 && breaks_should_be_zero(encoding)) return false;
  if (name == "t2BFI" || name == "t2BFC") {
    if (field(16, 5) < (field(28, 3) << 2 | field(22, 2))) return false;
  } else if (name == "t2SBFX" || name == "t2UBFX") {
    if (d.operands[2].value + d.operands[3].value > 31) return false;
  } else if (name == "t2CLZ" || name == "t2RBIT" || name.starts_with("t2REV")) {
    if (field(0, 4) != field(16, 4)) return false;  // both name the source
  } else if (i.instruction_class == kMultiplyLong ||
             i.instruction_class == kMultiplyAccumulateLong ||
             i.instruction_class == kDspMultiplyAccumulateLong) {
    if (d.operands[0].value == d.operands[1].value) return false;
  } else if (i.instruction_class == kFpCoreTransferPair && name.starts_with("VMOVRR")) {
    if (d.operands[0].value == d.operands[1].value) return false;
  }
  if (i.access_bytes != 0) return access_is_safe(d);
  return (i.writes & kept()).none() || i.writes == kSp;
}

// SP as the manual allows it, and never far from where it was.
bool SequenceGenerator::stack_pointer_is_safe(const Decoded& d, std::string_view name) const {
  const Instruction& i = d.facts;
  if (((i.reads | i.writes) & kSp).none()) return true;
  if (i.access_bytes != 0) {
    if (is_multiple(i.instruction_class)) {
      return (i.reads & i.address_reads & kSp).any() &&
             (i.is_load() || std::count_if(d.operands.begin(), d.operands.end(), [](const auto& o) {
                               return o.kind == Kind::kCore && o.value == 13;
                             }) <= 2);
    }
    const bool as_data = is_core(d, 0, 13) && !(i.is_store() && updates_base(i));
    return !as_data && (i.address_reads & kSp).any() && (i.reads & ~i.address_reads & kSp).none();
  }
  const bool moves = name == "tADDspi" || name == "tSUBspi" ||
                     (name.ends_with("spImm") && !d.sets_flags) || name.ends_with("spImm12");
  if ((i.writes & kSp).any()) {
    // Unicorn lets ADDW leave bits 1:0 of SP set, which are always zero.
    return moves && last_immediate(d) < 1024 && (i.size == 2 || last_immediate(d) % 4 == 0);
  }
  if (name == "tADDrSPi" || name == "tADDrSP" || name == "tMOVr") return true;
  if (name == "tADDhirr") return !is_core(d, 0, 13);
  const bool add_or_compare = name.starts_with("t2ADD") || name.starts_with("t2SUB") ||
                              name.starts_with("t2CMP") || name.starts_with("t2CMN");
  if (!add_or_compare) return false;
  const std::size_t first = name.starts_with("t2CM") ? 0 : 1;
  return is_core(d, first, 13) && !is_core(d, first + 1, 13);
}

bool SequenceGenerator::access_is_safe(const Decoded& d) const {
  const Instruction& i = d.facts;
  const RegisterMask kept = this->kept() | kSp;
  if (must_be_aligned(i) && !aligned_) return false;
  if (i.form == AddressForm::kLiteral) return (i.writes & kept).none();
  if (i.form == AddressForm::kRegister) {
    if (d.operands.size() < 3 || !is_core(d, 2, index_)) return false;
    const auto base = static_cast<int>(d.operands[1].value);
    return (pointers_ | kSp).has(base) && (i.writes & kept).none();
  }
  if ((i.address_reads & ~(pointers_ | kSp)).any() || i.address_reads.none()) return false;
  const bool updates = updates_base(i);
  if ((i.writes & kept & ~(updates ? i.address_reads : RegisterMask{})).any()) return false;
  if (updates && !d.operands.empty()) {
    // The base may not be data as well: it appears once as a result and once as an input.
    const int base = *i.address_reads.begin();
    std::ptrdiff_t times = 0;
    for (const MachineOperand& o : d.operands) times += o.kind == Kind::kCore && o.value == base;
    const bool implicit = is_multiple(i.instruction_class) && times == 0;  // PUSH, POP
    if (!implicit && times != 2) return false;
    if (!is_multiple(i.instruction_class) && (aligned_ || base == 13) &&
        last_immediate(d) % 4 != 0) {
      return false;
    }
  }
  if (is_multiple(i.instruction_class) && i.size == 4 && i.registers < 2 &&
      (i.instruction_class == kLoadMultiple || i.instruction_class == kStoreMultiple)) {
    return false;
  }
  if (i.instruction_class == kLoadDual && d.operands[0].value == d.operands[1].value) return false;
  // An offset may undo the alignment that Armv6-M wants: its encodings only have multiples.
  return true;
}

CoreImage SequenceGenerator::start() {
  CoreImage image;
  const auto low = static_cast<int>(random_() % 8);
  const int second = (low + 1 + static_cast<int>(random_() % 7)) % 8;
  do {
    index_ = static_cast<int>(random_() % 8);
  } while (index_ == low || index_ == second);
  const int high = 8 + static_cast<int>(random_() % 5);
  pointers_ = register_bit(low) | register_bit(second) | register_bit(high);
  aligned_ = !variant_.has(Feature::kMainline) || random_() % 4 != 0;
  for (std::uint32_t& r : image.r) r = edge_value(random_);
  const auto pointer = [&] {
    return options_.data_base + options_.data_bytes / 4 +
           static_cast<std::uint32_t>(random_() % (options_.data_bytes / 2)) / 4 * 4;
  };
  for (std::size_t i = 0; i < 13; ++i) {
    if (!pointers_.has(static_cast<int>(i))) continue;
    image.r[i] = pointer() + (aligned_ ? 0 : static_cast<std::uint32_t>(random_() % 4));
  }
  image.r[13] = pointer();
  image.r[static_cast<std::size_t>(index_)] =
      static_cast<std::uint32_t>(random_() % 256) & (aligned_ ? ~3U : ~0U);
  image.flags = random_() & (variant_.has(Feature::kDsp)        ? 0xf80f0000U
                             : variant_.has(Feature::kMainline) ? 0xf8000000U
                                                                : 0xf0000000U);
  if (options_.seed_floating_point) options_.seed_floating_point(random_, image);
  if (options_.with_loops) keep_loop_count(image);
  if (options_.with_vectors) keep_vectors(image);
  return image;
}

// Each opcode is as likely as any other; the fields of its encoding are random.
SequenceGenerator::Choice SequenceGenerator::choose() {
  for (;;) {
    const std::size_t opcode = random_() % pool_.size();
    const auto& examples = pool_[opcode];
    constexpr int kTries = 30;
    for (int i = 0; i < kTries; ++i) {
      std::uint32_t encoding = examples[random_() % examples.size()];
      encoding ^= random_() & random_() & (i % 2 == 0 ? random_() : ~0U);
      if (options_.with_vectors) encoding = with_safe_registers(encoding, pool_names_[opcode]);
      Choice choice;
      if (!try_encoding(encoding, choice)) continue;
      if (choice.name == "t2MRS_M" && q_spoilt_) continue;
      q_spoilt_ = q_spoilt_ || spoils_q(choice.name);
      return choice;
    }
  }
}

Sequence SequenceGenerator::sequence(int pieces) {
  Sequence result;
  q_spoilt_ = false;
  for (int i = 0; i < pieces; ++i) {
    const auto kind = random_() % 20;
    if (kind == 0 && options_.with_it_blocks && variant_.has(Feature::kMainline)) {
      result.push_back(it_block());
    } else if (kind == 1 && options_.with_branches) {
      result.push_back(branch());
    } else if ((kind == 2 || kind == 3) && options_.with_loops) {
      result.push_back(loop());
    } else if (kind >= 4 && kind <= 7 && options_.with_vectors) {
      result.push_back(vpt_block());
    } else if (kind == 8 && options_.with_vectors && random_() % 4 == 0) {
      result.push_back(write_of_vpr());
    } else if (kind == 9 && options_.with_vectors && random_() % 4 == 0) {
      result.push_back(shift_to_48_bits());
    } else {
      Choice choice = choose();
      ++covered_[choice.name];
      result.push_back({std::move(choice.bytes), 0, spoils_q(choice.name)});
    }
  }
  return result;
}

}  // namespace boardless::isa
