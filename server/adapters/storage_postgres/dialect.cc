#include "adapters/storage_postgres/dialect.h"

#include <optional>

namespace minhu::storage_postgres {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What stands behind the one row of VALUES of an INSERT; nothing when it is no such INSERT.
std::optional<std::string_view> behind_one_row(std::string_view sql) {
  if (!sql.starts_with("INSERT INTO ")) return std::nullopt;
  const auto values = sql.find(" VALUES ");
  if (values == std::string_view::npos) return std::nullopt;
  int depth = 0;
  int rows = 0;
  bool quoted = false;
  for (std::size_t i = values + 8; i < sql.size(); ++i) {
    const char c = sql[i];
    if (c == '\'') quoted = !quoted;
    if (quoted) continue;
    if (depth == 0 && is_word(c)) {
      if (rows != 1) return std::nullopt;
      return sql.substr(i);
    }
    if (c == '(' && depth++ == 0) ++rows;
    if (c == ')') --depth;
  }
  if (rows != 1) return std::nullopt;
  return std::string_view();
}

// Puts the row or changes the one that is there: without WHERE there is no third.
bool changes_it_otherwise(std::string_view behind) {
  return behind.starts_with("ON CONFLICT (") &&
         behind.find(") DO UPDATE SET ") != std::string_view::npos &&
         behind.find("WHERE") == std::string_view::npos &&
         behind.find("RETURNING") == std::string_view::npos;
}

bool is_about_rows(std::string_view sql) {
  for (const std::string_view verb : {"SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "}) {
    if (sql.starts_with(verb)) return true;
  }
  return false;
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
  const auto behind = behind_one_row(sql);
  statement.inserts_one_row = behind && behind->empty();
  statement.changes_one_row = behind && (behind->empty() || changes_it_otherwise(*behind));
  statement.is_of_rows = is_about_rows(sql);
  return statement;
}

}  // namespace minhu::storage_postgres
