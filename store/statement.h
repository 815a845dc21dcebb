// One prepared SQL statement: values in, rows out.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace boardless::store {

class SqlStatement {
 public:
  // Null inside when it cannot be prepared; then code() says why.
  SqlStatement(sqlite3* database, const char* sql);

  int code() const { return code_; }
  // What is bound must outlive the step.
  SqlStatement& bind(int index, std::string_view text);
  SqlStatement& bind(int index, std::int64_t number);
  SqlStatement& bind(int index, std::span<const std::uint8_t> bytes);
  // Whether there is a row; code() is SQLITE_DONE behind the last, else an error.
  bool step();
  void reset();

  std::string text(int column) const;
  std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::span<const std::uint8_t> bytes(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int code_ = SQLITE_OK;
};

}  // namespace boardless::store
