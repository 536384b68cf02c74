#include <algorithm>
#include <array>
#include <optional>

#include "engines/text/accused_words.h"

namespace minhu::text {

namespace {

// A word that fits more units than that says nothing about any of them.
constexpr std::size_t most_equal_fits = 3;

// How closely a known unit fits a mention; more is closer.
enum Fit : int { no_fit = 0, by_whereabouts = 1, by_kind = 2, by_place = 3, by_name = 4 };

struct Known {
  std::string name;  // in normal form
  std::vector<std::string> aliases;
};

std::string in_normal_form(std::string_view text) {
  auto normal = normal_form(text);
  return normal ? *std::move(normal) : std::string(text);
}

bool holds(std::string_view text, std::string_view piece) {
  return !piece.empty() && text.find(piece) != std::string_view::npos;
}

// 竹源镇 → 竹源, 柳溪村 → 柳溪: a town's station is called after the town without its kind.
std::string_view stem_of(std::string_view place) {
  for (const std::string_view kind : {"社区", "街道", "镇", "乡", "村", "区", "县", "市"}) {
    if (place.ends_with(kind) && place.size() >= kind.size() + 6) {
      return place.substr(0, place.size() - kind.size());
    }
  }
  return place;
}

constexpr std::array<std::string_view, 6> kinds_of_places{"市", "区", "县", "镇", "乡", "街道"};

struct SharedPlace {
  std::size_t bytes = 0;  // 0: none
  // It begins where a name can begin. 溪村 inside 上溪村 does not, and may still be what was meant:
  // readers lose a first character.
  bool whole = false;
};

SharedPlace shared_piece(std::string_view piece, std::string_view unit) {
  const std::string_view stem = stem_of(piece);
  const std::size_t at = unit.find(stem);
  if (at == std::string_view::npos) return {};
  const std::string_view before = unit.substr(0, at);
  const bool whole =
      before.empty() || std::any_of(kinds_of_places.begin(), kinds_of_places.end(),
                                    [&](std::string_view kind) { return before.ends_with(kind); });
  return {piece.size(), whole};
}

// The longest of the places that `place` is made of (青溪县|竹源镇|) that the unit's name holds,
// with what follows it.
SharedPlace shared_place(std::string_view place, std::string_view unit) {
  std::size_t from = 0;
  while (place.size() - from >= 4) {
    const SharedPlace shared = shared_piece(place.substr(from), unit);
    if (shared.bytes > 0) return shared;
    std::size_t next = std::string_view::npos;
    for (const std::string_view kind : kinds_of_places) {
      const std::size_t at = place.find(kind, from + 1);
      if (at != std::string_view::npos) next = std::min(next, at + kind.size());
    }
    if (next == std::string_view::npos) return {};
    from = next;
  }
  return {};
}

const OfficeFamily* family_of(const AccusedLists& lists, std::string_view code) {
  const auto found = std::find_if(lists.families.begin(), lists.families.end(),
                                  [&](const OfficeFamily& family) { return family.code == code; });
  return found == lists.families.end() ? nullptr : &*found;
}

// The place in the family's names of the first that the unit's name holds, or nothing.
std::optional<std::size_t> is_of(const OfficeFamily& family, std::string_view unit) {
  for (const std::string& word : family.without) {
    if (holds(unit, word)) return std::nullopt;
  }
  for (std::size_t name = 0; name < family.names.size(); ++name) {
    if (holds(unit, family.names[name])) return name;
  }
  return std::nullopt;
}

struct Candidate {
  std::size_t unit = 0;
  Fit fit = no_fit;
  std::size_t place = 0;     // bytes of the place they share
  bool has_word = false;     // the unit's name holds the very word
  std::size_t name_row = 0;  // the first name of the family is the likeliest
};

bool closer(const Candidate& a, const Candidate& b) {
  if (a.fit != b.fit) return a.fit > b.fit;
  if (a.place != b.place) return a.place > b.place;
  if (a.has_word != b.has_word) return a.has_word;
  return a.name_row < b.name_row;
}

Candidate fit_of(const OfficeFamily* family, const Accused& mention, std::size_t unit,
                 const Known& known, const std::vector<std::string>& places) {
  Candidate candidate;
  candidate.unit = unit;
  // A bare 派出所 is no name of a station, though it is a piece of every one.
  const bool named = mention.name != mention.word && mention.kind != AccusedKind::post;
  if (mention.name == known.name || (named && known.name.ends_with(mention.name)) ||
      std::find(known.aliases.begin(), known.aliases.end(), mention.name) != known.aliases.end() ||
      std::find(known.aliases.begin(), known.aliases.end(), mention.word) != known.aliases.end()) {
    candidate.fit = by_name;
    return candidate;
  }
  if (family == nullptr) return candidate;
  const auto row = is_of(*family, known.name);
  if (!row) return candidate;
  candidate.name_row = *row;
  candidate.has_word = holds(known.name, mention.word);
  const std::string_view place =
      mention.kind == AccusedKind::post
          ? std::string_view{}
          : std::string_view(mention.name).substr(0, mention.name.find(mention.word));
  if (const SharedPlace shared = shared_place(place, known.name); shared.bytes > 0) {
    candidate.place = shared.bytes;
    candidate.fit = shared.whole ? by_place : by_whereabouts;
    return candidate;
  }
  for (const std::string& where : places) {
    const SharedPlace shared = shared_place(where, known.name);
    if (shared.whole && place.empty()) {
      candidate.fit = family->local ? by_whereabouts : by_kind;
      candidate.place = shared.bytes;
      return candidate;
    }
  }
  // A school of another name is another school; a bureau is the county's own all the same.
  if (!family->local || place.empty()) candidate.fit = family->local ? by_whereabouts : by_kind;
  return candidate;
}

}  // namespace

std::vector<AccusedUnit> match_units(const AccusedWords& words, std::span<const Accused> accused,
                                     std::span<const KnownUnit> known, const Whereabouts& where) {
  std::vector<Known> units;
  for (const KnownUnit& unit : known) {
    Known normal{in_normal_form(unit.name), {}};
    for (const std::string& alias : unit.aliases) normal.aliases.push_back(in_normal_form(alias));
    units.push_back(std::move(normal));
  }
  std::vector<std::string> places;
  for (const std::string& place : where.places) places.push_back(in_normal_form(place));

  std::vector<std::optional<AccusedUnit>> matched(known.size());
  for (std::size_t number = 0; number < accused.size(); ++number) {
    const Accused& mention = accused[number];
    const OfficeFamily* family = family_of(words.lists(), mention.family);
    std::vector<Candidate> candidates;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const Candidate candidate = fit_of(family, mention, unit, units[unit], places);
      if (candidate.fit != no_fit) candidates.push_back(candidate);
    }
    if (candidates.empty()) continue;
    std::sort(candidates.begin(), candidates.end(), closer);
    const auto last = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& one) {
      return closer(candidates[0], one);
    });
    const auto equals = static_cast<std::size_t>(last - candidates.begin());
    if (equals > most_equal_fits) continue;
    const bool sure = equals == 1 && candidates[0].fit >= by_kind;
    for (auto candidate = candidates.begin(); candidate != last; ++candidate) {
      const AccusedUnit fresh{known[candidate->unit].code,
                              sure ? mention.sureness : Sureness::possibly, number};
      auto& kept = matched[candidate->unit];
      if (!kept || kept->sureness < fresh.sureness) kept = fresh;
    }
  }
  std::vector<AccusedUnit> result;
  for (auto& unit : matched) {
    if (unit) result.push_back(*std::move(unit));
  }
  std::stable_sort(result.begin(), result.end(), [](const AccusedUnit& a, const AccusedUnit& b) {
    return a.sureness > b.sureness;
  });
  return result;
}

}  // namespace minhu::text
