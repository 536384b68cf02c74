#include "features/cases/stakes.h"

#include <algorithm>
#include <set>

#include "features/accounts/accounts.h"
#include "features/cases/content.h"
#include "features/cases/program_steps.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "kernel/utf8.h"

namespace minhu::cases {

namespace {

// One character is in every text.
constexpr std::size_t shortest_name = 2;

// Who gets to see the case by that step.
UnitId reached_by(const CaseFile& file, EventKind kind) {
  switch (kind) {
    case EventKind::transferred:
    case EventKind::assigned:
    case EventKind::dispatched:
    case EventKind::objection_refused:
    case EventKind::reopened:
      return file.lead_unit;
    case EventKind::co_handler_added:
      return file.co_units.empty() ? UnitId() : file.co_units.back();
    case EventKind::triaged:
      return file.dispatching_unit;
    case EventKind::review_requested:
    case EventKind::recheck_requested:
      return file.review_unit;
    default:
      return {};
  }
}

bool is_an_answer(EventKind kind) {
  return kind == EventKind::answered || kind == EventKind::answered_on_spot ||
         kind == EventKind::review_answered;
}

// Who wrote an answer, and about whom a supervisor has decided.
struct Past {
  std::set<accounts::AccountId> answered;
  std::set<std::string, std::less<>> decided;
};
Past past_of(Reading& reading, RegionId region, CaseId id) {
  Past past;
  for (const Event& event : load_events(reading, region, id)) {
    if (is_an_answer(event.kind)) past.answered.insert(event.actor.account);
    if (event.kind == EventKind::recusal_declined || event.kind == EventKind::recused) {
      past.decided.emplace(event.fact("official"));
    }
  }
  return past;
}

Result<std::string> words_of(Reading& reading, const Context& context, const CaseFile& file) {
  if (file.erased || file.words.empty()) return std::string();
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseKey key, load_case_key(reading, region, file.id, context.keyring));
  MINHU_TRY(const Bytes sealed, read_content(reading, region, key, file.words));
  const Said said = said_of(to_text(sealed));
  return said.title + '\n' + said.text;
}

}  // namespace

Outcome find_stakes(Transaction& transaction, const Context& context, CaseId id, EventKind kind) {
  const RegionId region = context.county.region;
  auto file = load_file(transaction, region, id);
  const UnitId unit = file ? reached_by(*file, kind) : UnitId();
  if (unit.empty() || file->track == Track::accusation) return {};
  const auto officials = accounts::accounts_in(transaction, region, unit);
  if (officials.empty()) return {};
  MINHU_TRY(const std::string words, words_of(transaction, context, *file));
  const Past past = past_of(transaction, region, id);
  const bool reviewed = kind == EventKind::review_requested || kind == EventKind::recheck_requested;
  for (const accounts::Account& official : officials) {
    const bool named = code_points(official.display_name) >= shortest_name &&
                       words.find(official.display_name) != std::string::npos;
    const bool wrote_it = reviewed && past.answered.contains(official.id);
    const bool known =
        past.decided.contains(official.id.text()) ||
        std::find(file->recused.begin(), file->recused.end(), official.id) != file->recused.end();
    if (known || (!named && !wrote_it)) continue;
    append_of_the_program(transaction, context, *file, EventKind::recusal_asked,
                          {{"official", official.id.text()},
                           {"because", wrote_it ? "wrote_the_answer" : "named_in_it"}});
  }
  return {};
}

}  // namespace minhu::cases
