#include "features/classes/queries.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/classes/kept_from.h"
#include "features/classes/publishing.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::classes {

namespace {

using accounts::Role;

bool is_treated_by(const ClassRow& row, UnitId unit) {
  return !unit.empty() &&
         (unit == row.lead_unit ||
          std::binary_search(row.supporting_units.begin(), row.supporting_units.end(), unit));
}

constexpr States owed_states =
    under_way_states | States{State::detected, State::proposed, State::screened, State::verified,
                              State::institutionalised};

bool fits(const ClassQuery& query, const ClassRow& row,
          const std::vector<std::string>& categories) {
  if (!query.states.empty() && !query.states.has(row.state)) return false;
  if (!query.unit.empty() && row.lead_unit != query.unit &&
      !std::binary_search(row.supporting_units.begin(), row.supporting_units.end(), query.unit)) {
    return false;
  }
  if (!query.category.empty() && std::find(categories.begin(), categories.end(),
                                           row.definition.category) == categories.end()) {
    return false;
  }
  return query.place.empty() || reaches_into(row.definition, query.place);
}

// Of a case that the actor may read; empty when it has no words.
std::string headline_of(Reading& reading, const cases::Context& context,
                        const cases::CaseFile& file) {
  if (file.erased || file.words.empty()) return {};
  const RegionId region = context.county.region;
  const auto key = cases::load_case_key(reading, region, file.id, context.keyring);
  if (!key) return {};
  const auto said = cases::read_content(reading, region, *key, file.words);
  return said ? cases::headline(cases::said_of(to_text(*said))) : std::string();
}

// How narrow a definition is: nearer places and deeper categories say more.
std::size_t narrowness(const ClassRow& row) {
  std::size_t longest = 0;
  for (const std::string& place : row.definition.places) longest = std::max(longest, place.size());
  return longest * 100 + row.definition.category.size();
}

}  // namespace

std::optional<States> states_named(std::string_view word) {
  if (word == "open") return owed_states;
  if (word == "solved") return solved_states;
  const auto state = named<State>(word);
  if (!state) return std::nullopt;
  return States{*state};
}

bool reaches_into(const Definition& definition, std::string_view place) {
  return lies_in(place, definition.places) ||
         std::any_of(definition.places.begin(), definition.places.end(),
                     [&](const std::string& one) { return one.starts_with(place); });
}

bool waits_for_actor(const cases::Context& context, const ClassRow& row) {
  const UnitId unit = context.actor.unit;
  const bool treats = is_treated_by(row, unit);
  switch (owed_by(row.state)) {
    case Owes::dispatcher:
      return context.actor.role == Role::dispatcher;
    case Owes::leader:
      return context.actor.role == Role::leader;
    case Owes::lead_unit:
      return context.actor.role == Role::unit_head && unit == row.lead_unit;
    case Owes::supervisor:
      return context.actor.role == Role::supervisor && !treats;
    case Owes::system:
    case Owes::nobody:
      break;
  }
  return false;
}

bool owes_public_words(Reading& reading, const cases::Context& context, const ClassRow& row) {
  const UnitId unit = context.actor.unit;
  const Role role = context.actor.role;
  const bool writes = row.lead_unit.empty() ? role == Role::dispatcher
                                            : role == Role::unit_head && unit == row.lead_unit;
  const bool approves =
      role == Role::leader || (role == Role::supervisor && !is_treated_by(row, unit));
  if (!writes && !approves) return false;
  const PublicWords words = public_words(reading, context, row);
  return words == (writes ? PublicWords::to_write : PublicWords::to_approve);
}

ClassPage list_classes(Reading& reading, const cases::Context& context, const ClassQuery& query,
                       std::optional<ClassCursor> after, std::int64_t limit) {
  const RegionId region = context.county.region;
  const auto categories = query.category.empty()
                              ? std::vector<std::string>()
                              : categories_under(reading, region, query.category);
  ClassPage page;
  // Some hundreds of rows at most: they are walked, not indexed by each filter.
  for (ClassRow& row : all_rows(reading, region)) {
    if (after && std::pair(row.changed_at, row.id) >= std::pair(after->changed_at, after->id)) {
      continue;
    }
    if (!fits(query, row, categories) || (query.mine && !waits_for_actor(context, row) &&
                                          !owes_public_words(reading, context, row))) {
      continue;
    }
    if (static_cast<std::int64_t>(page.rows.size()) == limit) {
      page.next = ClassCursor{page.rows.back().changed_at, page.rows.back().id};
      break;
    }
    page.rows.push_back(std::move(row));
  }
  return page;
}

CasePage cases_in(Reading& reading, const cases::Context& context, ClassId id,
                  std::optional<CaseCursor> after, std::int64_t limit) {
  const RegionId region = context.county.region;
  const auto members = reading.all(
      "SELECT case_id, since FROM class_member WHERE region_id = ?1 AND class_id = ?2 "
      "ORDER BY since DESC, case_id DESC",
      {param(region), param(id)},
      [](const Row& row) { return Member{row.id<cases::CaseId>(0), row.instant(1)}; });
  CasePage page;
  cases::Sight sight(reading, context);
  std::int64_t taken = 0;
  for (const Member& member : members) {
    const auto at = std::pair(member.since, member.case_id);
    if (after && at >= std::pair(after->since, after->id)) continue;
    auto file = cases::load_file(reading, region, member.case_id);
    if (file && sight.kept_from(*file)) continue;  // not even counted
    if (taken == limit) {
      return page;
    }
    ++taken;
    page.next = CaseCursor{member.since, member.case_id};
    if (!file || !sight.may_know(*file)) {
      ++page.hidden;
      continue;
    }
    std::string headline = headline_of(reading, context, *file);
    page.cases.push_back({std::move(*file), std::move(headline), member.since});
  }
  page.next.reset();
  return page;
}

Result<ClassOfCase> class_of_case(Reading& reading, const cases::Context& context,
                                  cases::CaseId id) {
  const RegionId region = context.county.region;
  const auto file = cases::Sight(reading, context).find(id);
  if (!file) return fail(FaultCode::not_found, "cases.not_found");
  ClassOfCase found;
  if (!may_be_counted(*file)) return found;
  if (const auto membership = membership_of(reading, region, id)) {
    found.row = load_row(reading, region, membership->class_id);
    return found;
  }
  if (file->category.empty()) return found;
  const auto line = places_and_units::category_line(reading, region, file->category);
  const auto unrelated = unrelated_to(reading, region, id);
  for (ClassRow& row : all_rows(reading, region)) {
    if (row.state == State::rejected || !lies_in(file->place, row.definition.places)) continue;
    if (std::find(line.begin(), line.end(), row.definition.category) == line.end()) continue;
    if (std::find(unrelated.begin(), unrelated.end(), row.id) != unrelated.end()) continue;
    found.proposed.push_back(std::move(row));
  }
  std::stable_sort(
      found.proposed.begin(), found.proposed.end(),
      [](const ClassRow& a, const ClassRow& b) { return narrowness(a) > narrowness(b); });
  if (found.proposed.size() > most_proposed) found.proposed.resize(most_proposed);
  return found;
}

ClassFile as_seen_by(Reading& reading, const cases::Context& context, ClassFile file) {
  const auto hidden = members_kept_from(reading, context, file.id);
  std::erase_if(file.members, [&](const Member& one) {
    return std::any_of(hidden.begin(), hidden.end(),
                       [&](const cases::CaseFile& each) { return each.id == one.case_id; });
  });
  file.unrelated = without_kept_from(reading, context, std::move(file.unrelated));
  std::vector<cases::CaseId> asked;
  for (const Asked& one : file.asked) asked.push_back(one.case_id);
  asked = without_kept_from(reading, context, std::move(asked));
  std::erase_if(file.asked, [&](const Asked& one) {
    return std::find(asked.begin(), asked.end(), one.case_id) == asked.end();
  });
  return file;
}

std::map<cases::CaseId, SameClass> same_classes(Reading& reading, const cases::Context& context,
                                                std::span<const cases::CaseId> ids) {
  const RegionId region = context.county.region;
  const auto classes = classes_of(reading, region, ids);
  std::map<cases::CaseId, SameClass> found;
  if (classes.empty()) return found;
  std::vector<ClassId> each;
  for (const auto& [case_id, id] : classes) each.push_back(id);
  std::sort(each.begin(), each.end());
  each.erase(std::unique(each.begin(), each.end()), each.end());
  const auto rows = load_rows(reading, region, each);
  auto counts = member_counts(reading, region, each);
  for (const auto& [id, hidden] : count_kept_from(reading, context, each)) counts[id] -= hidden;
  for (const auto& [case_id, id] : classes) {
    const auto row = rows.find(id);
    if (row == rows.end()) continue;
    found.emplace(case_id, SameClass{id, row->second.number, row->second.title, counts[id]});
  }
  return found;
}

}  // namespace minhu::classes
