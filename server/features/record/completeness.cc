#include "features/record/completeness.h"

#include <algorithm>

#include "features/cases/store.h"
#include "features/insight/contribution.h"
#include "features/insight/hiding.h"
#include "features/record/files.h"
#include "features/record/rows.h"

namespace minhu::record {

namespace {

using merkle::Counted;
using merkle::CountedCase;

constexpr std::int64_t page = 500;

// Of features/accusations, which stands beside this feature: what it writes into the step.
bool is_final_decision(std::string_view decision) {
  return decision == "handed_over" || decision == "not_accepted" || decision == "concluded";
}

// How a report under seal is counted.
enum class UnderSeal : std::uint8_t { in_time, late, open };

struct Derived {
  merkle::CaseLine line{};
  cases::CaseId id;
  std::optional<CountedCase> counted;  // nothing of what came in as a report under seal
  // By what was known at the checkpoint: nothing for whatever came under seal after it. The same
  // whenever it is asked, so that an audit years later finds the same numbers.
  std::optional<UnderSeal> under_seal;
};

UnderSeal under_seal(std::span<const cases::Event> history) {
  const Instant term{history.front().happened_at.unix_ms +
                     std::int64_t{days_to_answer_under_seal} * 24 * 3'600'000};
  for (const cases::Event& event : history) {
    if (event.kind != cases::EventKind::sealed_step || event.fact("what") != "decided") continue;
    if (!is_final_decision(event.fact("decision"))) continue;
    return event.recorded_at <= term ? UnderSeal::in_time : UnderSeal::late;
  }
  return UnderSeal::open;
}

merkle::SealedCounts sealed_counts(const std::vector<Derived>& all) {
  std::vector<std::int64_t> parts(3, 0);
  for (const Derived& one : all) {
    if (one.under_seal) ++parts[static_cast<std::size_t>(*one.under_seal)];
  }
  const std::int64_t received = parts[0] + parts[1] + parts[2];
  if (received < insight::smallest_shown) return {};
  const auto shown = insight::hide_small(parts);
  return {received, shown[0], shown[1], shown[2]};
}

// How many events there are before it came under seal, where it still is; none of what came in so.
// What is counted of the part before stays as it was whatever becomes of the report: a line that
// went away, or moved, would tell whoever knows the number of the case.
std::size_t length_before_the_seal(std::span<const cases::Event> history) {
  cases::CaseFile file;
  std::size_t length = 0;
  for (std::size_t i = 0; i < history.size(); ++i) {
    cases::apply(file, history[i]);
    if (file.track != cases::Track::accusation) length = i + 1;
  }
  return length;
}

CountedCase counted(const insight::Owed& owed, FixedZone zone) {
  using enum insight::Standing;
  CountedCase one;
  if (owed.standing && *owed.standing < late) {
    one.as = Counted::in_time;
  } else if (owed.standing == late) {
    one.as = Counted::late;
  } else {
    const bool is_open = !owed.standing || owed.standing == parked;
    one.why = owed.standing ? std::string(insight::name(*owed.standing)) : "open";
    if (is_open && owed.due) one.due = to_date(*owed.due, zone);
  }
  return one;
}

// The position of the first leaf that a tree of that size does not hold.
Result<std::int64_t> end_of_tree(Reading& reading, RegionId region, std::uint64_t size) {
  const auto batch = size == 0
                         ? std::nullopt
                         : batch_holding(reading, region, static_cast<std::int64_t>(size) - 1);
  const auto last =
      batch ? batch->first_index + static_cast<std::int64_t>(batch->entries.size()) : -1;
  if (!batch || last != static_cast<std::int64_t>(size)) {
    return fail(FaultCode::conflict, "record.checkpoint_of_another_tree");
  }
  return batch->first_position + batch->leaves;
}

class Deriver {
 public:
  Deriver(const AuditParts& parts, const cases::County& county, const merkle::Months& months)
      : parts_(parts), county_(county), months_(months) {}

  // Of the cases whose first leaf stands before `end`, in order of line.
  std::vector<Derived> up_to(std::int64_t end) const {
    std::vector<Derived> all;
    for (std::int64_t position = 0; position < end;) {
      parts_.database.read([&](Reading& reading) {
        const auto rows =
            leaves_from(reading, parts_.region, position, std::min(page, end - position));
        for (const LeafRow& row : rows) {
          if (row.seq == 0 && row.of_a_case()) derive(reading, row.case_id(), end, all);
        }
        position = rows.empty() ? end : rows.back().position + 1;
        return true;
      });
    }
    std::sort(all.begin(), all.end(),
              [](const Derived& a, const Derived& b) { return a.line < b.line; });
    return all;
  }

 private:
  void derive(Reading& reading, cases::CaseId id, std::int64_t end,
              std::vector<Derived>& all) const {
    const std::vector<cases::Event> events = cases::load_events(reading, parts_.region, id);
    const FixedZone zone = county_.rules.zone;
    if (events.empty() || !months_.has(to_date(events.front().happened_at, zone))) return;
    const auto leaves = leaves_of(reading, parts_.region, id.uuid());
    const auto known = static_cast<std::size_t>(std::count_if(
        leaves.begin(), leaves.end(), [end](const LeafRow& leaf) { return leaf.position < end; }));
    const std::span<const cases::Event> history(events.data(), std::min(known, events.size()));
    if (history.empty()) return;
    Derived derived{merkle::line_of(months_, id.uuid()), id, std::nullopt, std::nullopt};
    const std::size_t openly = length_before_the_seal(history);
    if (openly > 0) {
      derived.counted = counted(insight::owed_in(county_, history.first(openly)), zone);
      derived.counted->line = derived.line;
    }
    if (openly < history.size()) derived.under_seal = under_seal(history);
    all.push_back(std::move(derived));
  }

  const AuditParts& parts_;
  const cases::County& county_;
  const merkle::Months& months_;
};

// Whoever came in those months and stands in no published checkpoint yet would be left out.
Outcome all_are_published(const AuditParts& parts, const cases::County& county,
                          const merkle::Months& months, const std::string& checkpoint) {
  MINHU_TRY(const merkle::Note note, merkle::parse_note(checkpoint));
  MINHU_TRY(const merkle::Checkpoint of, merkle::parse_checkpoint(note.text));
  return parts.database.read([&](Reading& reading) -> Outcome {
    MINHU_TRY(const std::int64_t end, end_of_tree(reading, parts.region, of.head.size));
    std::int64_t left_out = 0;
    for (std::int64_t position = end;;) {
      const auto rows = leaves_from(reading, parts.region, position, page);
      if (rows.empty()) break;
      for (const LeafRow& row : rows) {
        if (row.seq != 0 || !row.of_a_case()) continue;
        const auto events = cases::load_events(reading, parts.region, row.case_id());
        if (!events.empty() && months.has(to_date(events.front().happened_at, county.rules.zone))) {
          ++left_out;
        }
      }
      position = rows.back().position + 1;
    }
    if (left_out == 0) return {};
    return fail(FaultCode::unavailable, "record.complete_not_published", std::string(),
                std::map<std::string, std::string>{{"count", std::to_string(left_out)}});
  });
}

Result<std::vector<Derived>> derive(const AuditParts& parts, const cases::County& county,
                                    const merkle::Months& months, const std::string& checkpoint) {
  MINHU_TRY(const merkle::Note note, merkle::parse_note(checkpoint));
  MINHU_TRY(const merkle::Checkpoint of, merkle::parse_checkpoint(note.text));
  MINHU_TRY(const std::int64_t end, parts.database.read([&](Reading& reading) {
    return end_of_tree(reading, parts.region, of.head.size);
  }));
  return Deriver(parts, county, months).up_to(end);
}

Fault finding(const char* key, const merkle::CaseLine& line, const std::string& id) {
  return {FaultCode::conflict, key, std::string(),
          std::map<std::string, std::string>{{"line", to_base64(line)}, {"case", id}}};
}

}  // namespace

Result<merkle::CompletenessStatement> derive_statement(const AuditParts& parts,
                                                       const cases::County& county,
                                                       const merkle::Months& months,
                                                       const std::string& checkpoint) {
  MINHU_TRY(const merkle::Note note, merkle::parse_note(checkpoint));
  MINHU_TRY(merkle::Checkpoint of, merkle::parse_checkpoint(note.text));
  MINHU_TRY(std::vector<Derived> derived, derive(parts, county, months, checkpoint));
  merkle::CompletenessStatement statement{
      std::move(of.origin), months, checkpoint, {}, std::nullopt};
  if (months.is_quarter()) statement.sealed = sealed_counts(derived);
  for (Derived& one : derived) {
    if (one.counted) statement.cases.push_back(std::move(*one.counted));
  }
  return statement;
}

Result<merkle::CompletenessStatement> state_completeness(const AuditParts& parts,
                                                         const cases::County& county,
                                                         const merkle::Months& months,
                                                         const OnFinding& on_finding) {
  const auto published = parts.files.get(checkpoint_path);
  if (!published) return fail(FaultCode::not_found, "record.nothing_published");
  const Audited audited = audit(parts, on_finding);
  if (audited.findings > 0) {
    return fail(FaultCode::conflict, "record.complete_not_clean", std::string(),
                std::map<std::string, std::string>{{"findings", std::to_string(audited.findings)}});
  }
  MINHU_CHECK_OK(all_are_published(parts, county, months, to_text(*published)));
  MINHU_TRY(merkle::CompletenessStatement statement,
            derive_statement(parts, county, months, to_text(*published)));
  if (statement.cases.size() < fewest_in_a_statement) {
    return fail(FaultCode::invalid_input, "record.complete_too_few", "to");
  }
  return statement;
}

std::int64_t audit_statement(const AuditParts& parts, const cases::County& county,
                             const merkle::CheckedStatement& checked, const OnFinding& on_finding) {
  std::int64_t findings = 0;
  const auto find = [&](Fault fault) {
    ++findings;
    on_finding(fault);
  };
  const merkle::CompletenessStatement& stated = checked.statement;
  const auto derived = derive(parts, county, stated.months, stated.checkpoint);
  if (!derived) {
    find(derived.error());
    return findings;
  }
  // One that was made before they were counted has none.
  if (stated.sealed && *stated.sealed != sealed_counts(*derived)) {
    find(Fault(FaultCode::conflict, "record.complete_sealed_moved"));
  }
  auto line = stated.cases.begin();
  for (const Derived& one : *derived) {
    if (!one.counted) continue;
    for (; line != stated.cases.end() && line->line < one.line; ++line) {
      find(finding("record.complete_unknown", line->line, "-"));
    }
    if (line == stated.cases.end() || line->line != one.line) {
      find(finding("record.complete_left_out", one.line, one.id.text()));
      continue;
    }
    if (*line != *one.counted) {
      find(finding("record.complete_moved", line->line, one.id.text()));
    }
    ++line;
  }
  for (; line != stated.cases.end(); ++line) {
    find(finding("record.complete_unknown", line->line, "-"));
  }
  return findings;
}

}  // namespace minhu::record
