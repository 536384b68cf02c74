#include "engines/text/clauses.h"

#include <algorithm>
#include <array>

#include "engines/text/word_finder.h"

namespace minhu::text {

namespace {

// Ends of a clause in normal form (，！？；： have become half-width).
bool ends_clause(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> marks{"。", "…", "~", "!", "?", ";", ":"};
  if (text[at] == '\n' || text[at] == ',') return true;
  if (text[at] == '.') {
    const bool number = at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
    return !number;
  }
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return text.substr(at, mark.size()) == mark; });
}

// The token that a place lies in, or the last one before it.
const Token* token_at(const Read& read, std::uint32_t normal) {
  const auto after = std::upper_bound(
      read.tokens.begin(), read.tokens.end(), normal,
      [](std::uint32_t place, const Token& token) { return place < token.normal_begin; });
  return after == read.tokens.begin() ? nullptr : &*(after - 1);
}

// Where nothing changed its length inside the token, a place in it is exact.
bool is_exact(const Token& token) {
  return token.end - token.begin == token.normal_end - token.normal_begin;
}

}  // namespace

std::vector<Clause> cut_clauses(const Read& read) {
  std::vector<Clause> clauses;
  const std::string_view text = read.normal;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    if (end > begin) {
      clauses.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                         begin < read.title_bytes ? Field::title : Field::detail});
    }
  };
  for (std::size_t at = 0; at < text.size(); at += character_bytes(text[at])) {
    if (at - begin >= longest_clause) {
      close(at);
      begin = at;
    }
    const bool detail_begins = at == read.title_bytes && at > begin;
    if (!detail_begins && !ends_clause(text, at)) continue;
    close(at);
    begin = detail_begins && !ends_clause(text, at) ? at : at + character_bytes(text[at]);
  }
  close(text.size());
  return clauses;
}

std::uint32_t given_begin(const Read& read, std::uint32_t normal) {
  const Token* token = token_at(read, normal);
  if (token == nullptr) return 0;
  if (!is_exact(*token)) return token->begin;
  return token->begin + std::min(normal - token->normal_begin, token->end - token->begin);
}

std::uint32_t given_end(const Read& read, std::uint32_t normal) {
  const Token* token = normal == 0 ? nullptr : token_at(read, normal - 1);
  if (token == nullptr) return 0;
  if (!is_exact(*token)) return token->end;
  return token->begin + std::min(normal - token->normal_begin, token->end - token->begin);
}

}  // namespace minhu::text
