#include "words.h"

#include <cctype>

#include "house.h"

namespace minhu::permission_matrix {

namespace {

// Of each case. Name, phone and address stand in neither: they are behind the one door that tells a
// phone number, and a test of its own.
constexpr std::string_view for_both =
    "words place attachment reason answer request facts opinion basis rating asked";
constexpr std::string_view for_offices = "evidence note desk-note call-note order";

bool in_a_token(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// Three letters come up by chance in a cookie or a code, once in some thousands: in a long run of
// such signs only a word counts that names a case of ours.
bool came_up_by_chance(std::string_view text, std::size_t at, std::string_view word) {
  constexpr std::size_t shortest_token = 32;  // longer than every word of ours
  std::size_t begin = at;
  std::size_t end = at;
  while (begin > 0 && in_a_token(text[begin - 1])) --begin;
  while (end < text.size() && in_a_token(text[end])) ++end;
  if (end - begin < shortest_token) return false;
  const std::string_view rest = word.substr(3);
  const auto dash = rest.find('-');
  if (dash == std::string_view::npos) return true;
  const std::string_view matter = rest.substr(0, dash);
  return !House::get().here().has(matter) && !House::get().there().has(matter);
}

}  // namespace

std::set<std::string> canaries_in(std::string_view text) {
  std::set<std::string> found;
  const auto ends = [](char c) { return !((c >= 'a' && c <= 'z') || c == '_' || c == '-'); };
  for (auto at = text.find("zq-"); at != std::string_view::npos; at = text.find("zq-", at + 3)) {
    auto end = at;
    while (end < text.size() && !ends(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    if (!came_up_by_chance(text, at, word)) found.emplace(word);
  }
  return found;
}

bool may_read_word(const Person& person, std::string_view canary) {
  const auto first = canary.find('-');
  const auto second = canary.find('-', first + 1);
  const std::string matter(canary.substr(first + 1, second - first - 1));
  const std::string text(canary.substr(second + 1));
  const bool speaker = expected("own case", person.name, matter);
  const bool office = expected("case", person.name, matter);
  // Whoever opened another case reads that one.
  if (matter == "mine" && (person.holds == Holds::another_case || person.holds == Holds::own_code))
    return true;
  if (person.holds == Holds::foreign_session && matter == "foreign") {
    return split(for_both).contains(text) || split(for_offices).contains(text);
  }
  if (split(for_both).contains(text)) return speaker || office;
  return office && split(for_offices).contains(text);
}

}  // namespace minhu::permission_matrix
