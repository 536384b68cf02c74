#include "features/visits/booking.h"

#include <algorithm>

#include "features/visits/edges.h"
#include "features/visits/step_fields.h"
#include "features/visits/steps.h"
#include "features/visits/store.h"
#include "features/visits/telling.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace minhu::visits {

namespace {

constexpr std::size_t code_digits = 12;

tl::unexpected<Fault> no_such_booking() {
  return fail(FaultCode::not_found, "visits.no_such_booking");
}

// The same for the same request, so that a repeat is answered with the same code; nobody without
// the key of the installation and the token of the client can make it.
Sealed<std::string> code_of(const cases::Keyring& keyring, VisitId visit, GroupId group,
                            const cases::ClientToken& token) {
  const Digest hash = keyed_hash(keyring.query_code, {as_bytes("minhu/visit-booking-code/v1"),
                                                      visit.bytes(), group.bytes(), token});
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash[i];
  const std::string digits = std::to_string(value % 1'000'000'000'000);
  return Sealed(std::string(code_digits - digits.size(), '0') + digits);
}

Digest hash_of_code(const cases::Keyring& keyring, GroupId group, std::string_view code) {
  return keyed_hash(keyring.code_hash,
                    {as_bytes("minhu/visit-booking/v1"), group.bytes(), as_bytes(code)});
}

bool is_to_be_heard(const Group& group) {
  return group.state == GroupState::waiting || group.state == GroupState::called ||
         group.state == GroupState::speaking;
}

// Groups that will be called before this one gets its turn.
std::int64_t ahead_of(const Visit& visit, const Group& group) {
  return std::count_if(visit.groups.begin(), visit.groups.end(), [&](const Group& other) {
    if (other.number == group.number) return false;
    const bool waits = is_to_be_heard(other);
    if (group.state == GroupState::listed) {
      return waits || (other.state == GroupState::listed && other.number < group.number);
    }
    return waits && other.number < group.number;
  });
}

bool has_room_for(const Visit& visit, Way way) {
  const std::int64_t walk_ins = visit.taken() - visit.taken_by_booking();
  return visit.free_to_book() > 0 || (way == Way::walk_in && walk_ins < visit.walk_in_quota);
}

// About when it is the turn of that number: after those who have a place before it, and on the day
// itself not before those who still wait have been heard.
Instant turn_of(const Visit& visit, std::int64_t number, Instant now) {
  std::int64_t placed = 0;
  std::int64_t waiting = 0;
  for (const Group& other : visit.groups) {
    if (other.number >= number) continue;
    if (other.placed) ++placed;
    if (is_to_be_heard(other)) ++waiting;
  }
  const std::int64_t slot = visit.slot_minutes * 60'000;
  return {std::max(visit.begins.unix_ms + placed * slot, now.unix_ms + waiting * slot)};
}

Result<Contact> checked(const Contact& given) {
  Contact contact = given;
  if (!contact.phone.empty()) {
    MINHU_TRY(contact.phone, plain_phone(contact.phone));
  }
  MINHU_TRY(contact.name, clean_text(contact.name));
  if (code_points(contact.name) > longest_name) return name_too_long();
  MINHU_TRY(contact.words, clean_text(contact.words));
  if (code_points(contact.words) > longest_words) {
    return fail(FaultCode::invalid_input, "visits.too_long", "words",
                std::map<std::string, std::string>{{"most", std::to_string(longest_words)}});
  }
  std::sort(contact.needs.begin(), contact.needs.end());
  contact.needs.erase(std::unique(contact.needs.begin(), contact.needs.end()), contact.needs.end());
  return contact;
}

Booked answer_of(const cases::Context& context, const Visit& visit, const Group& group,
                 const cases::ClientToken& token, bool repeated) {
  return {visit.id,
          group.id,
          group.number,
          group.state == GroupState::listed,
          ahead_of(visit, group),
          group.told,
          code_of(context.keyring, visit.id, group.id, token),
          repeated};
}

struct Place {
  EventKind kind;
  bool has_time;
};

Result<Booked> add(Transaction& transaction, const cases::Context& context, Visit&& visit,
                   const Booking& booking, Place place, const cases::ClientToken& token,
                   const Digest& request) {
  const RegionId region = context.county.region;
  if (booking.people < 1 || booking.people > most_people) {
    return at_fault("visits.people_wrong", "people");
  }
  MINHU_TRY(const Contact contact,
            checked(booking.contact.reveal_because("checked before it is sealed")));
  const auto group = context.entropy.id<GroupId>(context.now);
  MINHU_TRY(const cases::ContentId content,
            keep_contact(transaction, context, visit, group, Sealed(contact)));
  const auto number = static_cast<std::int64_t>(visit.groups.size()) + 1;
  Facts facts{{"group", group.text()},
              {"number", std::to_string(number)},
              {"way", std::string(name(booking.way))},
              {"people", std::to_string(booking.people)}};
  if (place.has_time) {
    facts["told"] = std::to_string(turn_of(visit, number, context.now).unix_ms);
  }
  if (!content.empty()) facts["contact"] = content.text();
  append(transaction, context.county, visit,
         {next_event(context, visit, place.kind, std::move(facts))});
  const Booked booked = answer_of(context, visit, visit.groups.back(), token, false);
  const Digest code =
      hash_of_code(context.keyring, group, booked.code.reveal_because("kept as a hash"));
  transaction.execute(
      "INSERT INTO visit_code(region_id, visit_id, group_id, code_hash) VALUES (?1, ?2, ?3, ?4)",
      {param(region), param(visit.id), param(group), BytesView(code)});
  remember_request(transaction, region, request, {visit.id, group});
  return booked;
}

// The booking that this token made before. Whoever gave it back and goes back to the form must not
// read there that they have a place.
Result<std::optional<Booked>> booked_before(Reading& reading, const cases::Context& context,
                                            const Visit& visit, const cases::ClientToken& token,
                                            const Digest& request) {
  const auto before = request_before(reading, context.county.region, request);
  const Group* group = before && before->visit == visit.id ? visit.group(before->group) : nullptr;
  if (group == nullptr) return std::optional<Booked>();
  if (group->state == GroupState::withdrawn) {
    return fail(FaultCode::conflict, "visits.given_back");
  }
  return std::optional(answer_of(context, visit, *group, token, true));
}

Digest request_of(const cases::Context& context, VisitId id, const cases::ClientToken& token) {
  return cases::hash_of_token(context.keyring, "visit booking " + id.text(), token);
}

Outcome give_back(Transaction& transaction, const cases::Context& context, Visit& visit,
                  const Group& group) {
  const GroupEdge* edge = group_edge(EventKind::withdrawn);
  if (!edge->visit.has(visit.state) || !edge->from.has(group.state)) {
    return fail(FaultCode::conflict, "visits.step_not_open");
  }
  const RegionId region = context.county.region;
  const GroupId id = group.id;
  append(transaction, context.county, visit,
         {next_event(context, visit, EventKind::withdrawn, {{"group", id.text()}})});
  const auto moved_up = moving_up(context, visit);
  append(transaction, context.county, visit, moved_up);
  for (const Event& event : moved_up) {
    const auto up = GroupId::parse(event.fact("group"));
    remember_to_tell_of_a_place(transaction, context, visit, up.value_or(GroupId()));
  }
  forget_phone(transaction, region, visit.id, id);
  return {};
}

}  // namespace

tl::unexpected<Fault> name_too_long() {
  return fail(FaultCode::invalid_input, "visits.name_long", "name",
              std::map<std::string, std::string>{{"most", std::to_string(longest_name)}});
}

Result<Booked> book(Transaction& transaction, const cases::Context& context, VisitId id,
                    const Booking& booking, const cases::ClientToken& token) {
  auto visit = load_visit(transaction, context.county.region, id);
  if (!visit || !visit->public_now()) return fail(FaultCode::not_found, "visits.no_such_visit");
  MINHU_ASSERT(booking.way != Way::walk_in);
  // By the page everybody may; on the telephone and at the counter somebody of the office does it.
  if (booking.way != Way::page && !accounts::decide(context.actor, "visit:book").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  const Digest request = request_of(context, id, token);
  MINHU_TRY(const auto before, booked_before(transaction, context, *visit, token, request));
  if (before) return *before;
  if (!visit->bookable() || context.now >= visit->begins) {
    return fail(FaultCode::conflict, "visits.not_bookable");
  }
  if (visit->free_to_book() > 0) {
    return add(transaction, context, std::move(*visit), booking, {EventKind::booked, true}, token,
               request);
  }
  if (visit->on_the_list() < visit->waiting_places) {
    return add(transaction, context, std::move(*visit), booking, {EventKind::listed, false}, token,
               request);
  }
  return fail(
      FaultCode::conflict, "visits.full", std::string(),
      std::map<std::string, std::string>{{"ahead", std::to_string(visit->on_the_list())},
                                         {"walk_ins", std::to_string(visit->walk_in_quota)}});
}

Result<Booked> walk_in(Transaction& transaction, const cases::Context& context, VisitId id,
                       const Booking& booking, const cases::ClientToken& token) {
  auto visit = load_visit(transaction, context.county.region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  if (!decide(context, *visit, "visit:hold").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  const Digest request = request_of(context, id, token);
  MINHU_TRY(const auto before, booked_before(transaction, context, *visit, token, request));
  if (before) return *before;
  if (!group_edge(EventKind::walked_in)->visit.has(visit->state) || visit->form == Form::field) {
    return fail(FaultCode::conflict, "visits.step_not_open");
  }
  Booking coming = booking;
  coming.way = Way::walk_in;
  const bool has_place = has_room_for(*visit, Way::walk_in);
  return add(transaction, context, std::move(*visit), coming,
             {has_place ? EventKind::walked_in : EventKind::listed, has_place}, token, request);
}

Result<OwnBooking> own_booking(Reading& reading, const cases::Context& context, VisitId id,
                               std::int64_t number, const Sealed<std::string>& code) {
  const RegionId region = context.county.region;
  auto visit = load_visit(reading, region, id);
  if (!visit || number < 1 || number > static_cast<std::int64_t>(visit->groups.size())) {
    return no_such_booking();
  }
  const Group group = visit->groups[static_cast<std::size_t>(number) - 1];
  const Digest given = hash_of_code(context.keyring, group.id,
                                    code.reveal_because("compared with the hash that is kept"));
  const auto fits = reading.first(
      "SELECT code_hash FROM visit_code WHERE region_id = ?1 AND visit_id = ?2 AND group_id = ?3",
      {param(region), param(id), param(group.id)},
      [&](const Row& row) { return equal_in_constant_time(row.bytes(0), given); });
  if (!fits.value_or(false)) return no_such_booking();
  const std::int64_t ahead = ahead_of(*visit, group);
  return OwnBooking{std::move(*visit), group, ahead};
}

Outcome withdraw(Transaction& transaction, const cases::Context& context, VisitId id,
                 std::int64_t number, const Sealed<std::string>& code) {
  MINHU_TRY(OwnBooking own, own_booking(transaction, context, id, number, code));
  return give_back(transaction, context, own.visit, own.group);
}

Outcome withdraw_for(Transaction& transaction, const cases::Context& context, VisitId id,
                     GroupId group_id) {
  auto visit = load_visit(transaction, context.county.region, id);
  if (!visit) return fail(FaultCode::not_found, "visits.no_such_visit");
  if (!decide(context, *visit, "visit:hold").allowed) {
    return fail(FaultCode::not_allowed, "visits.not_allowed");
  }
  const Group* group = visit->group(group_id);
  if (group == nullptr) return fail(FaultCode::not_found, "visits.no_such_group");
  return give_back(transaction, context, *visit, Group(*group));
}

Result<Sealed<std::string>> parse_booking_code(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (c != ' ' && c != '-') {
      return no_such_booking();
    }
  }
  if (digits.size() != code_digits) return no_such_booking();
  return Sealed(std::move(digits));
}

std::string show_booking_code(std::string_view code) {
  std::string shown;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) shown.push_back(' ');
    shown.push_back(code[i]);
  }
  return shown;
}

std::vector<Event> moving_up(const cases::Context& context, const Visit& visit) {
  cases::Context program = context;
  program.actor = {accounts::Role::system, {}, {}};
  Visit after = visit;
  std::vector<Event> events;
  for (const Group& group : visit.groups) {
    if (group.state != GroupState::listed || !has_room_for(after, group.way)) continue;
    const Instant told = turn_of(after, group.number, context.now);
    events.push_back(
        next_event(program, after, EventKind::moved_up,
                   {{"group", group.id.text()}, {"told", std::to_string(told.unix_ms)}}));
    apply(after, events.back());
  }
  return events;
}

}  // namespace minhu::visits
