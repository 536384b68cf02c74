#include "sql_texts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace minhu::architecture {

namespace {

bool in_a_word(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

class Scanner {
 public:
  explicit Scanner(std::string_view source, std::map<std::string, std::string> macros = {})
      : source_(source), macros_(std::move(macros)) {}

  // What scan() has met.
  std::map<std::string, std::string> take_macros() { return std::move(macros_); }

  SqlTexts scan() {
    SqlTexts found;
    while (skip_blanks(), !at_end()) {
      const std::size_t line = line_;
      if (at_literal()) {
        keep(found, {line, literals()});
      } else if (rest().starts_with("#define ")) {
        take(8);
        std::string name = word();
        skip_blanks();
        if (at_literal()) macros_[name] = literals();
      } else if (in_a_word(rest().front())) {
        word();
      } else if (rest().front() == '\'') {
        character();
      } else {
        take(1);
      }
    }
    return found;
  }

 private:
  std::string_view rest() const { return source_.substr(at_); }
  bool at_end() const { return at_ >= source_.size(); }
  bool at_literal() const { return rest().starts_with('"') || rest().starts_with("R\""); }

  void take(std::size_t count) {
    for (; count > 0 && !at_end(); --count) {
      if (source_[at_] == '\n') ++line_;
      ++at_;
    }
  }

  // Blanks, comments and the backslash that goes on with a line.
  void skip_blanks() {
    for (;;) {
      if (at_end()) return;
      if (std::isspace(static_cast<unsigned char>(rest().front())) != 0 ||
          rest().starts_with("\\\n")) {
        take(1);
      } else if (rest().starts_with("//")) {
        take(std::min(rest().find('\n'), rest().size()));
      } else if (rest().starts_with("/*")) {
        take(std::min(rest().find("*/"), rest().size() - 2) + 2);
      } else {
        return;
      }
    }
  }

  std::string word() {
    std::size_t length = 0;
    while (length < rest().size() && in_a_word(rest()[length])) ++length;
    std::string text(rest().substr(0, length));
    take(length);
    // A separator inside a number (10'000) is not the beginning of a character.
    if (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0 &&
        rest().starts_with('\'')) {
      take(1);
      text += word();
    }
    return text;
  }

  void character() {
    take(1);
    while (!at_end() && rest().front() != '\'') take(rest().front() == '\\' ? 2 : 1);
    take(1);
  }

  std::string literal() {
    std::string text;
    if (rest().starts_with("R\"")) {
      const std::size_t open = rest().find('(');
      const std::string close = ")" + std::string(rest().substr(2, open - 2)) + "\"";
      const std::size_t end = rest().find(close, open);
      text = rest().substr(open + 1, end - open - 1);
      take(end + close.size());
      return text;
    }
    take(1);
    while (!at_end() && rest().front() != '"') {
      if (rest().front() == '\\') take(1);
      text += rest().front();
      take(1);
    }
    take(1);
    return text;
  }

  std::string literals() {
    std::string text;
    for (;;) {
      if (at_literal()) {
        text += literal();
      } else {
        const std::size_t before = at_;
        const std::size_t line_before = line_;
        const auto macro = macros_.find(word());
        if (macro == macros_.end()) {
          at_ = before;
          line_ = line_before;
          return text;
        }
        text += macro->second;
      }
      skip_blanks();
      if (at_end()) return text;
    }
  }

  static void keep(SqlTexts& found, SqlText text) {
    const auto first = text.sql.find_first_not_of(" \n\t");
    const std::string_view trimmed =
        first == std::string::npos ? std::string_view() : std::string_view(text.sql).substr(first);
    constexpr std::array<std::string_view, 5> verbs{"SELECT ", "INSERT ", "UPDATE ", "DELETE ",
                                                    "WITH "};
    constexpr std::array<std::string_view, 5> clauses{" FROM ", " WHERE ", " VALUES (",
                                                      " ORDER BY ", " SET "};
    const auto has = [&](std::string_view one) { return text.sql.find(one) != std::string::npos; };
    if (std::any_of(verbs.begin(), verbs.end(),
                    [&](std::string_view verb) { return trimmed.starts_with(verb); })) {
      found.statements.push_back(std::move(text));
    } else if (!trimmed.starts_with("CREATE ") && !trimmed.starts_with("ALTER ") &&
               std::any_of(clauses.begin(), clauses.end(), has)) {
      found.pieces.push_back(std::move(text));
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::map<std::string, std::string> macros_;
};

}  // namespace

SqlTexts sql_texts_of(std::string_view source, std::string_view included) {
  Scanner headers(included);
  headers.scan();
  return Scanner(source, headers.take_macros()).scan();
}

}  // namespace minhu::architecture
