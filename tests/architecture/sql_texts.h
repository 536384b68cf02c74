// The SQL in our sources: every string literal that is a statement, as the compiler would join it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minhu::architecture {

struct SqlText {
  std::size_t line = 0;
  std::string sql;
};

struct SqlTexts {
  std::vector<SqlText> statements;
  // A literal with a WHERE or FROM that does not begin a statement: SQL put together from pieces
  // cannot be checked, and is where injections begin.
  std::vector<SqlText> pieces;
};

// Joins neighbouring literals and the macros that stand between them: those of this source, and of
// `included`, the texts of what it includes. Reads comments and raw strings as C++ does;
// conditional compilation it does not know.
SqlTexts sql_texts_of(std::string_view source, std::string_view included = {});

}  // namespace minhu::architecture
