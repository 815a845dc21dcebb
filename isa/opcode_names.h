// Tables keyed by LLVM's opcode names: rows that name several, and the index over them.
#pragma once

#include <string_view>
#include <unordered_map>

#include "base/error.h"

namespace boardless::isa {

// Adds `value` under each of `names`, which are separated by single spaces. A name is given once.
template <class Value>
void add_opcode_names(std::string_view names, const Value& value,
                      std::unordered_map<std::string_view, Value>& index) {
  while (!names.empty()) {
    const std::size_t space = names.find(' ');
    check(index.emplace(names.substr(0, space), value).second, "an opcode has one row");
    names = space == std::string_view::npos ? std::string_view{} : names.substr(space + 1);
  }
}

}  // namespace boardless::isa
