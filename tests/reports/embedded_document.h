// What a report page carries, read back.
#pragma once

#include <string>
#include <string_view>

#include "base/packed_text.h"

namespace boardless::reports_test {

// What a browser takes for the content of the script element with that id: everything up to the
// first end tag.
inline std::string script_of(const std::string& page, std::string_view id) {
  const std::string mark = "id=\"" + std::string(id) + "\">";
  const std::size_t begin = page.find(mark) + mark.size();
  return page.substr(begin, page.find("</script", begin) - begin);
}

// The packed JSON in that element; documents of tests are smaller than 64 MiB.
inline std::string packed_json_of(const std::string& page, std::string_view id) {
  return unpacked_text(script_of(page, id), 64U << 20U);
}

}  // namespace boardless::reports_test
