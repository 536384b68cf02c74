#include "features/classes/publishing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "features/cases/store.h"
#include "features/classes/edges.h"
#include "features/classes/kept_from.h"
#include "features/classes/linking.h"
#include "features/classes/nearness.h"
#include "features/classes/store.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::classes {

namespace {

constexpr std::array<std::string_view, 4> state_names{"under_way", "solved", "came_back",
                                                      "refused"};
constexpr std::array<std::string_view, 4> words_names{"none_due", "to_write", "to_approve",
                                                      "approved"};

// Linked ones, or what was counted when it was found: whichever is known to be more.
std::int64_t cases_of(const ClassFile& file) {
  std::int64_t counted = 0;
  std::from_chars(file.counted.data(), file.counted.data() + file.counted.size(), counted);
  if (file.state == State::rejected) return std::max(counted, file.cases_when_rejected);
  return std::max(counted, static_cast<std::int64_t>(file.members.size()));
}

// The same without what the reader is kept from: a number that says more than they may count would
// tell that there is such a case. One that was refused holds no case any more; its events say which
// it held.
std::int64_t cases_known(Reading& reading, const cases::Context& context, const ClassFile& file,
                         const std::vector<Event>& events) {
  ClassFile then = file;
  if (file.state == State::rejected) {
    const auto last = std::find_if(events.rbegin(), events.rend(), [](const Event& event) {
      return event.kind == EventKind::rejected;
    });
    then = file_from(std::vector<Event>(events.begin(), std::prev(last.base())));
  }
  std::vector<cases::CaseId> members;
  for (const Member& member : then.members) members.push_back(member.case_id);
  std::int64_t counted = 0;
  std::from_chars(file.counted.data(), file.counted.data() + file.counted.size(), counted);
  const auto known = without_kept_from(reading, context, std::move(members));
  return std::max(counted, static_cast<std::int64_t>(known.size()));
}

std::optional<PublishedClass> published(const cases::County& county, const ClassFile& file) {
  const auto state = public_state(file);
  if (!state || !file.published() || cases_of(file) < smallest_shown) return std::nullopt;
  return PublishedClass{file.id,
                        file.number,
                        file.summary->title,
                        file.summary->text,
                        *state,
                        file.definition,
                        file.lead_unit,
                        cases_of(file),
                        to_date(file.state_since, county.rules.zone)};
}

bool is_hidden(std::int64_t count) {
  return count > 0 && count < smallest_shown;
}

void show_change(LedgerLine& line, const Measurement& measured) {
  if (!measured.before || !measured.after) return;
  const auto first = parse_date(measured.after->from + "-01");
  const auto last = parse_date(measured.after->to + "-01");
  line.months = recurrence::period_of(*last, recurrence::Period::month) -
                recurrence::period_of(*first, recurrence::Period::month) + 1;
  const bool hides = is_hidden(measured.cases_before) || is_hidden(measured.cases_after);
  if (!is_hidden(measured.cases_before)) line.before = measured.cases_before;
  if (!is_hidden(measured.cases_after)) line.after = measured.cases_after;
  // The sentence and the share are made of both numbers.
  if (hides) return;
  line.percent = measured.percent;
  line.sentence = measured.sentence;
}

LedgerLine line_of(const cases::County& county, const ClassFile& file, PublishedClass&& shown) {
  LedgerLine line;
  const PublicState state = shown.state;
  line.published = std::move(shown);
  line.relapses = file.relapses;
  if (state == PublicState::refused) {
    line.reason = file.rejection;
    return line;
  }
  line.sponsor = file.sponsor;
  line.baseline = file.baseline;
  line.cause = file.cause;
  // Measures are written one by one before the plan: until it stands they are a draft.
  if (!file.plan.empty()) {
    line.plan = file.plan;
    line.measures = file.measures;
  }
  line.treated_on = file.treated_on;
  line.permanent_kind = file.permanent_kind;
  line.permanent_text = file.permanent_text;
  line.permanent_link = file.permanent_link;
  if (state == PublicState::solved) {
    line.solved_on = to_date(*file.verified_at, county.rules.zone);
  }
  if (const auto measured = measurement_of(file)) show_change(line, *measured);
  return line;
}

std::vector<ClassFile> published_files(Reading& reading, RegionId region) {
  std::vector<ClassFile> files;
  for (const ClassRow& row : all_rows(reading, region)) {
    if (row.published) files.push_back(*load_class(reading, region, row.id));
  }
  return files;
}

}  // namespace

std::string_view name(PublicState state) noexcept {
  return state_names[static_cast<std::size_t>(state)];
}

std::string_view name(PublicWords words) noexcept {
  return words_names[static_cast<std::size_t>(words)];
}

std::optional<PublicState> public_state(const ClassFile& file) {
  if (solved_states.has(file.state)) return PublicState::solved;
  if (file.state == State::rejected) return PublicState::refused;
  if (!under_way_states.has(file.state)) return std::nullopt;
  return file.relapses > 0 ? PublicState::came_back : PublicState::under_way;
}

PublicWords public_words(Reading& reading, const cases::Context& context, const ClassRow& row) {
  constexpr States decided = solved_states | under_way_states | States{State::rejected};
  if (row.published) return PublicWords::approved;
  if (!decided.has(row.state)) return PublicWords::none_due;
  const std::vector<Event> events = load_events(reading, context.county.region, row.id);
  const ClassFile file = file_from(events);
  if (cases_known(reading, context, file, events) < smallest_shown) return PublicWords::none_due;
  return file.summary ? PublicWords::to_approve : PublicWords::to_write;
}

std::optional<PublishedClass> published_class_of(Reading& reading, const cases::County& county,
                                                 cases::CaseId id) {
  const auto membership = membership_of(reading, county.region, id);
  if (!membership) return std::nullopt;
  const auto row = load_row(reading, county.region, membership->class_id);
  if (!row || !row->published) return std::nullopt;
  return published(county, *load_class(reading, county.region, membership->class_id));
}

std::vector<LedgerLine> ledger(Reading& reading, const cases::County& county) {
  std::vector<LedgerLine> lines;
  for (const ClassFile& file : published_files(reading, county.region)) {
    if (auto shown = published(county, file)) {
      lines.push_back(line_of(county, file, std::move(*shown)));
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const LedgerLine& a, const LedgerLine& b) {
    return a.published.since > b.published.since;
  });
  return lines;
}

std::vector<PublishedClass> nearby_published(Reading& reading, const cases::County& county,
                                             const AboutToSay& said) {
  const auto line = said.category.empty()
                        ? std::vector<std::string>()
                        : places_and_units::category_line(reading, county.region, said.category);
  std::vector<PublishedClass> all;
  for (const ClassFile& file : published_files(reading, county.region)) {
    auto shown = published(county, file);
    if (!shown || shown->state == PublicState::refused) continue;
    if (said.place.empty() || lies_in(said.place, shown->definition.places)) {
      all.push_back(std::move(*shown));
    }
  }
  std::vector<Described> described;
  for (const PublishedClass& one : all) {
    described.push_back(
        {one.title, one.text,
         std::find(line.begin(), line.end(), one.definition.category) != line.end()});
  }
  std::vector<PublishedClass> found;
  for (const std::size_t index : nearest(described, said.words)) {
    if (found.size() == most_near) break;
    found.push_back(std::move(all[index]));
  }
  return found;
}

Outcome join(Transaction& transaction, const cases::Context& context, const cases::Receipt& receipt,
             ClassId id) {
  if (receipt.repeated) return {};
  const auto file = load_class(transaction, context.county.region, id);
  const auto shown = file ? published(context.county, *file) : std::nullopt;
  if (!shown || shown->state == PublicState::refused) return {};
  const auto kept = cases::load_file(transaction, context.county.region, receipt.case_id);
  if (!kept || !may_be_counted(*kept)) return {};
  const cases::Context program{context.county,
                               context.keyring,
                               context.entropy,
                               context.now,
                               {accounts::Role::system, {}, {}}};
  MINHU_TRY(const ClassFile joined, link_case(transaction, program, id, receipt.case_id));
  return {};
}

Result<cases::Receipt> receive_joined(Transaction& transaction, const cases::Context& context,
                                      const cases::PreparedWords& words, ClassId id) {
  MINHU_TRY(cases::Receipt receipt, cases::receive(transaction, context, words));
  MINHU_CHECK_OK(join(transaction, context, receipt, id));
  return receipt;
}

}  // namespace minhu::classes
