#include "features/rights/rights.h"

#include "features/cases/edges.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/cases/telephone.h"
#include "features/rights/own_step.h"

namespace minhu::rights {

namespace {

using cases::EventKind;

Result<cases::Contact> contact_of(Reading& reading, const cases::Context& context,
                                  const cases::CaseFile& file) {
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, file.id, context.keyring));
  MINHU_TRY(const Bytes bytes, cases::read_content(reading, region, key, file.contact));
  return cases::contact_of(to_text(bytes));
}

// Puts what was typed where the speaker is reached by it. What cannot be that is refused: it would
// be kept, nobody would hear of anything, and the number of before, another's by now, would be
// rung.
Outcome put_right(cases::Contact& contact, const std::string& typed, bool may_be_called) {
  const auto at_fault = [](const char* key) {
    return fail(FaultCode::invalid_input, key, "reach");
  };
  const std::string digits = cases::digits_of_telephone(typed);
  if (contact.way == "sms" || contact.way == "voice") {
    if (digits.empty()) return at_fault("rights.contact_phone");
    if (contact.way == "sms" && !cases::is_mobile(digits)) return at_fault("rights.contact_mobile");
    contact.phone = digits;
    return {};
  }
  const bool by_address = contact.way == "mail" || contact.way == "paper";
  // Beside the address a number may have been left, to be called or for a name.
  if (!digits.empty() && (!by_address || !contact.phone.empty())) {
    contact.phone = digits;
    return {};
  }
  if (contact.way == "mail" && typed.find('@') == std::string::npos) {
    return at_fault("rights.contact_mail");
  }
  if (contact.way == "paper" && !digits.empty()) return at_fault("rights.contact_address");
  if (!by_address) {
    if (may_be_called) return at_fault("rights.contact_phone");
    contact.phone.clear();
  }
  contact.address = typed;
  return {};
}

}  // namespace

Result<Stored> everything(Reading& reading, const cases::Context& context, cases::CaseId id) {
  if (context.actor.role != accounts::Role::speaker) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  MINHU_TRY(cases::CaseView view, cases::view_case(reading, context, id));
  Stored stored{std::move(view), std::nullopt, {}, {}, {}};
  const cases::CaseFile& file = stored.view.file;
  if (!file.erased && !file.contact.empty()) {
    MINHU_TRY(cases::Contact contact, contact_of(reading, context, file));
    stored.contact = Sealed(std::move(contact));
  }
  stored.publication = publication_of(cases::load_events(reading, context.county.region, id));
  for (const cases::TimelineEntry& entry : stored.view.timeline) {
    if (entry.event.kind == EventKind::received) stored.notice = entry.event.fact("notice");
    if (entry.event.kind != EventKind::identity_revealed) continue;
    stored.looks.push_back({entry.event.happened_at, entry.event.actor,
                            entry.texts.empty() ? std::string() : entry.texts.front().text});
  }
  return stored;
}

Result<cases::Event> correct_contact(Transaction& transaction, const cases::Context& context,
                                     cases::CaseId id, const Sealed<std::string>& reach) {
  MINHU_TRY(const cases::CaseFile file, own_file(transaction, context, id, "receipt:correct"));
  if (file.contact.empty()) return fail(FaultCode::conflict, "rights.no_contact");
  const std::string& typed = reach.reveal_because("kept in place of what the speaker gave before");
  if (typed.empty()) return fail(FaultCode::invalid_input, "rights.contact_empty", "reach");
  MINHU_TRY(cases::Contact contact, contact_of(transaction, context, file));
  MINHU_CHECK_OK(put_right(contact, typed, file.may_be_called));

  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, region, id, context.keyring));
  const cases::SealedContent content =
      cases::seal_content(key, cases::ContentRole::contact, cases::contact_type,
                          as_bytes(cases::to_json(contact)), context.now, context.entropy);
  cases::store_content(transaction, region, id, content, context.now);
  cases::Event event = change(context, file, "corrected");
  event.contents.push_back(content.ref);
  return append(transaction, context, file, std::move(event));
}

Result<cases::Event> stop_calls(Transaction& transaction, const cases::Context& context,
                                cases::CaseId id) {
  MINHU_TRY(const cases::CaseFile file, own_file(transaction, context, id, "receipt:correct"));
  if (!file.may_be_called) return fail(FaultCode::conflict, "rights.no_calls_wished");
  return append(transaction, context, file, change(context, file, "no_calls"));
}

Outcome may_erase(const cases::CaseFile& file) {
  if (file.erased) return fail(FaultCode::gone, "cases.erased");
  if (!cases::ended_states.has(file.state)) {
    return fail(FaultCode::conflict, "rights.still_open");
  }
  return {};
}

Result<cases::Event> erase(Transaction& transaction, const cases::Context& context,
                           cases::CaseId id) {
  MINHU_TRY(const cases::CaseFile file, own_file(transaction, context, id, "receipt:erase"));
  MINHU_CHECK_OK(may_erase(file));
  return cases::erase(transaction, context, id, "asked_by_speaker");
}

}  // namespace minhu::rights
