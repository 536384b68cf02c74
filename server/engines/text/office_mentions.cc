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

// 星沙街道 in 星沙街道望月路: followed by a smaller place.
bool goes_on_as_an_address(const Read& read, const OfficeMention& mention) {
  const auto next = std::lower_bound(
      read.entities.begin(), read.entities.end(), mention.end,
      [](const Entity& entity, std::uint32_t at) { return entity.normal_begin < at; });
  return next != read.entities.end() && next->normal_begin == mention.end &&
         (is_place(next->kind) || next->kind == EntityKind::firm || next->kind == EntityKind::door);
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
  // Only of short words: readers cut 派出|所不 as well, and a miss is worse than a look.
  if (mention.end - mention.begin > 6) return false;
  return (cut(mention.begin) && !begins_with_kind_of_place(word)) || cut(mention.end);
}

// 中心 and 公司 end the names of malls and shops as well.
bool ends_like_an_office(std::string_view name) {
  constexpr std::array<std::string_view, 9> endings{"局", "办", "所", "站",    "队",
                                                    "处", "委", "厅", "委员会"};
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

std::uint32_t family_named(const AccusedLists& lists, std::string_view code) {
  const auto found = std::find_if(lists.families.begin(), lists.families.end(),
                                  [&](const OfficeFamily& family) { return family.code == code; });
  return static_cast<std::uint32_t>(found - lists.families.begin());
}

bool is_chinese(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += character_bytes(text[at])) {
    const bool mark = text.substr(at, 3) >= "\xE3\x80\x80" && text.substr(at, 3) < "\xE3\x80\xA0";
    if (character_bytes(text[at]) != 3 || mark) return false;
  }
  return true;
}

// 渣土办, 安建局: two characters and an ending, where nothing says that they are a verb or part of
// a longer word.
void add_endings(const Read& read, const AccusedLists& lists, std::uint32_t family,
                 std::vector<OfficeMention>& offices) {
  const std::string_view text = read.normal;
  const std::size_t before = offices.size();
  std::size_t next = 0;
  for (std::uint32_t at = 0; at + 3 <= text.size();) {
    const std::string_view ending = text.substr(at, 3);
    const std::uint32_t end = at + 3;
    const bool fits = at >= 6 && (ending == "办" || ending == "局") &&
                      is_chinese(text.substr(at - 6, 6)) &&
                      lists.not_behind_ending.begins(text.substr(end)) == 0 &&
                      lists.not_before_ending.ends(text.substr(0, at)) == 0;
    while (next < before && offices[next].end <= at) ++next;
    const bool covered = next < before && offices[next].begin < end;
    if (fits && !covered) {
      OfficeMention mention;
      mention.begin = at - 6;
      mention.end = end;
      mention.family = family;
      offices.push_back(mention);
    }
    at += static_cast<std::uint32_t>(character_bytes(text[at]));
  }
  std::sort(offices.begin(), offices.end(),
            [](const OfficeMention& a, const OfficeMention& b) { return a.begin < b.begin; });
}

// Names without a word of the list: 长郡中学 has one (中学), 育才双语 has none.
void add_entities(const Read& read, const AccusedLists& lists,
                  std::vector<OfficeMention>& offices) {
  const std::uint32_t families = static_cast<std::uint32_t>(lists.families.size());
  const std::uint32_t school = family_named(lists, "school");
  const std::uint32_t hospital = family_named(lists, "hospital");
  const std::uint32_t firm = family_named(lists, "firm");
  const std::uint32_t other = family_named(lists, "post_office");
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
    // A word that means something else may look like a name: 骗局.
    const std::string_view name =
        std::string_view(read.normal).substr(mention.begin, mention.end - mention.begin);
    const auto words = lists.offices.find(name);
    if (!words.empty() && words.back().end == name.size() && words.back().value == 0) continue;
    mention.by_name_alone = !ends_like_an_office(name);
    if (mention.family == families) continue;
    offices.push_back(mention);
  }
  std::sort(offices.begin(), offices.end(),
            [](const OfficeMention& a, const OfficeMention& b) { return a.begin < b.begin; });
}

// 城管、社区和物业 · 城管,社区,物业: what joins the members of a list.
bool joins(std::string_view gap) {
  constexpr std::array<std::string_view, 17> joints{"、县", "、区", "、市", "",     "、", "和",
                                                    "与",   "及",   "以及", "跟",   ",",  "/",
                                                    "或",   "或者", " ",    "还有", "的"};
  return std::find(joints.begin(), joints.end(), gap) != joints.end();
}

constexpr std::size_t longest_list = 16;

// 体育局的领导, 城管局局长: whose head it is, is said; so they are no reader of the text.
void tell_heads_from_readers(std::string_view text, std::vector<OfficeMention>& offices) {
  for (std::size_t at = 1; at < offices.size(); ++at) {
    const OfficeMention& office = offices[at - 1];
    OfficeMention& head = offices[at];
    if (!head.post || office.kind != AccusedKind::unit || head.begin < office.name_end) continue;
    const std::string_view gap = text.substr(office.name_end, head.begin - office.name_end);
    // A surname or a name may stand between them: 社区王某书记.
    const bool name = gap.size() <= 9 && !office.addressed && is_chinese(gap);
    if (gap.empty() || gap == "的" || name) head.addressed = head.many = false;
  }
}

void join_lists(std::string_view text, std::vector<OfficeMention>& offices) {
  for (std::size_t first = 0; first < offices.size();) {
    std::size_t last = first;
    while (last + 1 < offices.size() && last - first < longest_list &&
           offices[last + 1].name_begin >= offices[last].name_end &&
           joins(text.substr(offices[last].name_end,
                             offices[last + 1].name_begin - offices[last].name_end))) {
      ++last;
    }
    // 社区, 城管: beside an office it is one; and so are 社区, 街道 without a place beside each
    // other.
    const std::span<OfficeMention> list(offices.data() + first, last - first + 1);
    const bool office =
        std::any_of(list.begin(), list.end(), [](const OfficeMention& one) { return one.bare; }) ||
        (list.size() > 1 && std::all_of(list.begin(), list.end(), [](const OfficeMention& one) {
           return !one.listed && one.name_begin == one.begin;
         }));
    // 村干部和县领导: whom the text is written to is not named in one breath with others.
    const bool addressed = std::all_of(list.begin(), list.end(),
                                       [](const OfficeMention& one) { return one.addressed; });
    for (std::size_t member = first; member <= last; ++member) {
      offices[member].bare = office;
      offices[member].addressed = offices[member].addressed && addressed;
      offices[member].listed = offices[member].listed && !office;
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
    mention.listed = word.listed;
    mention.addressed = word.addressed;
    mention.many = word.many;
    mention.family = word.family;
    mention.kind = word.post ? AccusedKind::post : lists.families[word.family].kind;
    if (counts_something(read.normal, mention)) continue;
    if (!mention.bare && goes_on_as_an_address(read, mention)) continue;
    if (!cuts_a_token(read, mention)) mentions.offices.push_back(mention);
  }
  add_entities(read, lists, mentions.offices);
  add_endings(read, lists, family_named(lists, "post_office"), mentions.offices);
  for (OfficeMention& mention : mentions.offices) widen_to_name(read, mention);
  tell_heads_from_readers(read.normal, mentions.offices);
  join_lists(read.normal, mentions.offices);
  std::erase_if(mentions.offices, [](const OfficeMention& mention) { return mention.listed; });
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
