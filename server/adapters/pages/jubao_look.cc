// Looking after a report of wrongdoing: the code, what became of it, and a letter to and fro. No
// cookie and no session: the code comes along in a sealed field of the page for half an hour.
#include "adapters/pages/dates.h"
#include "adapters/pages/jubao.h"
#include "features/accusations/look_after.h"

namespace minhu::pages {

namespace {

// Stands in the pass where the number of a case stands: opens no case.
constexpr std::string_view not_a_number = "jubao";

http::Response code_page(const Site& site, const http::Request& request, const Errors& errors,
                         int status) {
  templates::Values values;
  errors.show(values);
  return jubao_page(site, request, "jubao-code", values, status);
}

http::Response wrong_code(const Site& site, const http::Request& request, const Fault& fault) {
  Errors errors;
  errors.add("code", site.surface.sentences(request).say(fault));
  return code_page(site, request, errors, http::status_of(fault.code));
}

std::optional<Sealed<std::string>> carried_code(const Site& site, const http::Request& request) {
  auto pass = open_pass(site, request.form("pass"));
  if (!pass || pass->number != not_a_number) return std::nullopt;
  return std::move(pass->code);
}

// The day, no closer: an hour could say who was online then.
std::string said_on(const Site& site, const catalogue::Catalogue& say, Instant moment) {
  const auto zone = site.installation.county.rules.zone;
  return say_day(say, to_date(moment, zone), to_date(site.installation.clock.now(), zone));
}

void show_message(const Site& site, const catalogue::Catalogue& say,
                  const accusations::Message& message, templates::Values& values) {
  auto& line = values.add("MESSAGE");
  if (message.at.unix_ms > 0) line.set("WHEN", said_on(site, say, message.at));
  using From = accusations::Message::From;
  line.set("WHO", message.from == From::reporter     ? say.say("residents.jubao.from_you")
                  : message.from == From::custodians ? say.say("residents.jubao.from_custodians")
                                                     : message.unit);
  if (!message.decision.empty()) {
    line.add("DECISION").set("WHAT", say.say("residents.jubao.step." + message.decision));
  }
  if (!message.words.empty()) line.add("WORDS").set("TEXT", message.words);
}

http::Response conversation_page(const Site& site, const http::Request& request,
                                 const Sealed<std::string>& code,
                                 const accusations::Conversation& conversation,
                                 const Errors& errors, bool sent) {
  const auto& say = site.surface.sentences(request);
  const std::string level(accusations::name(conversation.letter.level));
  templates::Values values;
  values.set("STATE", say.say("residents.jubao.state." +
                              std::string(accusations::name(conversation.state))));
  values.set("PROMISE", say.say("residents.jubao.promise." + level));
  values.set("RECEIVED", say.say("residents.jubao.received",
                                 {{"when", said_on(site, say, conversation.received_at)}}));
  values.set("SAID", conversation.letter.words);
  if (const auto files = conversation.letter.files.size(); files > 0) {
    values.add("FILES").set("SENTENCE",
                            say.say("residents.jubao.files", {{"n", std::to_string(files)}}));
  }
  for (const auto& message : conversation.messages) show_message(site, say, message, values);
  values.show_if(sent, "SENT");
  if (!accusations::is_closed(conversation.state)) {
    auto& more = values.add("MORE");
    more.set("TOKEN", new_token(site));
    more.set("PASS", seal_pass(site, {std::string(not_a_number), code,
                                      site.installation.clock.now(), false}));
    more.set("TEXT", errors.any() ? request.form("words") : std::string_view());
    errors.show(more);
  }
  return with_nothing_left(
      jubao_page(site, request, "jubao-look", values, errors.any() ? 400 : 200));
}

}  // namespace

http::Response show_jubao_look(const Site& site, const http::Request& request) {
  const EvenAnswer even;
  return even.make(code_page(site, request, {}, 200));
}

http::Response take_jubao_look(const Site& site, const http::Request& request) {
  const EvenAnswer even;
  if (const auto ours = from_our_own_page(request); !ours) {
    return site.refuse(request, ours.error());
  }
  if (const auto code = carried_code(site, request)) {
    const auto token = token_of(request);
    const auto said = !token ? tl::unexpected<Fault>(token.error())
                             : accusations::say_more(site.accusations, *code,
                                                     {*token, std::string(request.form("words"))});
    if (said) return even.make(conversation_page(site, request, *code, *said, {}, true));
    const auto before = accusations::look_after(site.accusations, *code);
    if (!before) return even.make(wrong_code(site, request, before.error()));
    Errors errors;
    errors.add("words", site.surface.sentences(request).say(said.error()));
    return even.make(conversation_page(site, request, *code, *before, errors, false));
  }
  const auto code = cases::parse_query_code(request.form("code"));
  // What is no code at all costs as much as one that fits nothing.
  const Sealed<std::string> tried = code ? *code : Sealed(std::string(24, '0'));
  const auto found = accusations::look_after(site.accusations, tried);
  if (!code) return even.make(wrong_code(site, request, code.error()));
  if (!found) return even.make(wrong_code(site, request, found.error()));
  return even.make(conversation_page(site, request, *code, *found, {}, false));
}

}  // namespace minhu::pages
