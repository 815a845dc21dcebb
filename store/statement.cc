// A thin hold on SQLite's C interface.
#include "store/statement.h"

namespace boardless::store {

SqlStatement::SqlStatement(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  code_ = sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
  statement_.reset(statement);
}

SqlStatement& SqlStatement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

SqlStatement& SqlStatement::bind(int index, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), index, number);
  return *this;
}

SqlStatement& SqlStatement::bind(int index, std::span<const std::uint8_t> bytes) {
  sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}

bool SqlStatement::step() {
  if (statement_ == nullptr) return false;
  code_ = sqlite3_step(statement_.get());
  return code_ == SQLITE_ROW;
}

void SqlStatement::reset() { sqlite3_reset(statement_.get()); }

std::string SqlStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int bytes = sqlite3_column_bytes(statement_.get(), column);
  return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(bytes));
}

std::span<const std::uint8_t> SqlStatement::bytes(int column) const {
  const auto* blob =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  const int bytes = sqlite3_column_bytes(statement_.get(), column);
  return {blob, blob == nullptr ? 0 : static_cast<std::size_t>(bytes)};
}

}  // namespace boardless::store
