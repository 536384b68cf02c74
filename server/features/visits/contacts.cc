#include "features/visits/contacts.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "features/cases/content.h"
#include "features/cases/said.h"
#include "features/cases/telephone.h"
#include "features/visits/step_fields.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"
#include "features/visits/telling.h"
#include "kernel/utf8.h"

namespace minhu::visits {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;

std::string to_json(const Contact& contact) {
  boost::json::array needs;
  for (const Need need : contact.needs) needs.push_back(boost::json::value(name(need)));
  return boost::json::serialize(boost::json::object{{"name", contact.name},
                                                    {"phone", contact.phone},
                                                    {"needs", needs},
                                                    {"words", contact.words},
                                                    {"language", contact.language}});
}

Contact contact_of(std::string_view json) try {
  const boost::json::value value = boost::json::parse(json);
  const auto& object = value.as_object();
  const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
  Contact contact{text("name"), text("phone"), {}, text("words"), {}};
  // Bookings from before it was kept have none.
  if (object.contains("language")) contact.language = text("language");
  for (const auto& one : object.at("needs").as_array()) {
    const auto need = named<Need>(std::string_view(one.as_string()));
    if (need) contact.needs.push_back(*need);
  }
  return contact;
} catch (const std::exception&) {
  throw StorageFailure("the contact of a booking is damaged");
}

// Under the visit's own key: once that is destroyed, nobody can try all telephones there are.
Digest hash_of_phone(const cases::CaseKey& key, std::string_view phone) {
  return keyed_hash(key.key, {as_bytes("minhu/visit-phone/v1"), as_bytes(phone)});
}

Result<Contact> read_contact(Reading& reading, RegionId region, const cases::CaseKey& key,
                             const Group& group) {
  MINHU_TRY(const Bytes plain, cases::read_content(reading, region, key, group.contact));
  return contact_of(to_text(plain));
}

}  // namespace

Result<std::string> plain_phone(std::string_view text) {
  MINHU_TRY(const std::string clean, clean_text(text));
  std::string digits = cases::digits_of_telephone(clean);
  if (digits.empty()) return at_fault("visits.phone_wrong", "phone");
  return digits;
}

Result<cases::ContentId> keep_contact(Transaction& transaction, const cases::Context& context,
                                      const Visit& visit, GroupId group,
                                      const Sealed<Contact>& sealed) {
  const RegionId region = context.county.region;
  const Contact& contact = sealed.reveal_because("sealed for those who hold the visit");
  if (contact.empty()) return cases::ContentId();
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, region, visit.contacts, context.keyring));
  if (!contact.phone.empty()) {
    const Digest hash = hash_of_phone(key, contact.phone);
    const auto kept = transaction.try_execute(
        "INSERT INTO visit_phone(region_id, visit_id, phone_hash, group_id) "
        "VALUES (?1, ?2, ?3, ?4)",
        {param(region), param(visit.id), BytesView(hash), param(group)});
    if (!kept) return fail(FaultCode::conflict, "visits.already_booked", "phone");
  }
  const auto content =
      cases::seal_content(key, cases::ContentRole::contact, cases::contact_type,
                          as_bytes(to_json(contact)), context.now, context.entropy);
  cases::store_content(transaction, region, visit.contacts, content, context.now);
  return content.ref.id;
}

void forget_phone(Transaction& transaction, RegionId region, VisitId visit, GroupId group) {
  transaction.execute(
      "DELETE FROM visit_phone WHERE region_id = ?1 AND visit_id = ?2 AND group_id = ?3",
      {param(region), param(visit), param(group)});
}

Result<Sealed<Contact>> open_contact(Transaction& transaction, const cases::Context& context,
                                     VisitId id, GroupId group_id, std::string_view reason) {
  const RegionId region = context.county.region;
  auto visit = load_visit(transaction, region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  if (!decide(context, *visit, "visit:contact").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  MINHU_TRY(const std::string why, public_words(reason, "reason", 200));
  const Group* group = visit->group(group_id);
  if (group == nullptr) return fail(FaultCode::not_found, "visits.no_such_group");
  if (group->contact.empty()) return fail(FaultCode::gone, "visits.contact_gone");
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(transaction, region, visit->contacts, context.keyring));
  MINHU_TRY(Contact contact, read_contact(transaction, region, key, *group));
  append(transaction, context.county, *visit,
         {next_event(context, *visit, EventKind::contact_opened,
                     {{"group", group_id.text()}, {"reason", why}})});
  return Sealed(std::move(contact));
}

std::optional<Sealed<Contact>> contact_for_telling(Reading& reading, const cases::Context& context,
                                                   const Visit& visit, const Group& group) {
  if (group.contact.empty() || visit.contacts_destroyed) return std::nullopt;
  const RegionId region = context.county.region;
  const auto key = cases::load_case_key(reading, region, visit.contacts, context.keyring);
  if (!key) return std::nullopt;
  auto contact = read_contact(reading, region, *key, group);
  if (!contact) return std::nullopt;
  return Sealed(std::move(*contact));
}

std::vector<NeedCount> needs_of(Reading& reading, const cases::Context& context,
                                const Visit& visit) {
  std::vector<NeedCount> counts;
  if (!visit.public_now() || visit.contacts_destroyed) return counts;
  const RegionId region = context.county.region;
  const auto key = cases::load_case_key(reading, region, visit.contacts, context.keyring);
  if (!key) return counts;
  for (const Group& group : visit.groups) {
    if (group.contact.empty() || group.state == GroupState::withdrawn || group.finished()) continue;
    const auto contact = read_contact(reading, region, *key, group);
    if (!contact) continue;
    for (const Need need : contact->needs) {
      const auto found = std::find_if(counts.begin(), counts.end(),
                                      [&](const NeedCount& one) { return one.need == need; });
      if (found == counts.end()) {
        counts.push_back({need, 1});
      } else {
        ++found->groups;
      }
    }
  }
  std::sort(counts.begin(), counts.end(),
            [](const NeedCount& a, const NeedCount& b) { return a.need < b.need; });
  return counts;
}

Outcome destroy_contacts(Transaction& transaction, const cases::Context& context, Visit& visit) {
  if (!visit.public_now() || visit.contacts_destroyed) return {};
  const RegionId region = context.county.region;
  cases::erase_content(transaction, region, visit.contacts);
  for (const std::string_view sql :
       {"DELETE FROM visit_phone WHERE region_id = ?1 AND visit_id = ?2",
        "DELETE FROM visit_code WHERE region_id = ?1 AND visit_id = ?2"}) {
    transaction.execute(sql, {param(region), param(visit.id)});
  }
  forget_to_tell(transaction, region, visit.id);
  cases::Context program = context;
  program.actor = {accounts::Role::system, {}, {}};
  append(transaction, context.county, visit,
         {next_event(program, visit, EventKind::contacts_destroyed, {})});
  return {};
}

std::int64_t destroy_old_contacts(Transaction& transaction, const cases::Context& context) {
  const Instant before{context.now.unix_ms - days_of_contacts * day_ms};
  // A year back is enough: what is older has been met by an earlier run.
  std::int64_t destroyed = 0;
  for (const VisitRow& row :
       between(transaction, context.county.region, Instant{before.unix_ms - 366 * day_ms},
               Instant{before.unix_ms + 366 * day_ms})) {
    if (row.begins >= before && row.state != State::cancelled) continue;
    auto visit =
        row.is_public ? load_visit(transaction, context.county.region, row.id) : std::nullopt;
    if (!visit || visit->contacts_destroyed) continue;
    // Cancelled long before its day: counted from when that was said, whatever was posted since.
    if (row.begins >= before && visit->not_held.back().said_at >= before) continue;
    if (destroy_contacts(transaction, context, *visit)) ++destroyed;
  }
  return destroyed;
}

}  // namespace minhu::visits
