// Resource variables: VAR_HANDLE names one, READ_VARIABLE and ASSIGN_VARIABLE copy its value out
// and in. A handle is known when the model is prepared, and nothing at run time.
#include <array>
#include <string>

#include "kernels/abi.h"
#include "workloads/operators/copying.h"
#include "workloads/operators/families.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/scheduler.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

std::string text(const flatbuffers::String* stored) {
  return stored == nullptr ? "" : stored->str();
}

constexpr OptionsCodec kVarHandleOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::VarHandleOptions>(stored, "VarHandleOptions");
      return VarHandleAttributes{text(options.container()), text(options.shared_name())};
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<VarHandleAttributes>(op);
          return WrittenOptions{tflite::BuiltinOptions::VarHandleOptions,
                                tflite::CreateVarHandleOptionsDirect(builder, a.container.c_str(),
                                                                     a.shared_name.c_str())
                                    .Union()};
        },
    .version = first_version};

constexpr OptionsCodec kReadOptions{
    read_nothing, write_empty_table<tflite::ReadVariableOptions, tflite::CreateReadVariableOptions>,
    first_version};
constexpr OptionsCodec kAssignOptions{
    read_nothing,
    write_empty_table<tflite::AssignVariableOptions, tflite::CreateAssignVariableOptions>,
    first_version};

PreparedOperator prepare_read(const OperatorView& view) {
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.output().bytes())};
  return view.finish(params, {view.variable_operand(0, view.output()), view.output_operand()});
}

PreparedOperator prepare_assign(const OperatorView& view) {
  const bl_copy_params params{.bytes = static_cast<std::int32_t>(view.input(1).bytes())};
  return view.finish(params, {view.tensor_operand(1), view.variable_operand(0, view.input(1))});
}

template <class... E>
constexpr std::array<Kernel, sizeof...(E)> reading() {
  return {Kernel{KernelName("copy", {"b8"}), DataType::kResource, E::kType, answer_copy}...};
}
template <class... E>
constexpr std::array<Kernel, sizeof...(E)> assigning() {
  return {byte_kernel<E>("copy", answer_copy)...};
}
constexpr auto kRead = reading<Int8, UInt8, Int16, Int32, UInt32, Int64, UInt64, Float32, Bool>();
constexpr auto kAssign =
    assigning<Int8, UInt8, Int16, Int32, UInt32, Int64, UInt64, Float32, Bool>();

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kVarHandle,
     .signature = Signature{.min_inputs = 0, .max_inputs = 0},
     .options = &kVarHandleOptions,
     .layer_class = LayerClass::kView,
     .schedule = [](Scheduler&, int) {}},
    {.kind = OpKind::kReadVariable,
     .signature = Signature{},
     .options = &kReadOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_read,
     .kernels = kRead,
     .note = "reading what nothing has assigned is refused; there it is 0"},
    {.kind = OpKind::kAssignVariable,
     .signature = Signature{.min_inputs = 2, .max_inputs = 2, .max_outputs = 0, .min_outputs = 0},
     .options = &kAssignOptions,
     .data_input = 1,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_assign,
     .kernels = kAssign},
};

}  // namespace

std::span<const OperatorRecord> variable_operators() { return kRecords; }

}  // namespace boardless::workloads
