// One visit, and booking a place at it: with a telephone or without, and no account. The answer to
// the POST is the booking itself; sent again it is the same booking.
#include <charconv>

#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/visit_lines.h"
#include "features/visits/booking.h"
#include "features/visits/edges.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

using visits::VisitId;

constexpr std::size_t longest_phone_typed = 200;
constexpr std::array all_needs{visits::Need::step_free,   visits::Need::sign_language,
                               visits::Need::interpreter, visits::Need::large_print,
                               visits::Need::companion,   visits::Need::home_visit};

struct Shown {
  visits::Visit visit;
  std::string where;
  std::vector<std::string> posted;
};

std::optional<Shown> shown_visit(const Site& site, const http::Request& request) {
  const auto id = VisitId::parse(request.captures.at(0));
  if (!id) return std::nullopt;
  const RegionId region = site.installation.county.region;
  return site.installation.database.read([&](Reading& reading) -> std::optional<Shown> {
    auto visit = visits::visit(reading, region, *id);
    if (!visit || !visit->public_now()) return std::nullopt;
    Shown shown{std::move(*visit), {}, {}};
    shown.where = where_of(reading, region, shown.visit);
    for (const visits::Posting& posting : shown.visit.postings) {
      shown.posted.push_back(posting.where);
    }
    std::sort(shown.posted.begin(), shown.posted.end());
    shown.posted.erase(std::unique(shown.posted.begin(), shown.posted.end()), shown.posted.end());
    return shown;
  });
}

http::Response no_such_visit(const Site& site, const http::Request& request) {
  return site.refuse(request, Fault(FaultCode::not_found, "visits.no_such_visit"));
}

std::string_view echo(const http::Request& request, std::string_view field) {
  const auto typed = request.form(field);
  return is_valid_utf8(typed) ? typed : std::string_view();
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

// The photos lie behind a fold and are fetched when it is opened: nobody's telephone pays for them
// unasked.
void show_photos(const VisitSaying& saying, const visits::Visit& visit, templates::Values& values) {
  templates::Values* fold = nullptr;
  for (const visits::Posting& posting : visit.postings) {
    if (!posting.photo && posting.replaced.empty()) continue;
    if (fold == nullptr) fold = &values.add("PHOTOS");
    const std::string where =
        saying.say.say("residents.visits.photo_of", {{"where", posting.where}});
    if (posting.photo) {
      fold->add("PHOTO")
          .set("ADDRESS", "/visits/" + visit.id.text() + "/photos/" + posting.photo->sha256)
          .set("WHERE", where)
          .set("DAY", posting.posted_on);
    }
    for (const visits::ReplacedPhoto& old : posting.replaced) {
      fold->add("REPLACED")
          .set("TEXT", saying.say.say("residents.visits.photo_replaced",
                                      {{"where", posting.where}, {"reason", old.reason}}));
    }
  }
}

// A form that is shown again keeps its token, so that nobody books twice; a new one books anew.
enum class Token { as_sent, anew };

void show_form(const Site& site, const http::Request& request, const VisitSaying& saying,
               const visits::Visit& visit, Token which, templates::Values& form) {
  const auto token = token_of(request);
  const bool keeps = which == Token::as_sent && token.has_value();
  const bool listed = visit.free_to_book() == 0;
  form.set("TOKEN", keeps ? to_hex(*token) : new_token(site))
      .set("PHONE_TYPED", echo(request, "phone"))
      .set("NAME_TYPED", echo(request, "name"))
      .set("WORDS_TYPED", echo(request, "words"))
      .set("FORM", saying.say.say(listed ? "residents.visits.form_list" : "residents.visits.form"))
      .set("GO", saying.say.say(listed ? "residents.visits.go_list" : "residents.visits.go"))
      .show_if(listed, "LIST");
  const std::int64_t chosen = std::max<std::int64_t>(1, number_in(request.form("people")));
  for (std::int64_t people = 1; people <= visits::most_people; ++people) {
    form.add("PEOPLE")
        .set("VALUE", people)
        .set("LABEL", saying.say.say("residents.visits.people_n", {{"n", std::to_string(people)}}))
        .show_if(people == chosen, "CHECKED");
  }
  for (const visits::Need need : all_needs) {
    const std::string code(name(need));
    form.add("NEED")
        .set("VALUE", code)
        .set("LABEL", saying.say.say("residents.visits.need." + code))
        .show_if(request.form("need_" + code) == "yes", "CHECKED");
  }
}

http::Response visit_page(const Site& site, const http::Request& request, const Shown& shown,
                          const Errors& errors, int status, Token token = Token::as_sent) {
  const VisitSaying saying(site, request);
  const visits::Visit& visit = shown.visit;
  const std::string heading =
      saying.say.say("residents.visits.one", {{"day", saying.day(visit.begins)}});
  templates::Values values;
  values.set("HEADING", heading)
      .set("WHEN", saying.when(visit))
      .set("WHERE", shown.where)
      .set("WHO", saying.who(visit))
      .set("PORTFOLIO",
           saying.say.say("residents.visits.portfolio", {{"what", visit.leader.portfolio}}))
      .set("ACCESS", visit.accessibility)
      .set("FREE", saying.free(visit))
      .set("ID", visit.id.text());
  if (!visit.languages.empty()) values.add("LANGUAGES").set("TEXT", visit.languages);
  if (!visit.topics.empty()) {
    values.add("TOPICS").set("TEXT",
                             saying.say.say("residents.visits.topics", {{"topics", visit.topics}}));
  }
  for (const std::string& where : shown.posted) values.add("POSTED").set("TEXT", where);
  show_photos(saying, visit, values);
  saying.show_moved(visit, values);
  const bool room = saying.room(visit) != Room::none;
  if (visit.bookable() && saying.now < visit.begins && (room || errors.any())) {
    show_form(site, request, saying, visit, token, values.add("BOOK"));
  }
  errors.show(values);
  return site.surface.page(request, "visit", values,
                           {errors.title(site, request, heading), status});
}

Result<visits::Booking> booking_in(const http::Request& request, const std::string& language) {
  visits::Contact contact;
  auto called = text_of(request, "name", visits::longest_name);
  if (!called && called.error().key == "cases.words_too_long") return visits::name_too_long();
  MINHU_TRY(contact.name, std::move(called));
  MINHU_TRY(contact.phone, text_of(request, "phone", longest_phone_typed));
  MINHU_TRY(contact.words, text_of(request, "words", visits::longest_words));
  for (const visits::Need need : all_needs) {
    if (request.form("need_" + std::string(name(need))) == "yes") contact.needs.push_back(need);
  }
  contact.language = language;
  visits::Booking booking;
  booking.way = visits::Way::page;
  booking.people = std::max<std::int64_t>(1, number_in(request.form("people")));
  booking.contact = Sealed(std::move(contact));
  return booking;
}

struct Ticket {
  std::string heading;
  std::string turn;
  std::string code;  // empty: not shown
  bool is_new = false;
  bool may_withdraw = false;
  std::string notice;
};

http::Response ticket_page(const Site& site, const http::Request& request, const Shown& shown,
                           std::int64_t number, const Ticket& ticket) {
  const VisitSaying saying(site, request);
  templates::Values values;
  values.set("HEADING", ticket.heading)
      .set("N", number)
      .set("WHEN", saying.when(shown.visit))
      .set("WHO", saying.who(shown.visit))
      .set("WHERE", shown.where)
      .set("TURN", ticket.turn)
      .set("ID", shown.visit.id.text())
      .show_if(ticket.is_new, "NEW");
  saying.show_moved(shown.visit, values);
  const std::string digits = visits::show_booking_code(ticket.code);
  if (!ticket.code.empty()) values.add("CODE").set("DIGITS", digits);
  if (ticket.may_withdraw) {
    values.add("WITHDRAW").set("ID", shown.visit.id.text()).set("N", number).set("DIGITS", digits);
  }
  if (!ticket.notice.empty()) values.add("NOTICE").set("SENTENCE", ticket.notice);
  return site.surface.page(request, "visit-booking", values, {ticket.heading, 200});
}

std::string turn_of(const VisitSaying& saying, bool listed, std::int64_t ahead, Instant told) {
  const std::string before = std::to_string(ahead);
  if (listed) return saying.say.say("residents.visits.waiting", {{"n", before}});
  if (ahead == 0)
    return saying.say.say("residents.visits.about_first", {{"time", saying.time(told)}});
  return saying.say.say("residents.visits.about", {{"time", saying.time(told)}, {"n", before}});
}

http::Response mine_page(const Site& site, const http::Request& request, const Shown& shown,
                         const Errors& errors, int status) {
  templates::Values values;
  values.set("ID", shown.visit.id.text()).set("NUMBER", echo(request, "number"));
  errors.show(values);
  return site.surface.page(
      request, "visit-mine", values,
      {errors.title(site, request, site.say(request, "residents.visits.mine_title")), status});
}

}  // namespace

http::Response show_visit(const Site& site, const http::Request& request) {
  const auto shown = shown_visit(site, request);
  return shown ? visit_page(site, request, *shown, {}, 200) : no_such_visit(site, request);
}

http::Response take_visit_booking(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours) {
    return site.refuse(request, ours.error());
  }
  const auto id = VisitId::parse(request.captures.at(0));
  if (!id) return no_such_visit(site, request);
  const auto& say = site.surface.sentences(request);
  const auto token = token_of(request);
  const auto booking = booking_in(request, say.language());
  Result<visits::Booked> booked = fail(FaultCode::invalid_input, "cases.bad_token");
  if (token && booking) {
    const auto context = site.anyone();
    booked = site.installation.database.write([&](Transaction& transaction) {
      return visits::book(transaction, context, *id, *booking, *token);
    });
  } else if (!booking) {
    booked = tl::unexpected(booking.error());
  }
  // Looked at afterwards: what the page says is what there is now.
  const auto shown = shown_visit(site, request);
  if (!shown) return no_such_visit(site, request);
  if (!booked) {
    Errors errors;
    const std::string& field = booked.error().field;
    errors.add(field.empty() ? "phone" : field, say.say(booked.error()));
    const bool given_back = booked.error().key == "visits.given_back";
    return visit_page(site, request, *shown, errors, http::status_of(booked.error().code),
                      given_back ? Token::anew : Token::as_sent);
  }
  const VisitSaying saying(site, request);
  Ticket ticket;
  ticket.heading =
      say.say(booked->listed ? "residents.visits.listed_title" : "residents.visits.booked_title",
              {{"n", std::to_string(booked->number)}});
  ticket.turn = turn_of(saying, booked->listed, booked->ahead, booked->told);
  ticket.code = booked->code.reveal_because("shown to whoever just booked");
  ticket.is_new = true;
  return ticket_page(site, request, *shown, booked->number, ticket);
}

http::Response show_own_booking(const Site& site, const http::Request& request) {
  const auto shown = shown_visit(site, request);
  return shown ? mine_page(site, request, *shown, {}, 200) : no_such_visit(site, request);
}

http::Response take_own_booking(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours) {
    return site.refuse(request, ours.error());
  }
  const auto shown = shown_visit(site, request);
  if (!shown) return no_such_visit(site, request);
  const auto context = site.anyone();
  const std::int64_t number = number_in(request.form("number"));
  const auto code = visits::parse_booking_code(echo(request, "code"));
  Result<visits::OwnBooking> own = fail(FaultCode::not_found, "visits.no_such_booking");
  if (code) {
    own = site.installation.database.read([&](Reading& reading) {
      return visits::own_booking(reading, context, shown->visit.id, number, *code);
    });
  }
  if (!own) {
    Errors errors;
    errors.add("number", site.surface.sentences(request).say(own.error()));
    http::Response response = mine_page(site, request, *shown, errors, 404);
    response.hold = site.guesses.wrong(request.client, site.installation.clock.now());
    return response;
  }
  site.guesses.right(request.client);
  Ticket ticket;
  if (request.form("withdraw") == "yes") {
    const Outcome done = site.installation.database.write_job([&](Transaction& transaction) {
      return visits::withdraw(transaction, context, shown->visit.id, number, *code);
    });
    if (!done) return site.refuse(request, done.error());
    ticket.notice = site.say(request, "residents.visits.withdrawn");
    own->group.state = visits::GroupState::withdrawn;
  }
  const VisitSaying saying(site, request);
  const visits::GroupState state = own->group.state;
  const bool cancelled = own->visit.state == visits::State::cancelled;
  const bool waits =
      !cancelled && (state == visits::GroupState::waiting || state == visits::GroupState::listed);
  ticket.heading = saying.say.say(cancelled ? "residents.visits.day_cancelled"
                                            : "residents.visits.state." + std::string(name(state)));
  if (waits) {
    ticket.turn = turn_of(saying, state == visits::GroupState::listed, own->ahead, own->group.told);
    ticket.code = code->reveal_because("shown to whoever has just typed it");
    ticket.may_withdraw = visits::coming_states.has(own->visit.state);
  }
  return ticket_page(site, request, *shown, number, ticket);
}

}  // namespace minhu::pages
