#include "features/desk/office_drafts.h"

#include <boost/json.hpp>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"

namespace minhu::desk {

namespace {

namespace bj = boost::json;

constexpr std::string_view step_prefix = "step:";

// Moved to another case, unit or tab it no longer opens.
Bytes place_of(const cases::Context& context, cases::CaseId id, std::string_view tab) {
  Bytes place = to_bytes("minhu/desk-draft/v1");
  place.insert(place.end(), id.bytes().begin(), id.bytes().end());
  const BytesView unit = context.actor.unit.bytes();
  place.insert(place.end(), unit.begin(), unit.end());
  place.insert(place.end(), tab.begin(), tab.end());
  return place;
}

std::string to_json(const DraftFields& fields) {
  bj::object object;
  for (const auto& [name, text] : fields) object[name] = text;
  return bj::serialize(object);
}

DraftFields fields_of(std::string_view json) {
  DraftFields fields;
  const bj::value parsed = bj::parse(bj::string_view(json.data(), json.size()));
  for (const auto& member : parsed.as_object()) {
    fields.emplace(member.key(), member.value().as_string());
  }
  return fields;
}

Result<cases::CaseFile> readable(Reading& reading, const cases::Context& context,
                                 cases::CaseId id) {
  cases::Sight sight(reading, context);
  auto file = sight.find(id);
  if (!file || context.actor.unit.empty() || !sight.may_read(*file)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  return std::move(*file);
}

struct Stored {
  std::int64_t revision = 0;
  Instant saved_at;
  Bytes sealed;
};
std::optional<Stored> stored(Reading& reading, const cases::Context& context, cases::CaseId id,
                             std::string_view tab) {
  return reading.first(
      "SELECT revision, saved_at, sealed FROM desk_draft "
      "WHERE region_id = ?1 AND case_id = ?2 AND unit_id = ?3 AND tab = ?4",
      {param(context.county.region), param(id), param(context.actor.unit), tab},
      [](const Row& row) {
        return Stored{row.integer(0), row.instant(1),
                      Bytes(row.bytes(2).begin(), row.bytes(2).end())};
      });
}

Result<OfficeDraft> opened(const cases::Context& context, const cases::CaseKey& key,
                           const std::string& tab, const Stored& draft) {
  MINHU_TRY(const Bytes plain,
            open_sealed(key.key, draft.sealed, place_of(context, key.case_id, tab)));
  return OfficeDraft{tab, fields_of(to_text(plain)), draft.revision, draft.saved_at,
                     context.actor.unit};
}

void remove(Transaction& transaction, const cases::Context& context, cases::CaseId id,
            std::string_view tab) {
  transaction.execute(
      "DELETE FROM desk_draft WHERE region_id = ?1 AND case_id = ?2 AND unit_id = ?3 AND tab = ?4",
      {param(context.county.region), param(id), param(context.actor.unit), tab});
}

}  // namespace

Result<std::string> draft_tab(std::string_view text) {
  const bool step = text.starts_with(step_prefix) &&
                    cases::named<cases::EventKind>(text.substr(step_prefix.size()));
  if (text != "answer" && text != "note" && !step) {
    return fail(FaultCode::invalid_input, "desk.unknown_tab", "tab");
  }
  return std::string(text);
}

Result<std::optional<OfficeDraft>> find_draft(Reading& reading, const cases::Context& context,
                                              cases::CaseId id, const std::string& tab) {
  MINHU_TRY(const cases::CaseFile file, readable(reading, context, id));
  const auto found = stored(reading, context, id, tab);
  if (!found || file.erased) return std::optional<OfficeDraft>();
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, context.county.region, id, context.keyring));
  MINHU_TRY(OfficeDraft draft, opened(context, key, tab, *found));
  return std::optional(std::move(draft));
}

Result<KeptDraft> keep_draft(Transaction& transaction, const cases::Context& context,
                             cases::CaseId id, const std::string& tab, DraftFields fields,
                             std::int64_t read_revision) {
  MINHU_TRY(const cases::CaseFile file, readable(transaction, context, id));
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, context.county.region, file.id, context.keyring));
  const auto before = stored(transaction, context, id, tab);
  if ((before ? before->revision : 0) != read_revision) {
    if (!before) return KeptDraft{false, std::nullopt};
    MINHU_TRY(OfficeDraft theirs, opened(context, key, tab, *before));
    return KeptDraft{false, std::move(theirs)};
  }
  OfficeDraft draft{tab, std::move(fields), read_revision + 1, context.now, context.actor.unit};
  const Bytes sealed = seal(key.key, as_bytes(to_json(draft.fields)), place_of(context, id, tab),
                            context.entropy.bytes<24>());
  transaction.execute(
      "INSERT INTO desk_draft(region_id, case_id, unit_id, tab, revision, saved_at, sealed) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
      "ON CONFLICT (region_id, case_id, unit_id, tab) DO UPDATE SET revision = excluded.revision, "
      "saved_at = excluded.saved_at, sealed = excluded.sealed",
      {param(context.county.region), param(id), param(context.actor.unit), std::string_view(tab),
       draft.revision, param(draft.saved_at), BytesView(sealed)});
  return KeptDraft{true, std::move(draft)};
}

Outcome discard_draft(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                      const std::string& tab) {
  MINHU_TRY(const cases::CaseFile file, readable(transaction, context, id));
  remove(transaction, context, file.id, tab);
  return {};
}

void forget_draft_of(Transaction& transaction, const cases::Context& context, cases::CaseId id,
                     cases::EventKind kind) {
  if (context.actor.unit.empty()) return;
  remove(transaction, context, id, std::string(step_prefix) + std::string(cases::name(kind)));
  if (kind == cases::EventKind::answered) remove(transaction, context, id, "answer");
  if (kind == cases::EventKind::noted) remove(transaction, context, id, "note");
}

namespace {

class ErasingDrafts final : public cases::Derivation {
 public:
  void derive(Transaction& transaction, const cases::County& county,
              std::span<const cases::Event> history, std::size_t known) const override {
    for (const cases::Event& event : history.subspan(known)) {
      const bool over =
          event.kind == cases::EventKind::erased || event.kind == cases::EventKind::held;
      if (!over) continue;
      transaction.execute("DELETE FROM desk_draft WHERE region_id = ?1 AND case_id = ?2",
                          {param(county.region), param(event.case_id)});
    }
  }
};

}  // namespace

const cases::Derivation& erasing_drafts() {
  static const ErasingDrafts derivation;
  return derivation;
}

std::int64_t forget_old_drafts(Transaction& transaction, RegionId region, Instant now) {
  return transaction.execute("DELETE FROM desk_draft WHERE region_id = ?1 AND saved_at < ?2",
                             {param(region), now.unix_ms - draft_kept_for_ms});
}

}  // namespace minhu::desk
