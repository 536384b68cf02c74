#include "words.h"

namespace minhu::permission_matrix {

namespace {

// Of each case. Name, phone and address stand in neither: they are behind the one door that tells a
// phone number, and a test of its own.
constexpr std::string_view for_both =
    "words place attachment reason answer request facts opinion basis rating asked";
constexpr std::string_view for_offices = "evidence note desk-note call-note order";

}  // namespace

std::set<std::string> canaries_in(std::string_view text) {
  std::set<std::string> found;
  const auto ends = [](char c) { return !((c >= 'a' && c <= 'z') || c == '_' || c == '-'); };
  for (auto at = text.find("zq-"); at != std::string_view::npos; at = text.find("zq-", at + 3)) {
    auto end = at;
    while (end < text.size() && !ends(text[end])) ++end;
    found.emplace(text.substr(at, end - at));
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
