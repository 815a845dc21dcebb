// Does every kernel read and write nothing but its operands and its scratch? What lies beside a
// tensor belongs to another one, or to nobody.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "kernels/memory_map.h"
#include "prediction/model_layout.h"
#include "prediction/predict.h"
#include "sim/kernel_machine.h"
#include "tests/parameter_name.h"
#include "tests/prediction/kernel_images.h"
#include "tests/prediction/random_operator.h"
#include "tests/prediction/real_models.h"
#include "workloads/graph/element_type.h"
#include "workloads/operators/operator_record.h"

namespace boardless::prediction {
namespace {

using workloads::Operand;

struct Range {
  std::uint32_t begin = 0, end = 0;
};

// Hears of reads, and keeps the first that is in none of the ranges.
struct ReadGuard {
  void on_block(const isa::CodeBlock&) {}
  void on_read(std::uint32_t address, std::uint32_t size) {
    if (address < kernels::kConstantsBase) return;  // the kernel's own table, off a word's boundary
    const bool inside = std::ranges::any_of(allowed, [&](const Range& range) {
      return address >= range.begin && address + size <= range.end;
    });
    if (!inside && bad_read == 0) bad_read = address;
  }
  void on_write(std::uint32_t, std::uint32_t) {}
  void on_operands(isa::OperandTimed, std::uint32_t, std::uint32_t) {}
  std::uint64_t now() const { return 0; }
  std::vector<Range> allowed;
  std::uint32_t bad_read = 0;
};

class GuardedRun {
 public:
  GuardedRun(const Workload& workload, const KernelLibrary& library)
      : workload_(workload),
        choices_(
            choose_kernels(workload.graph, workload.prepared, *library.image, library.preference)),
        layout_(workload.graph, workload.prepared),
        machine_(*library.variant, *library.image, layout_.constants_bytes()),
        calls_(layout_.load(machine_, choices_)) {
    // What nobody wrote must not matter, and what nobody may write must stay.
    std::ranges::fill(machine_.arena().bytes(), std::uint8_t{0x5a});
    const workloads::Inputs& inputs = workload.inputs_of(0);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto address = layout_.tensor_address(workload.graph.inputs[i]);
      std::ranges::copy(inputs[i], machine_.arena().at(address, inputs[i].size()).begin());
    }
    layout_.load_state(machine_);
    machine_.attach(guard_, {kernels::kConstantsBase, kernels::kStackBase, 0, 0});
  }

  // Runs one operator; says what it did that it must not, or nothing.
  std::string run(std::size_t index) {
    const workloads::PreparedOperator& op = workload_.prepared.operators[index];
    guard_ = {};
    std::vector<Range> writable;
    for (const Operand& operand : op.operands) {
      if (!is_writable(operand)) continue;
      const std::uint32_t begin = layout_.writable_address(operand);
      guard_.allowed.push_back(
          {begin, begin + static_cast<std::uint32_t>(layout_.writable_bytes(operand))});
    }
    for (const Operand& written : written_operands(workload_.graph, op)) {
      const std::uint32_t begin = layout_.writable_address(written);
      writable.push_back(
          {begin, begin + static_cast<std::uint32_t>(layout_.writable_bytes(written))});
    }
    const int block = layout_.arena().block_of_scratch[index];
    if (block >= 0) {
      const auto at = static_cast<std::size_t>(block);
      const auto begin =
          kernels::kArenaBase + static_cast<std::uint32_t>(layout_.arena().plan.offsets[at]);
      writable.push_back(
          {begin, begin + static_cast<std::uint32_t>(layout_.arena().requests[at].bytes)});
      guard_.allowed.push_back(writable.back());
    }
    allow_constants(op, calls_[index]);

    const auto bytes = machine_.arena().bytes();
    const std::vector<std::uint8_t> before(bytes.begin(), bytes.end());
    machine_.call(calls_[index]);
    if (guard_.bad_read != 0) return fmt::format("reads 0x{:08x}", guard_.bad_read);
    for (std::size_t i = 0; i < before.size(); ++i) {
      const auto address = kernels::kArenaBase + static_cast<std::uint32_t>(i);
      const bool may_write = std::ranges::any_of(writable, [&](const Range& range) {
        return address >= range.begin && address < range.end;
      });
      if (!may_write && bytes[i] != before[i]) return fmt::format("writes 0x{:08x}", address);
    }
    const auto is_expected = [&](const Operand& written) {
      // Of variables the evaluation tells nothing.
      if (written.kind == Operand::Kind::kVariable) return true;
      const auto tensor = static_cast<std::size_t>(written.index);
      const auto found =
          machine_.arena().at(layout_.writable_address(written), layout_.writable_bytes(written));
      const auto& expected = workload_.expected.tensors[tensor];
      const workloads::Tolerance& tolerance = workloads::find_kernel(op.kernel)->tolerance;
      return workloads::same_elements(workload_.graph.tensors[tensor].type, found, expected) ||
             (!tolerance.is_exact() &&
              workloads::ulp_distance(found, expected, tolerance.unit) <= tolerance.bound(op));
    };
    const bool all_expected =
        std::ranges::all_of(written_operands(workload_.graph, op), is_expected);
    return all_expected ? "" : "depends on what lay in the arena";
  }

 private:
  bool is_writable(const Operand& operand) const {
    if (operand.kind == Operand::Kind::kVariable) return true;
    return operand.kind == Operand::Kind::kTensor &&
           !workload_.graph.tensors[static_cast<std::size_t>(operand.index)].is_constant();
  }

  // Reads an operand list out of the machine: addresses of constants are known to the layout only.
  void allow_constants(const workloads::PreparedOperator& op, const sim::KernelCall& call) {
    guard_.allowed.push_back(
        {call.params, call.params + static_cast<std::uint32_t>(op.params.size())});
    const auto list_bytes = static_cast<std::uint32_t>(op.operands.size() * sizeof(std::uint32_t));
    guard_.allowed.push_back({call.operands, call.operands + list_bytes});
    for (std::size_t i = 0; i < op.operands.size(); ++i) {
      std::size_t size = 0;
      const auto index = static_cast<std::size_t>(op.operands[i].index);
      if (op.operands[i].kind == Operand::Kind::kConstant) {
        size = workload_.prepared.constants[index].size();
      } else if (op.operands[i].kind == Operand::Kind::kTensor) {
        size = workload_.graph.tensors[index].data.size();
      }
      if (size == 0) continue;
      const auto bytes =
          machine_.constants().at(call.operands + static_cast<std::uint32_t>(4 * i), 4);
      std::uint32_t address = 0;
      std::memcpy(&address, bytes.data(), 4);
      guard_.allowed.push_back({address, address + static_cast<std::uint32_t>(size)});
    }
  }

  const Workload& workload_;
  std::vector<KernelChoice> choices_;
  ModelLayout layout_;
  sim::KernelMachine machine_;
  std::vector<sim::KernelCall> calls_;
  ReadGuard guard_;
};

class KernelsKeepToTheirOperands : public testing::TestWithParam<RandomKind> {};

TEST_P(KernelsKeepToTheirOperands, OnRandomOperators) {
  constexpr int kOperators = drawn(40);
  // Seeds of their own: other shapes than those whose answers are compared.
  const RandomModel model = random_model(GetParam(), 100'000, kOperators);
  const Workload workload = make_workload(model.graph, "", model.inputs, model.invocations);
  for (const KernelLibrary& library : all_libraries()) {
    GuardedRun run(workload, library);
    for (std::size_t i = 0; i < model.texts.size(); ++i) {
      EXPECT_EQ(run.run(i), "") << library.name() << ": " << model.texts[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Operators, KernelsKeepToTheirOperands,
                         testing::ValuesIn(random_kinds().begin(), random_kinds().end()),
                         [](const auto& tested) { return parameter_name(tested.param.name()); });

}  // namespace
}  // namespace boardless::prediction
