#include "adapters/storage_postgres/dialect.h"

namespace minhu::storage_postgres {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One row of VALUES and nothing that says what to do about a duplicate.
bool inserts_one_row(std::string_view sql) {
  if (!sql.starts_with("INSERT INTO ")) return false;
  const auto values = sql.find(" VALUES ");
  if (values == std::string_view::npos) return false;
  int depth = 0;
  int rows = 0;
  bool quoted = false;
  for (const char c : sql.substr(values + 8)) {
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' && depth++ == 0) ++rows;
    if (c == ')') --depth;
    // RETURNING and ON CONFLICT: somebody else's business.
    if (depth == 0 && is_word(c)) return false;
  }
  return rows == 1;
}

}  // namespace

Statement translate(std::string_view sql) {
  Statement statement;
  std::string& text = statement.text;
  text.reserve(sql.size() + 32);
  const bool makes_tables = sql.starts_with("CREATE") || sql.starts_with("ALTER");
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (c == '\'') quoted = !quoted;
    if (!quoted && c == '?' && i + 1 < sql.size() && is_digit(sql[i + 1])) {
      text += '$';
      ++i;
    } else if (!quoted && is_word(c)) {
      std::size_t end = i;
      while (end < sql.size() && is_word(sql[end])) ++end;
      const std::string_view word = sql.substr(i, end - i);
      if (word == "BLOB") {
        text += "BYTEA";
      } else if (makes_tables && word == "INTEGER") {
        text += "BIGINT";
      } else {
        text += word;
      }
      i = end;
    } else {
      text += c;
      ++i;
    }
  }
  statement.inserts_one_row = inserts_one_row(sql);
  return statement;
}

}  // namespace minhu::storage_postgres
