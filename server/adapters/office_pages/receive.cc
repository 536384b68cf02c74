#include <algorithm>
#include <array>

#include "adapters/office_pages/form.h"
#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"
#include "adapters/office_pages/typed_place.h"
#include "features/cases/access.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"

namespace minhu::office_pages {

namespace {

using cases::Channel;
using cases::Track;
using cases::Urgency;

constexpr std::array channels{Channel::face_to_face, Channel::phone, Channel::letter};
constexpr std::array tracks{Track::petition, Track::hotline, Track::suggestion, Track::accusation};
constexpr std::array urgencies{Urgency::ordinary, Urgency::danger_to_life, Urgency::utilities_cut,
                               Urgency::complex};
constexpr std::array<std::string_view, 5> ways{"", "sms", "voice", "mail", "paper"};

std::string typed_value(const Typed& typed, std::string_view name) {
  const auto found = typed.find(name);
  return found == typed.end() ? std::string() : found->second;
}

struct Trouble {
  Fault fault;
  std::vector<places_and_units::Place> places;
  bool had_files = false;
};

void put_radio(templates::Values& values, std::string_view section, std::string_view value,
               const std::string& text, std::string_view chosen) {
  values.add(section).set("VALUE", value).set("TEXT", text).show_if(value == chosen, "CHOSEN");
}

void put_choices(templates::Values& values, const Wording& wording, const Typed& typed) {
  for (const Channel channel : channels) {
    put_radio(values, "CHANNEL", cases::name(channel), wording.of(channel),
              typed_value(typed, "channel"));
  }
  for (const Track track : tracks) {
    auto& radio = values.add("TRACK");
    radio.set("VALUE", cases::name(track))
        .set("TEXT", wording.of(track))
        .set("TRACK_HINT", wording.say("office.track_hint." + std::string(cases::name(track))))
        .show_if(cases::name(track) == typed_value(typed, "track"), "CHOSEN");
  }
  for (const Urgency urgency : urgencies) {
    put_radio(values, "URGENCY", cases::name(urgency),
              wording.choice("urgency", cases::name(urgency)), typed_value(typed, "urgency"));
  }
  for (const std::string_view way : ways) {
    put_radio(values, "WAY", way,
              wording.say("office.receive.way." + std::string(way.empty() ? "none" : way)),
              typed_value(typed, "way"));
  }
}

http::Response receive_page(const Office& office, const http::Request& request,
                            const accounts::Account& who, const Typed& typed, std::string token,
                            const Trouble* trouble) {
  Page page(office, request, &who);
  const Wording& wording = page.wording();
  auto& values = page.values();
  if (token.empty()) token = new_token(office.installation.entropy);
  values.set("TOKEN", token)
      .set("WORDS", typed_value(typed, "words"))
      .set("PLACE_TYPED", typed_value(typed, "place"))
      .set("HAPPENED_AT", typed_value(typed, "happened_at"))
      .set("NAME_TYPED", typed_value(typed, "name"))
      .set("PHONE_TYPED", typed_value(typed, "phone"))
      .set("ADDRESS_TYPED", typed_value(typed, "address"))
      .show_if(typed_value(typed, "may_be_called") == "yes", "MAY_BE_CALLED");
  put_choices(values, wording, typed);
  int status = 200;
  if (trouble != nullptr) {
    const std::string& field = trouble->fault.field;
    values.show("REFUSED")
        .set("WHY", wording.fault(trouble->fault, wording.say("office.receive." + field)))
        .show_if(trouble->had_files, "FILES_AGAIN");
    if (!field.empty()) values.set("GO_TARGET", field);
    status = http::status_of(trouble->fault.code);
    if (!trouble->places.empty()) {
      values.show("SEVERAL");
      for (const auto& place : trouble->places) {
        values.add("PLACE").set("CODE", place.code).set("PLACE_NAME", place.name);
      }
    }
  }
  return page.answer("receive", wording.say("office.receive.title"), status);
}

template <class Enum, std::size_t N>
Result<Enum> one_of(const std::array<Enum, N>& allowed, const Typed& typed,
                    std::string_view field) {
  const auto value = cases::named<Enum>(typed_value(typed, field));
  if (!value || std::find(allowed.begin(), allowed.end(), *value) == allowed.end()) {
    return fail(FaultCode::invalid_input, "cases.field_missing", std::string(field));
  }
  return *value;
}

// A way of telling that lacks what it needs is said now, while the speaker is still there.
Result<std::optional<Sealed<cases::Contact>>> contact_in(const Typed& typed,
                                                         const Wording& wording) {
  cases::Contact contact{typed_value(typed, "name"), typed_value(typed, "phone"),
                         typed_value(typed, "address"), typed_value(typed, "way"),
                         wording.language()};
  if (std::find(ways.begin(), ways.end(), contact.way) == ways.end()) contact.way.clear();
  const bool by_phone = contact.way == "sms" || contact.way == "voice" ||
                        typed_value(typed, "may_be_called") == "yes";
  const bool by_post = contact.way == "mail" || contact.way == "paper";
  if (by_phone && contact.phone.empty()) {
    return fail(FaultCode::invalid_input, "office.way_needs_phone", "phone");
  }
  if (by_post && contact.address.empty()) {
    return fail(FaultCode::invalid_input, "office.way_needs_address", "address");
  }
  if (contact.name.empty() && contact.phone.empty() && contact.address.empty()) {
    return std::optional<Sealed<cases::Contact>>();
  }
  return std::optional(Sealed<cases::Contact>(std::move(contact)));
}

struct Intake {
  cases::Words words;
  Urgency urgency = Urgency::ordinary;
};

// Everything but place and files.
Result<Intake> intake_in(const http::Request& request, const Typed& typed, const Wording& wording,
                         FixedZone zone) {
  Intake intake;
  MINHU_TRY(const cases::ClientToken token, token_in(request));
  intake.words.token = bound_to(token, typed);
  MINHU_TRY(intake.words.channel, one_of(channels, typed, "channel"));
  MINHU_TRY(intake.words.track, one_of(tracks, typed, "track"));
  MINHU_TRY(intake.urgency, one_of(urgencies, typed, "urgency"));
  intake.words.text = typed_value(typed, "words");
  MINHU_TRY(intake.words.contact, contact_in(typed, wording));
  intake.words.may_be_called = typed_value(typed, "may_be_called") == "yes";
  intake.words.helped_by_clerk = true;
  if (const std::string when = typed_value(typed, "happened_at"); !when.empty()) {
    auto day = parse_date(when);
    if (!day) return fail(day.error().code, day.error().key, "happened_at");
    intake.words.happened_at = start_of_day(*day, zone);
  }
  return intake;
}

// A name that one place has gives its code; the words are kept as they were said in any case.
std::optional<Trouble> put_place(const Office& office, const Typed& typed, cases::Words& words) {
  words.place_words = typed_value(typed, "place");
  const std::string chosen = typed_value(typed, "place.code");
  const RegionId region = office.installation.county.region;
  return office.installation.database.read([&](Reading& reading) -> std::optional<Trouble> {
    if (!chosen.empty()) {
      if (places_and_units::find_place(reading, region, chosen)) words.place = chosen;
      return std::nullopt;
    }
    FoundPlaces found = find_typed_place(reading, region, words.place_words);
    if (found.places.size() == 1) words.place = found.places.front().code;
    if (found.places.size() < 2 || typed.contains("place.code")) return std::nullopt;
    return Trouble{{FaultCode::invalid_input, "office.place_several", "place"},
                   std::move(found.places),
                   false};
  });
}

enum class Urgent { no, noted, elsewhere };
struct Taken {
  cases::Receipt receipt;
  bool visible = false;  // to whoever wrote it down
  Urgent urgent = Urgent::no;
  std::string dispatching_unit;
};

// The hint about urgency is a first sorting, taken in the same commit. Where another body sorts,
// the clerk is told to phone it.
Result<Taken> take(Transaction& transaction, const cases::Context& context,
                   const cases::PreparedWords& words, Urgency urgency) {
  MINHU_TRY(cases::Receipt receipt, cases::receive(transaction, context, words));
  Taken taken{std::move(receipt), false, Urgent::no, {}};
  const RegionId region = context.county.region;
  const auto file = cases::load_file(transaction, region, taken.receipt.case_id);
  MINHU_ASSERT(file.has_value());
  taken.visible = cases::decide(context, *file, "case:read").allowed;
  if (const auto unit = places_and_units::find_unit(transaction, region, file->dispatching_unit)) {
    taken.dispatching_unit = unit->name;
  }
  if (urgency == Urgency::ordinary || file->track == Track::accusation) return taken;
  if (!cases::decide(context, *file, "case:triage").allowed) {
    taken.urgent = Urgent::elsewhere;
    return taken;
  }
  taken.urgent = Urgent::noted;
  if (taken.receipt.repeated) return taken;
  cases::Step sorting;
  sorting.kind = cases::EventKind::triaged;
  sorting.fields = {{"urgency", std::string(cases::name(urgency))}};
  MINHU_TRY(const cases::Event event,
            cases::take_step(transaction, context, taken.receipt.case_id, sorting));
  return taken;
}

http::Response receipt_page(const Office& office, const http::Request& request,
                            const accounts::Account& who, const Taken& taken, Track track,
                            Urgency urgency) {
  Page page(office, request, &who);
  const Wording& wording = page.wording();
  auto& values = page.values();
  const auto unit = office.installation.database.read([&](Reading& reading) {
    return places_and_units::find_unit(reading, office.installation.county.region,
                                       who.principal.unit);
  });
  values.set("NUMBER", cases::show_number(taken.receipt.number))
      .set("CODE", cases::show_query_code(taken.receipt.activation_code.reveal_because(
                       "it is handed to the speaker, once")))
      .set("WHEN", moment(taken.receipt.received_at, office.installation.county.rules.zone))
      .set("ACTIVATE",
           wording.say("office.receive.activate", {{"address", origin_of(request) + "/activate"}}))
      .set("BY_PHONE", wording.say("office.receive.by_phone", {{"phone", office.county.phone}}))
      .set("HELPED",
           wording.say("office.receive.helped", {{"role", wording.of(who.principal.role)},
                                                 {"unit", unit ? unit->name : std::string()}}))
      .show_if(taken.receipt.repeated, "REPEATED")
      .show_if(track == Track::accusation, "ACCUSATION");
  if (taken.visible) values.show("VISIBLE").set("ID", taken.receipt.case_id.text());
  if (taken.urgent == Urgent::noted) {
    values.show("URGENT").set(
        "URGENT_TEXT", wording.say("office.receive.urgent_noted",
                                   {{"urgency", wording.choice("urgency", cases::name(urgency))}}));
  } else if (taken.urgent == Urgent::elsewhere) {
    values.show("URGENT").set("URGENT_TEXT", wording.say("office.receive.urgent_elsewhere",
                                                         {{"unit", taken.dispatching_unit}}));
  }
  return page.answer("receipt", wording.say("office.receive.done_title"));
}

}  // namespace

http::Response show_receive(const Office& office, const http::Request& request,
                            const accounts::Account& who) {
  // Nothing is chosen for the clerk but the track of the county and "ordinary".
  const Typed typed{{"track", std::string(cases::name(office.installation.county.default_track))},
                    {"urgency", std::string(cases::name(Urgency::ordinary))}};
  return receive_page(office, request, who, typed, {}, nullptr);
}

http::Response receive_words(const Office& office, const http::Request& request,
                             const accounts::Account& who) {
  const auto context = office.installation.as(who.principal);
  const Wording wording = wording_of(office, request);
  const Typed typed = typed_in(request);
  const auto give_back = [&](Trouble trouble) {
    trouble.had_files = brings_files(request);
    return receive_page(office, request, who, typed,
                        token_in(request) ? std::string(request.form("token")) : std::string(),
                        &trouble);
  };

  auto intake = intake_in(request, typed, wording, context.county.rules.zone);
  if (!intake) return give_back({intake.error(), {}, false});
  if (auto trouble = put_place(office, typed, intake->words)) return give_back(*trouble);
  auto files = uploads_in(office, request);
  if (!files) return give_back({files.error(), {}, false});
  intake->words.attachments = std::move(*files);
  const Track track = intake->words.track;
  const Urgency urgency = intake->urgency;
  const auto prepared = cases::prepare(context, std::move(intake->words));
  if (!prepared) return give_back({prepared.error(), {}, false});
  const auto taken = office.installation.database.write(
      [&](Transaction& transaction) { return take(transaction, context, **prepared, urgency); });
  if (!taken) return give_back({taken.error(), {}, false});
  return receipt_page(office, request, who, *taken, track, urgency);
}

}  // namespace minhu::office_pages
