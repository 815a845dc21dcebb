// Readers and writers of options tables that several operators share.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

namespace boardless::workloads {

template <class Table>
const Table& required(const tflite::Operator& stored, std::string_view name) {
  const Table* table = stored.builtin_options_as<Table>();
  if (table == nullptr) throw InputError(fmt::format("has no {}", name));
  return *table;
}

template <class Table>
Attributes read_activation_table(const tflite::Operator& stored) {
  const Table* table = stored.builtin_options_as<Table>();
  return ArithmeticAttributes{
      table == nullptr ? Activation::kNone : read_activation(table->fused_activation_function())};
}

template <class Table, MakesTable<Table, std::int8_t>* create>
WrittenOptions write_activation_table(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                                      const Operator& op) {
  const Activation activation = attributes_of<ArithmeticAttributes>(op).activation;
  return {kTypeOf<Table>, create(builder, stored(activation)).Union()};
}

}  // namespace boardless::workloads
