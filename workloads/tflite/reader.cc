// Reads a TFLite file: verifies the FlatBuffer, copies subgraph 0 into a Graph and has it checked.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "base/data_files.h"
#include "base/error.h"
#include "base/visible_text.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/tflite/options.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {
namespace {

static_assert(std::endian::native == std::endian::little,
              "constants are kept as the file has them");

constexpr std::uint32_t kSchemaVersion = 3;
constexpr std::size_t kAlignment = 16;  // the widest the format asks for

// Tensors may share a buffer and each gets its copy: a small file must not be able to ask for
// unbounded memory.
constexpr std::uint64_t kMaxConstantBytes = std::uint64_t{1} << 30U;

template <class T>
std::size_t length(const flatbuffers::Vector<T>* vector) {
  return vector == nullptr ? 0 : vector->size();
}

// Byte by byte, because the verifier lets 8-byte elements lie on 4-byte boundaries.
template <class T>
std::vector<T> copied(const flatbuffers::Vector<T>* vector) {
  std::vector<T> result(length(vector));
  if (!result.empty()) std::memcpy(result.data(), vector->Data(), result.size() * sizeof(T));
  return result;
}

std::string copied(const flatbuffers::String* text) {
  return text == nullptr ? "" : visible(text->string_view());
}

class Reader {
 public:
  Reader(std::span<const std::uint8_t> bytes, const std::string& name)
      : bytes_(bytes), name_(name), model_(verified_model()) {}

  Graph read() {
    if (model_.version() != kSchemaVersion) {
      fail("schema version {}, version {} is accepted", model_.version(), kSchemaVersion);
    }
    if (length(model_.subgraphs()) == 0) fail("has no subgraph");
    graph_.name = visible(name_);
    graph_.file_bytes = static_cast<std::int64_t>(bytes_.size());
    const auto count = static_cast<flatbuffers::uoffset_t>(length(model_.subgraphs()));
    for (flatbuffers::uoffset_t i = 0; i < count; ++i) {
      read_subgraph(*model_.subgraphs()->Get(i), i == 0);
    }
    check_graph(graph_, name_);
    return std::move(graph_);
  }

 private:
  template <class... Args>
  [[noreturn]] void fail(fmt::format_string<Args...> message, Args&&... args) const {
    throw InputError(
        fmt::format("{}: {}", name_, fmt::format(message, std::forward<Args>(args)...)));
  }

  // For a sound file that asks for what nothing here can do.
  template <class... Args>
  [[noreturn]] void not_modelled(fmt::format_string<Args...> message, Args&&... args) const {
    throw NotModelled(
        fmt::format("{}: {}", name_, fmt::format(message, std::forward<Args>(args)...)));
  }

  const tflite::Model& verified_model() const {
    constexpr std::size_t kHeader = 2 * sizeof(flatbuffers::uoffset_t);
    if (bytes_.size() < kHeader || !tflite::ModelBufferHasIdentifier(bytes_.data())) {
      fail("not a TFLite file (no \"TFL3\" identifier at byte 4)");
    }
    if (bytes_.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
      not_modelled("{} bytes; files below 2 GiB are accepted", bytes_.size());
    }
    flatbuffers::Verifier verifier(bytes_.data(), bytes_.size());
    if (!tflite::VerifyModelBuffer(verifier)) {
      fail("truncated or corrupted FlatBuffer (verification failed)");
    }
    return *tflite::GetModel(bytes_.data());
  }

  // The label of the tensor read last.
  std::string tensor() const {
    return tensor_label(graph_, static_cast<int>(graph_.tensors.size()) - 1);
  }
  std::string operation() const {
    return operator_label(graph_, static_cast<int>(graph_.operators.size()) - 1);
  }

  void read_subgraph(const tflite::SubGraph& stored, bool is_main) {
    first_tensor_ = static_cast<int>(graph_.tensors.size());
    const auto tensor_count = static_cast<flatbuffers::uoffset_t>(length(stored.tensors()));
    const auto operator_count = static_cast<flatbuffers::uoffset_t>(length(stored.operators()));
    if (is_main) {
      graph_.inputs = tensors(stored.inputs());
      graph_.outputs = tensors(stored.outputs());
    } else {
      graph_.subgraphs.push_back({.name = copied(stored.name()),
                                  .first_tensor = first_tensor_,
                                  .tensors = static_cast<int>(tensor_count),
                                  .first_operator = static_cast<int>(graph_.operators.size()),
                                  .operators = static_cast<int>(operator_count),
                                  .inputs = tensors(stored.inputs()),
                                  .outputs = tensors(stored.outputs())});
    }
    for (flatbuffers::uoffset_t i = 0; i < tensor_count; ++i) {
      read_tensor(*stored.tensors()->Get(i));
    }
    for (flatbuffers::uoffset_t i = 0; i < operator_count; ++i) {
      read_operator(*stored.operators()->Get(i));
    }
  }

  // Indices of the subgraph's tensors as the graph's. check_graph() refuses what is none.
  std::vector<int> tensors(const flatbuffers::Vector<std::int32_t>* stored) const {
    std::vector<int> indices = copied(stored);
    for (int& index : indices) {
      if (index < 0) continue;
      index = static_cast<int>(std::min<std::int64_t>(std::int64_t{index} + first_tensor_,
                                                      std::numeric_limits<int>::max()));
    }
    return indices;
  }

  void read_tensor(const tflite::Tensor& stored) {
    Tensor& read = graph_.tensors.emplace_back();
    read.name = copied(stored.name());
    constexpr auto kLastType = static_cast<int>(DataType::kInt4);
    if (stored.type() < 0) fail("{} has type {}", tensor(), stored.type());
    if (stored.type() > kLastType) {  // of a later version of the format
      not_modelled("{} has type {}, types 0 to {} are known", tensor(), stored.type(), kLastType);
    }
    read.type = static_cast<DataType>(stored.type());
    read.shape = copied(stored.shape());
    if (stored.sparsity() != nullptr) {
      not_modelled("{} is stored sparse; only dense tensors are supported", tensor());
    }
    read.quantization = quantization(stored.quantization(), read.shape.size());
    const auto content = buffer(stored.buffer());
    constant_bytes_ += content.size();
    if (constant_bytes_ > kMaxConstantBytes) {
      not_modelled("constants of more than {} bytes", kMaxConstantBytes);
    }
    read.data.assign(content.begin(), content.end());
    read.is_variable = stored.is_variable() && !read.is_constant();
  }

  Quantization quantization(const tflite::QuantizationParameters* stored, std::size_t rank) const {
    Quantization read;
    if (stored == nullptr || length(stored->scale()) == 0) return read;
    if (stored->details_type() != 0) {
      not_modelled(
          "{} has quantisation details of kind {}; one scale, or one per slice, is accepted",
          tensor(), stored->details_type());
    }
    read.scale = copied(stored->scale());
    read.zero_point = copied(stored->zero_point());
    if (read.zero_point.empty()) read.zero_point.resize(read.scale.size());
    // With a single scale the dimension means nothing and may be anything; a rank 1 tensor has only
    // one, and older converters gave biases that of their filter.
    const auto axis = stored->quantized_dimension();
    const bool exists = axis >= 0 && static_cast<std::size_t>(axis) < rank;
    if (exists || (read.per_channel() && rank != 1)) read.axis = axis;
    return read;
  }

  // Empty for a tensor that is no constant.
  std::span<const std::uint8_t> buffer(std::uint32_t index) const {
    if (index >= length(model_.buffers())) {
      fail("{} has buffer index {}, the model has {} buffers", tensor(), index,
           length(model_.buffers()));
    }
    const tflite::Buffer& stored = *model_.buffers()->Get(index);
    // Offsets 0 and 1 both say "inline": writers mark a place they will fill in with 1.
    if (stored.offset() > 1) {
      if (stored.offset() > bytes_.size() || stored.size() > bytes_.size() - stored.offset()) {
        fail("buffer {} lies at bytes {} + {}, beyond the file's end at {}", index, stored.offset(),
             stored.size(), bytes_.size());
      }
      return bytes_.subspan(stored.offset(), stored.size());
    }
    if (stored.data() == nullptr) return {};
    return {stored.data()->data(), stored.data()->size()};
  }

  void read_operator(const tflite::Operator& stored) {
    Operator& read = graph_.operators.emplace_back();
    const std::size_t codes = length(model_.operator_codes());
    if (stored.opcode_index() >= codes) {
      fail("operator {} has operator code index {}, the model has {} codes",
           graph_.operators.size() - 1, stored.opcode_index(), codes);
    }
    const tflite::OperatorCode& code = *model_.operator_codes()->Get(stored.opcode_index());
    const std::int32_t builtin =
        std::max<std::int32_t>(code.deprecated_builtin_code(), code.builtin_code());
    if (builtin < 0) fail("operator {} has code {}", graph_.operators.size() - 1, builtin);
    read.kind = static_cast<OpKind>(builtin);
    if (read.kind == OpKind::kCustom) read.custom_name = copied(code.custom_code());
    read.inputs = tensors(stored.inputs());
    read.outputs = tensors(stored.outputs());
    try {
      read.attributes = read_options(stored, read);
    } catch (const InputError& error) {
      fail("{} {}", operation(), error.what());
    } catch (const NotModelled& error) {
      not_modelled("{} {}", operation(), error.what());
    }
  }

  std::span<const std::uint8_t> bytes_;
  const std::string& name_;
  const tflite::Model& model_;
  Graph graph_;
  int first_tensor_ = 0;  // of the subgraph that is read
  std::uint64_t constant_bytes_ = 0;
};

}  // namespace

Graph read_tflite(std::span<const std::uint8_t> bytes, const std::string& name) {
  // The verifier aligns to the buffer's start, so that start must be aligned itself.
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % kAlignment == 0) {
    return Reader(bytes, name).read();
  }
  std::vector<std::uint8_t> storage(bytes.size() + kAlignment);
  const std::size_t misalignment = reinterpret_cast<std::uintptr_t>(storage.data()) % kAlignment;
  std::uint8_t* aligned = storage.data() + (kAlignment - misalignment) % kAlignment;
  if (!bytes.empty()) std::memcpy(aligned, bytes.data(), bytes.size());
  return Reader({aligned, bytes.size()}, name).read();
}

Graph read_tflite_file(const std::filesystem::path& path) {
  Graph graph = read_tflite(read_file(path), path.string());
  graph.name = visible_stem(path);
  return graph;
}

}  // namespace boardless::workloads
