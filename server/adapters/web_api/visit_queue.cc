#include "adapters/web_api/visit_requests.h"
#include "features/cases/closure.h"
#include "features/visits/contacts.h"
#include "features/visits/queue.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::size_t most_needs = 6;

Result<std::vector<visits::Need>> needs_in(const Members& given) {
  std::vector<visits::Need> needs;
  MINHU_TRY(const bj::array* list, list_in(given, "needs", most_needs));
  if (list == nullptr) return needs;
  for (const bj::value& one : *list) {
    const auto need = one.is_string()
                          ? visits::named<visits::Need>(std::string_view(one.get_string()))
                          : std::nullopt;
    if (!need) return not_a_choice("needs", "openapi.yaml");
    needs.push_back(*need);
  }
  return needs;
}

Result<visits::Booking> booking_in(const Members& given) {
  MINHU_CHECK_OK(given.only({"way", "people", "name", "phone", "needs", "words"}));
  visits::Booking booking;
  MINHU_TRY(const std::string_view way, given.text("way", Presence::required));
  const auto known = visits::named<visits::Way>(way);
  if (!known || *known == visits::Way::page) return not_a_choice("way", "phone, counter, walk_in");
  booking.way = *known;
  MINHU_TRY(const auto people, given.number("people"));
  booking.people = people.value_or(1);
  visits::Contact contact;
  MINHU_TRY(contact.name, given.text("name"));
  MINHU_TRY(contact.phone, given.text("phone"));
  MINHU_TRY(contact.needs, needs_in(given));
  MINHU_TRY(contact.words, given.text("words"));
  booking.contact = Sealed(std::move(contact));
  return booking;
}

Result<visits::GroupId> group_of(const http::Request& request) {
  const auto id = visits::GroupId::parse(request.captures.at(1));
  if (!id) return fail(FaultCode::not_found, "visits.no_such_group");
  return *id;
}

// The case that was made of what the group said. Fault not_found cases.not_found, also for one that
// the actor may not read.
Outcome record(Transaction& transaction, const VisitRequest& asked, visits::GroupId group,
               const FieldTexts& fields) {
  const auto text = fields.find("case");
  const auto id = cases::CaseId::parse(text == fields.end() ? "" : text->second);
  if (!id || !cases::Sight(transaction, asked.context).find(*id)) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  const auto receipt = fields.find("receipt");
  const bool later = receipt != fields.end() && receipt->second == "later";
  return visits::record_case(transaction, asked.context, asked.id, group, *id, !later);
}

}  // namespace

Answer book_visit(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:book"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_TRY(const visits::Booking booking, booking_in(body.members()));
  MINHU_TRY(const visits::Booked booked,
            api.installation.database.write([&](Transaction& transaction) {
              return booking.way == visits::Way::walk_in
                         ? visits::walk_in(transaction, asked.context, asked.id, booking, token)
                         : visits::book(transaction, asked.context, asked.id, booking, token);
            }));
  return json({{"group", booked.group.text()},
               {"number", booked.number},
               {"listed", booked.listed},
               {"ahead", booked.ahead},
               {"told", booked.told.unix_ms == 0 ? bj::value(nullptr)
                                                 : bj::value(format_instant(booked.told))},
               {"code", visits::show_booking_code(booked.code.reveal_because(
                            "read aloud or printed for whoever booked"))},
               {"repeated", booked.repeated}},
              201);
}

Answer call_next_group(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:hold"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  MINHU_TRY(const visits::Group group,
            api.installation.database.write([&](Transaction& transaction) {
              return visits::call_next(transaction, asked.context, asked.id, token);
            }));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, asked.context.county.region);
    const VisitShowing showing{reading, asked.context, api.language(request), units};
    return json({{"group", visit_group(showing, group)}});
  });
}

Answer take_group_step(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:hold"));
  MINHU_TRY(const visits::GroupId group, group_of(request));
  const auto kind = visits::named<visits::EventKind>(request.captures.at(2));
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"fields"}));
  MINHU_TRY(const FieldTexts fields, field_texts(body.members()));
  const Outcome done =
      api.installation.database.write_job([&](Transaction& transaction) -> Outcome {
        // The same case again is no second event, whatever the token.
        if (*kind == visits::EventKind::recorded) return record(transaction, asked, group, fields);
        const auto moved =
            visits::move_group(transaction, asked.context, asked.id, group, *kind, token);
        if (!moved) return tl::unexpected(moved.error());
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  return the_visit(api, request, asked.context, asked.id);
}

Answer open_group_contact(const Api& api, const http::Request& request) {
  MINHU_TRY(const VisitRequest asked, admit_to_visit(api, request, "visit:contact"));
  MINHU_TRY(const visits::GroupId group, group_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"reason"}));
  MINHU_TRY(const std::string_view reason, body.members().text("reason", Presence::required));
  MINHU_TRY(const auto contact, api.installation.database.write([&](Transaction& transaction) {
    return visits::open_contact(transaction, asked.context, asked.id, group, reason);
  }));
  return json(visit_contact(contact.reveal_because("opened by whoever holds the visit")));
}

Answer list_visit_calendars(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "visit:calendar"));
  const cases::Context context = api.installation.as(account.principal);
  bj::array shown;
  for (const visits::Calendar& calendar : api.installation.database.read(
           [&](Reading& reading) { return visits::own_calendars(reading, context); })) {
    shown.push_back(visit_calendar(calendar));
  }
  return json({{"calendars", std::move(shown)}});
}

Answer make_visit_calendar(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "visit:calendar"));
  const cases::Context context = api.installation.as(account.principal);
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"leader"}));
  MINHU_TRY(const std::string_view leader, body.members().text("leader", Presence::required));
  MINHU_TRY(const visits::MadeCalendar made,
            api.installation.database.write([&](Transaction& transaction) {
              return visits::make_calendar(transaction, context, leader);
            }));
  return json(
      {{"calendar", visit_calendar(made.calendar)},
       {"path", "/visits/calendar/" + made.token.reveal_because("told once, to whoever made it")}},
      201);
}

Answer revoke_visit_calendar(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "visit:calendar"));
  const cases::Context context = api.installation.as(account.principal);
  const auto id = visits::CalendarId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "visits.no_such_calendar");
  const Outcome done = api.installation.database.write_job(
      [&](Transaction& transaction) { return visits::revoke_calendar(transaction, context, *id); });
  if (!done) return tl::unexpected(done.error());
  return no_content();
}

}  // namespace minhu::web_api
