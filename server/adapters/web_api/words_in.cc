#include <algorithm>

#include "adapters/web_api/request_parts.h"
#include "adapters/web_api/show.h"
#include "features/classes/publishing.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::web_api {

namespace {

using Details = std::map<std::string, std::string>;

constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_phone = 40;
constexpr std::size_t longest_address = 500;

// One of a closed list, or `otherwise` when nothing is given.
Result<std::string> one_of(const Members& given, std::string_view name, std::string_view otherwise,
                           const std::vector<std::string_view>& open) {
  MINHU_TRY(const std::string_view text, given.text(name));
  if (text.empty()) return std::string(otherwise);
  if (std::find(open.begin(), open.end(), text) != open.end()) return std::string(text);
  std::string choices;
  for (const std::string_view each : open) {
    if (!choices.empty()) choices += ", ";
    choices += each;
  }
  return not_a_choice(given.name_of(name), std::move(choices));
}

template <class Enum>
Result<Enum> one_value(const Members& given, std::string_view name, Enum otherwise,
                       std::initializer_list<Enum> open) {
  std::vector<std::string_view> names;
  for (const Enum each : open) names.push_back(cases::name(each));
  MINHU_TRY(const std::string text, one_of(given, name, cases::name(otherwise), names));
  return cases::named<Enum>(text).value_or(otherwise);
}

Result<std::optional<Sealed<cases::Contact>>> contact_of(const Members& words) {
  using Contact = std::optional<Sealed<cases::Contact>>;
  MINHU_TRY(const auto given, words.members("contact"));
  if (!given) return Contact();
  MINHU_CHECK_OK(given->only({"name", "phone", "address", "way", "language"}));
  cases::Contact contact;
  MINHU_TRY(contact.name, given->short_text("name", longest_name));
  MINHU_TRY(contact.phone, given->short_text("phone", longest_phone));
  MINHU_TRY(contact.address, given->short_text("address", longest_address));
  MINHU_TRY(contact.way, one_of(*given, "way", "", {"sms", "mail", "voice", "paper"}));
  MINHU_TRY(contact.language, one_of(*given, "language", "zh-CN", {"zh-CN", "en"}));
  return Contact(Sealed<cases::Contact>(std::move(contact)));
}

// The fields that every way in has. A place is checked here: what lies in an event is a code of
// ours, never something that somebody wrote.
Outcome read_words(const Api& api, const Members& given, cases::Words& words) {
  MINHU_TRY(words.text, given.text("text"));
  MINHU_TRY(words.place, given.text("place"));
  MINHU_TRY(words.place_words, given.text("place_words"));
  MINHU_TRY(words.contact, contact_of(given));
  MINHU_TRY(const std::string level,
            one_of(given, "identity_level", "", {"anonymous", "confidential", "named"}));
  words.identity_level = cases::named<cases::IdentityLevel>(level);
  MINHU_TRY(words.may_be_called, given.flag("may_be_called"));
  MINHU_TRY(const bool notice_given, given.flag("notice_given"));
  if (notice_given) words.notice = api.privacy_notice;
  MINHU_TRY(words.happened_at, given.time("happened_at"));
  using cases::Track;
  MINHU_TRY(words.track,
            one_value(given, "track", api.installation.county.default_track,
                      {Track::petition, Track::hotline, Track::suggestion, Track::accusation}));
  if (words.may_be_called &&
      (!words.contact ||
       words.contact->reveal_because("is there a number to call").phone.empty())) {
    return fail(FaultCode::invalid_input, "api.phone_needed", "contact.phone");
  }
  if (!words.place.empty()) {
    const bool known = api.installation.database.read([&](Reading& reading) {
      return places_and_units::find_place(reading, api.installation.county.region, words.place)
          .has_value();
    });
    if (!known) return fail(FaultCode::invalid_input, "api.unknown_place", "place");
  }
  return {};
}

// Checking and sealing on this thread, then one write.
Result<cases::Receipt> receive(const Api& api, const accounts::Principal& actor, cases::Words words,
                               const std::optional<classes::ClassId>& joins = {}) {
  const cases::Context context = api.installation.as(actor);
  auto prepared = cases::prepare(context, std::move(words));
  if (!prepared) {
    Fault fault = std::move(prepared).error();
    if (fault.field == "words") fault.field = "text";  // as the client calls it
    return tl::unexpected<Fault>(std::move(fault));
  }
  return api.installation.database.write([&](Transaction& transaction) {
    return joins ? classes::receive_joined(transaction, context, **prepared, *joins)
                 : cases::receive(transaction, context, **prepared);
  });
}

// Answered at the commit: the record promises at once, and proves where the address leads.
void promise(const Api& api, const cases::Receipt& receipt, boost::json::object& body) {
  if (!api.proofs.promise) return;
  body["proof"] = "/api/v1/receipts/" + receipt.number + "/proof";
  // The words are kept, and number and code are said here alone: that the database went away since
  // must not cost them. The promise is made when somebody asks at that address.
  try {
    const std::string made = api.installation.database.read(
        [&](Reading& reading) { return api.proofs.promise(reading, receipt.case_id); });
    if (!made.empty()) body["promise"] = made;
  } catch (const StorageUnreachable&) {
  } catch (const StorageFailure&) {
  }
}

http::Response receipt(const Api& api, const cases::Receipt& receipt) {
  boost::json::object body{
      {"number", cases::show_number(receipt.number)},
      {"query_code", cases::show_query_code(receipt.query_code.reveal_because("it is the answer"))},
      {"received_at", format_instant(receipt.received_at)},
      {"repeated", receipt.repeated}};
  promise(api, receipt, body);
  http::Response response = json(body, receipt.repeated ? 200 : 201);
  response.with("Location", "/api/v1/receipts/" + receipt.number);
  return response;
}

struct PublicWords {
  cases::Words words;
  std::optional<classes::ClassId> joins;  // "that is it, I have it too"
};
Result<PublicWords> public_words(const Api& api, const http::Request& request,
                                 std::string_view json) {
  PublicWords sent;
  cases::Words& words = sent.words;
  words.channel = cases::Channel::api;
  MINHU_TRY(words.token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(json));
  MINHU_CHECK_OK(
      body.members().only({"text", "place", "place_words", "contact", "identity_level",
                           "may_be_called", "notice_given", "track", "happened_at", "same_class"}));
  MINHU_CHECK_OK(read_words(api, body.members(), words));
  MINHU_TRY(const std::string_view joins, body.members().text("same_class"));
  if (!joins.empty()) {
    const auto id = classes::ClassId::parse(joins);
    if (!id)
      return fail(FaultCode::invalid_input, "classes.field_wrong", "same_class",
                  Details{{"field", "same_class"}});
    sent.joins = *id;
  }
  return sent;
}

Result<cases::Words> counter_words(const Api& api, const http::Request& request,
                                   std::string_view json) {
  cases::Words words;
  MINHU_TRY(words.token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(json));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"title", "text", "place", "place_words", "contact", "identity_level",
                             "may_be_called", "notice_given", "track", "happened_at", "channel"}));
  MINHU_CHECK_OK(read_words(api, given, words));
  MINHU_TRY(words.title, given.text("title"));
  using cases::Channel;
  MINHU_TRY(words.channel,
            one_value(given, "channel", Channel::face_to_face,
                      {Channel::face_to_face, Channel::phone, Channel::letter, Channel::fax,
                       Channel::visit, Channel::from_superior, Channel::leader_note}));
  words.helped_by_clerk = true;
  return words;
}

http::Response counter_receipt(const cases::Receipt& kept) {
  boost::json::object shown{
      {"id", kept.case_id.text()},
      {"number", cases::show_number(kept.number)},
      {"activation_code",
       cases::show_query_code(kept.activation_code.reveal_because("it is handed to the speaker"))},
      {"received_at", format_instant(kept.received_at)},
      {"repeated", kept.repeated}};
  return json(shown, kept.repeated ? 200 : 201);
}

}  // namespace

Answer receive_words(const Api& api, const http::Request& request) {
  MINHU_TRY(PublicWords sent, public_words(api, request, request.body));
  MINHU_TRY(const cases::Receipt kept, receive(api, {}, std::move(sent.words), sent.joins));
  return receipt(api, kept);
}

Answer receive_words_with_files(const Api& api, const http::Request& request) {
  MINHU_TRY(const std::string_view given, json_part(request, "case"));
  MINHU_TRY(PublicWords sent, public_words(api, request, given));
  MINHU_TRY(sent.words.attachments, files_beside(api, request, "case"));
  MINHU_TRY(const cases::Receipt kept, receive(api, {}, std::move(sent.words), sent.joins));
  return receipt(api, kept);
}

Answer receive_at_the_counter(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:receive"));
  MINHU_TRY(cases::Words words, counter_words(api, request, request.body));
  MINHU_TRY(const cases::Receipt kept, receive(api, account.principal, std::move(words)));
  return counter_receipt(kept);
}

Answer receive_at_the_counter_with_files(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:receive"));
  MINHU_TRY(const std::string_view given, json_part(request, "case"));
  MINHU_TRY(cases::Words words, counter_words(api, request, given));
  MINHU_TRY(words.attachments, files_beside(api, request, "case"));
  MINHU_TRY(const cases::Receipt kept, receive(api, account.principal, std::move(words)));
  return counter_receipt(kept);
}

}  // namespace minhu::web_api
