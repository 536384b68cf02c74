#include "features/cases/reading.h"

#include <array>

#include "features/cases/closure.h"
#include "features/cases/store.h"

namespace minhu::cases {

bool may_read(Reader reader, ContentRole role) noexcept {
  switch (role) {
    case ContentRole::words:
    case ContentRole::attachment:
    case ContentRole::public_answer:
    case ContentRole::opinion:
    case ContentRole::reason:
      return true;
    case ContentRole::internal_note:
    case ContentRole::evidence:
      return reader == Reader::office;
    case ContentRole::contact:
      return false;  // reveal() is the only way
  }
  return false;
}

bool shown_to_speaker(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::noted:
    case EventKind::urgent_reported:
    case EventKind::feedback_given:
    case EventKind::recommended:
    case EventKind::recommendation_answered:
    case EventKind::extension_requested:
    case EventKind::extension_refused:
    case EventKind::kept_away:
    case EventKind::recusal_asked:
    case EventKind::recused:
    case EventKind::recusal_declined:
      return false;
    default:
      return true;
  }
}

namespace {

Reader reader_of(const Context& context) {
  return context.actor.role == accounts::Role::speaker ? Reader::speaker : Reader::office;
}

TimelineEntry entry_of(Reading& reading, const Context& context, const std::optional<CaseKey>& key,
                       Reader reader, Event event) {
  TimelineEntry entry{std::move(event), {}, {}};
  if (!key) return entry;
  const RegionId region = context.county.region;
  for (const auto& [field, value] : entry.event.facts) {
    const auto id = ContentId::parse(value);
    if (!id) continue;
    for (const ContentRef& ref : entry.event.contents) {
      if (ref.id != *id || !may_read(reader, ref.role)) continue;
      if (auto text = read_content(reading, region, *key, ref.id)) {
        entry.texts.push_back({field, ref.role, to_text(*text)});
      }
    }
  }
  for (const ContentRef& ref : entry.event.contents) {
    if (ref.role != ContentRole::attachment && ref.role != ContentRole::evidence) continue;
    if (!may_read(reader, ref.role)) continue;
    if (const auto info = content_info(reading, region, key->case_id, ref.id)) {
      entry.attachments.push_back({ref.id, info->media_type, info->size});
    }
  }
  return entry;
}

// Facts that are the id of another case.
constexpr std::array<std::string_view, 4> other_cases{"into", "with", "merged", "retaliation_for"};

void leave_out(Event& event, std::string_view fact) {
  if (const auto found = event.facts.find(fact); found != event.facts.end()) {
    event.facts.erase(found);
  }
}

// What an office reads of a step beside its texts. Which other case it was about is told to those
// who may know of that one: the others learn neither that there is one nor that it is kept from
// them. Whom a report of retaliation accuses has a field of its own for whoever sorts it.
void keep_to_what_is_theirs(Sight& sight, Event& event) {
  leave_out(event, "accused_people");
  for (const std::string_view fact : other_cases) {
    const auto id = CaseId::parse(event.fact(fact));
    if (!id || sight.find(*id)) continue;
    leave_out(event, fact);
    if (fact == "merged") leave_out(event, "because");  // it says the same
  }
}

}  // namespace

bool office_may_read(Reading& reading, const Context& context, const CaseFile& file) {
  return Sight(reading, context).may_read(file);
}

bool may_know(Reading& reading, const Context& context, const CaseFile& file) {
  return Sight(reading, context).may_know(file);
}

namespace {

Result<CaseFile> known_file(Reading& reading, const Context& context, CaseId id) {
  auto file = Sight(reading, context).find(id);
  if (!file) return fail(FaultCode::not_found, "cases.not_found");
  return std::move(*file);
}

Result<JoinedCase> joined_case(Reading& reading, const Context& context, const CaseFile& member) {
  JoinedCase joined{member.id, member.number, member.urged, {}, {}};
  if (member.erased) return joined;
  const RegionId region = context.county.region;
  MINHU_TRY(const CaseKey key, load_case_key(reading, region, member.id, context.keyring));
  MINHU_TRY(const Bytes said, read_content(reading, region, key, member.words));
  joined.said = said_of(to_text(said));
  for (Event& event : load_events(reading, region, member.id)) {
    if (event.kind != EventKind::supplemented) continue;
    for (auto& text : entry_of(reading, context, key, Reader::office, std::move(event)).texts) {
      joined.added.push_back(std::move(text.text));
    }
  }
  return joined;
}

}  // namespace

Result<CaseView> view_case(Reading& reading, const Context& context, CaseId id) {
  MINHU_TRY(CaseFile file, known_file(reading, context, id));
  const Reader reader = reader_of(context);
  std::optional<CaseKey> key;
  if (!file.erased) {
    MINHU_TRY(key, load_case_key(reading, context.county.region, id, context.keyring));
  }
  CaseView view{std::move(file), {}, {}, {}};
  if (key && !view.file.words.empty()) {
    MINHU_TRY(const Bytes said,
              read_content(reading, context.county.region, *key, view.file.words));
    view.said = said_of(to_text(said));
  }
  Sight sight(reading, context);
  for (Event& event : load_events(reading, context.county.region, id)) {
    if (reader == Reader::speaker && !shown_to_speaker(event.kind)) continue;
    if (reader == Reader::office) keep_to_what_is_theirs(sight, event);
    view.timeline.push_back(entry_of(reading, context, key, reader, std::move(event)));
  }
  if (reader == Reader::speaker) return view;
  CaseId& into = view.file.merged_into;
  if (!into.empty() && !sight.find(into)) into = CaseId();
  for (const CaseFile& member : waiting_members(reading, context.county.region, id)) {
    if (sight.kept_from(member)) continue;
    MINHU_TRY(JoinedCase joined, joined_case(reading, context, member));
    view.joined.push_back(std::move(joined));
  }
  return view;
}

Result<Attachment> view_attachment(Reading& reading, const Context& context, CaseId id,
                                   ContentId content) {
  MINHU_TRY(const CaseFile file, known_file(reading, context, id));
  const auto info = content_info(reading, context.county.region, id, content);
  const bool shown =
      info && (info->role == ContentRole::attachment || info->role == ContentRole::evidence) &&
      may_read(reader_of(context), info->role);
  if (!shown) return fail(FaultCode::not_found, "cases.no_content");
  MINHU_TRY(const CaseKey key, load_case_key(reading, context.county.region, id, context.keyring));
  MINHU_TRY(Bytes bytes, read_content(reading, context.county.region, key, content));
  return Attachment{info->media_type, std::move(bytes)};
}

}  // namespace minhu::cases
