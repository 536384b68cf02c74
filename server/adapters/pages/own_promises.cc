// What was promised to the speaker in their own case, and whether it was kept: their word.
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/own_case.h"
#include "adapters/pages/promise_lines.h"
#include "features/promises/steps.h"
#include "features/promises/words_kept.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

using promises::Promise;

constexpr std::size_t longest_words = 500;

// What was wrong with the form of one promise; everything typed into it stands in it again.
struct Refused {
  std::string promise;  // id as sent
  std::string sentence;
  int status = 400;
};

void show_form(const http::Request& request, const catalogue::Catalogue& say,
               const Promise& promise, const std::optional<Refused>& refused,
               templates::Values& values) {
  const bool again = refused && refused->promise == promise.id.text();
  const auto words = again ? request.form("words") : std::string_view();
  values.set("TYPED", is_valid_utf8(words) ? words : std::string_view());
  if (again) values.add("FAULT").set("SENTENCE", refused->sentence);
  for (const std::string_view verdict : {"kept", "partly", "not_kept"}) {
    values.add("VERDICT")
        .set("VALUE", verdict)
        .set("LABEL", say.say("residents.promised." + std::string(verdict)))
        .show_if(again && request.form("verdict") == verdict, "CHECKED");
  }
}

void show(const Site& site, Reading& reading, const catalogue::Catalogue& say, const Opened& opened,
          const Promise& promise, templates::Values& values) {
  const auto context = site.speaker();
  const Date today = to_date(context.now, site.installation.county.rules.zone);
  values.set("ID", promise.id.text())
      .set("SAID", say.say("residents.promised.said",
                           {{"who", promise.said_by},
                            {"date", say_promised_day(say, promise.promised_on, today)}}))
      .set("STATE", say_promise_state(say, promise.state))
      .set("DUE", say.say("residents.promises.due",
                          {{"date", say_promised_day(say, promise.due, today)}}));
  const auto words = promises::read_words(reading, context, promise, promise.words);
  if (words) values.add("WORDS").set("TEXT", *words);
  show_what_changed(say, today, promise.due_changes, promise.reason, values);
  if (promise.verdict) {
    values.add("GIVEN").set("TEXT", say.say("residents.promised.given." +
                                            std::string(promises::name(promise.verdict->verdict))));
  }
  if (opened.by_hidden_field) {
    values.add("HIDDEN_PASS").set("SEALED", seal_pass(site, opened.pass));
  }
}

http::Response page_with(const Site& site, const http::Request& request, const Opened& opened,
                         const std::optional<Refused>& refused) {
  const auto& say = site.surface.sentences(request);
  Errors errors;
  if (refused) {
    errors.add(refused->promise.empty() ? "main" : "p" + refused->promise, refused->sentence);
  }
  return site.installation.database.read([&](Reading& reading) {
    templates::Values values;
    values.set("NUMBER", cases::show_number(opened.pass.number));
    for (const Promise& promise :
         promises::of_case(reading, site.installation.county.region, opened.id)) {
      templates::Values& shown = values.add("PROMISE");
      show(site, reading, say, opened, promise, shown);
      show_form(request, say, promise, refused, shown);
    }
    errors.show(values);
    return site.surface.page(request, "promised", values,
                             {errors.title(site, request, say.say("residents.promised.title")),
                              refused ? refused->status : 200, Keep::nothing,
                              opened.by_hidden_field ? Quiet::yes : Quiet::no});
  });
}

http::Response own_promises(const Site& site, const http::Request& request, const Opened& opened) {
  return page_with(site, request, opened, {});
}

http::Response verdict(const Site& site, const http::Request& request, const Opened& opened) {
  // A quiet page asks for the page itself by POST.
  if (request.part("show") != nullptr) return own_promises(site, request, opened);
  const auto& say = site.surface.sentences(request);
  const auto id = promises::PromiseId::parse(request.form("promise"));
  const auto refuse = [&](std::string sentence, int status) {
    return page_with(site, request, opened,
                     Refused{id ? id->text() : std::string(), std::move(sentence), status});
  };
  const auto words = text_of(request, "words", longest_words);
  if (!words) return refuse(say.say(words.error()), 400);
  if (!promises::named<promises::Verdict>(request.form("verdict"))) {
    return refuse(say.say("residents.promised.error"), 400);
  }
  const auto context = site.speaker();
  const auto given = site.installation.database.write([&](Transaction& transaction) {
    return promises::give_verdict(transaction, context, opened.id,
                                  id.value_or(promises::PromiseId()), request.form("verdict"),
                                  *words);
  });
  if (!given) return refuse(say.say(given.error()), http::status_of(given.error().code));
  if (opened.by_hidden_field) return own_promises(site, request, opened);
  return http::see_other(case_address(opened.pass.number) + "/promises");
}

}  // namespace

http::Response show_own_promises(const Site& site, const http::Request& request) {
  return with_own_case(site, request, own_promises);
}
http::Response take_verdict(const Site& site, const http::Request& request) {
  return with_own_case(site, request, verdict);
}

}  // namespace minhu::pages
