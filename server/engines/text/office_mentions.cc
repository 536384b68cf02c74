#include "engines/text/office_mentions.h"

#include <algorithm>
#include <array>

namespace minhu::text {

namespace {

std::size_t clause_of(const std::vector<Clause>& clauses, std::uint32_t at) {
  const auto after = std::upper_bound(
      clauses.begin(), clauses.end(), at,
      [](std::uint32_t place, const Clause& clause) { return place < clause.begin; });
  return after == clauses.begin() ? 0 : static_cast<std::size_t>(after - clauses.begin()) - 1;
}

bool is_office(EntityKind kind) {
  return kind == EntityKind::unit || kind == EntityKind::school || kind == EntityKind::hospital ||
         kind == EntityKind::firm;
}

// No name is longer; what begins farther before a word does not reach it.
constexpr std::uint32_t longest_name = 120;

// The entities that may touch [begin, end), in order.
std::span<const Entity> entities_about(const Read& read, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t from = begin - std::min(begin, longest_name);
  const auto first = std::lower_bound(
      read.entities.begin(), read.entities.end(), from,
      [](const Entity& entity, std::uint32_t at) { return entity.normal_begin < at; });
  auto last = first;
  while (last != read.entities.end() && last->normal_begin < end) ++last;
  return {first, last};
}

bool is_place(EntityKind kind) {
  return kind == EntityKind::place || kind == EntityKind::road || kind == EntityKind::estate;
}

// A name begins where its entity begins, or where the place begins that stands right before it
// (A3区 + 城管). Without either: the word alone.
void widen_to_name(const Read& read, OfficeMention& mention) {
  mention.name_begin = mention.begin;
  mention.name_end = mention.end;
  const auto entities = entities_about(read, mention.begin, mention.end);
  for (const Entity& entity : entities) {
    if (is_office(entity.kind) && entity.normal_begin <= mention.begin &&
        entity.normal_end >= mention.end) {
      mention.name_begin = std::min(mention.name_begin, entity.normal_begin);
      mention.name_end = std::max(mention.name_end, entity.normal_end);
    }
  }
  // From the right, since places chain: A市 + A3区 + 望月街道 + 城管.
  for (auto entity = entities.rbegin(); entity != entities.rend(); ++entity) {
    if (is_place(entity->kind) && entity->normal_begin < mention.name_begin &&
        entity->normal_end >= mention.name_begin && entity->normal_end <= mention.end) {
      mention.name_begin = entity->normal_begin;
    }
  }
}

// 县政府 cuts 青溪县|政府 and is right: what it begins with ends the place before it.
bool begins_with_kind_of_place(std::string_view word) {
  constexpr std::array<std::string_view, 7> kinds{"省", "市", "区", "县", "镇", "乡", "村"};
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](std::string_view kind) { return word.starts_with(kind); });
}

// 120 is a telephone number, and in 120人 it is not.
bool counts_something(std::string_view text, const OfficeMention& mention) {
  const char last = text[mention.end - 1];
  if (last < '0' || last > '9') return false;
  constexpr std::string_view counted =
      "人元平米路号国万户天年个栋多余亩吨块分斤台套名次位条辆月日秒度";
  const std::string_view rest = text.substr(mention.end);
  return !rest.empty() && character_bytes(rest.front()) == 3 &&
         counted.find(rest.substr(0, 3)) != std::string_view::npos;
}

// A word that cuts a word in two is none: 人大 in 人|大量, 120 in 1200.
bool cuts_a_token(const Read& read, const OfficeMention& mention) {
  const auto cut = [&](std::uint32_t at) {
    const auto after = std::upper_bound(
        read.tokens.begin(), read.tokens.end(), at,
        [](std::uint32_t place, const Token& token) { return place < token.normal_begin; });
    if (after == read.tokens.begin()) return false;
    const Token& token = *(after - 1);
    if (token.normal_begin >= at || at >= token.normal_end) return false;
    if (token.kind == TokenKind::number || token.kind == TokenKind::latin) return true;
    return token.normal_begin < mention.begin ? token.normal_end < mention.end
                                              : token.normal_end > mention.end;
  };
  const std::string_view word =
      std::string_view(read.normal).substr(mention.begin, mention.end - mention.begin);
  return (cut(mention.begin) && !begins_with_kind_of_place(word)) || cut(mention.end);
}

// Names without a word of the list: 长郡中学 has one (中学), 育才双语 has none.
void add_entities(const Read& read, const AccusedLists& lists,
                  std::vector<OfficeMention>& offices) {
  const auto family_of = [&](std::string_view code) {
    const auto found =
        std::find_if(lists.families.begin(), lists.families.end(),
                     [&](const OfficeFamily& family) { return family.code == code; });
    return static_cast<std::uint32_t>(found - lists.families.begin());
  };
  const std::uint32_t families = static_cast<std::uint32_t>(lists.families.size());
  const std::uint32_t school = family_of("school");
  const std::uint32_t hospital = family_of("hospital");
  const std::uint32_t firm = family_of("firm");
  const std::uint32_t other = family_of("post_office");
  const std::size_t before = offices.size();
  std::size_t next = 0;  // both are in order
  for (const Entity& entity : read.entities) {
    if (!is_office(entity.kind)) continue;
    while (next < before && offices[next].end <= entity.normal_begin) ++next;
    const bool covered = next < before && offices[next].begin < entity.normal_end;
    if (covered) continue;
    OfficeMention mention;
    mention.begin = entity.normal_begin;
    mention.end = entity.normal_end;
    mention.kind = entity.kind == EntityKind::firm ? AccusedKind::firm : AccusedKind::unit;
    mention.family = entity.kind == EntityKind::school     ? school
                     : entity.kind == EntityKind::hospital ? hospital
                     : entity.kind == EntityKind::firm     ? firm
                                                           : other;
    mention.by_name_alone = true;
    if (mention.family == families) continue;
    offices.push_back(mention);
  }
  std::sort(offices.begin(), offices.end(),
            [](const OfficeMention& a, const OfficeMention& b) { return a.begin < b.begin; });
}

// 城管、社区和物业 · 城管,社区,物业: what joins the members of a list.
bool joins(std::string_view gap) {
  constexpr std::array<std::string_view, 14> joints{"",  "、", "和", "与",   "及", "以及", "跟",
                                                    ",", "/",  "或", "或者", " ",  "还有", "的"};
  return std::find(joints.begin(), joints.end(), gap) != joints.end();
}

constexpr std::size_t longest_list = 16;

void join_lists(std::string_view text, std::vector<OfficeMention>& offices) {
  for (std::size_t first = 0; first < offices.size();) {
    std::size_t last = first;
    while (last + 1 < offices.size() && last - first < longest_list &&
           offices[last + 1].name_begin >= offices[last].name_end &&
           joins(text.substr(offices[last].name_end,
                             offices[last + 1].name_begin - offices[last].name_end))) {
      ++last;
    }
    // 社区, 城管: beside an office it is one.
    const bool office = std::any_of(offices.begin() + static_cast<std::ptrdiff_t>(first),
                                    offices.begin() + static_cast<std::ptrdiff_t>(last) + 1,
                                    [](const OfficeMention& mention) { return mention.bare; });
    for (std::size_t member = first; member <= last; ++member) {
      offices[member].bare = office;
      offices[member].list_begin = offices[first].name_begin;
      offices[member].list_end = offices[last].name_end;
    }
    first = last + 1;
  }
}

}  // namespace

Mentions find_mentions(const AccusedLists& lists, const Read& read) {
  Mentions mentions;
  mentions.clauses = cut_clauses(read);
  mentions.cues = lists.cues.find(read.normal);
  for (const WordFinder::Hit& hit : lists.offices.find(read.normal)) {
    if (hit.value == 0) continue;
    const OfficeWord& word = lists.words[hit.value - 1];
    OfficeMention mention;
    mention.begin = hit.begin;
    mention.end = hit.end;
    mention.post = word.post;
    mention.bare = word.bare;
    mention.addressed = word.addressed;
    mention.family = word.family;
    mention.kind = word.post ? AccusedKind::post : lists.families[word.family].kind;
    if (counts_something(read.normal, mention)) continue;
    if (!cuts_a_token(read, mention)) mentions.offices.push_back(mention);
  }
  add_entities(read, lists, mentions.offices);
  for (OfficeMention& mention : mentions.offices) widen_to_name(read, mention);
  join_lists(read.normal, mentions.offices);
  for (OfficeMention& mention : mentions.offices) {
    mention.clause = clause_of(mentions.clauses, mention.begin);
    mention.end_clause = clause_of(mentions.clauses, mention.list_end - 1);
  }
  return mentions;
}

std::span<const WordFinder::Hit> cues_within(const Mentions& mentions, std::uint32_t begin,
                                             std::uint32_t end) {
  const auto first =
      std::lower_bound(mentions.cues.begin(), mentions.cues.end(), begin,
                       [](const WordFinder::Hit& hit, std::uint32_t at) { return hit.begin < at; });
  auto last = first;
  while (last != mentions.cues.end() && last->end <= end) ++last;
  return {first, last};
}

}  // namespace minhu::text
