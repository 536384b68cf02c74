#include <algorithm>
#include <array>

#include "adapters/pages/dates.h"
#include "adapters/pages/file_response.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/phone.h"
#include "adapters/pages/record_line.h"
#include "adapters/pages/steps.h"
#include "adapters/pages/timeline.h"
#include "features/cases/clocks.h"
#include "features/cases/retaliation.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/classes/publishing.h"
#include "features/places_and_units/said_of_places.h"
#include "features/promises/promises.h"

namespace minhu::pages {

namespace {

constexpr std::int64_t soon_days = 3;

// Who has it now: the unit, its phone, and how long it still has.
void show_due(const Teller& teller, const cases::CaseFile& file, templates::Values& values) {
  const auto& say = teller.say;
  const auto waiting = cases::waiting_for(file);
  const cases::RunningClock* due = cases::next_due(file);
  if (waiting.empty() && due == nullptr) return;
  const auto unit = waiting.empty() ? std::nullopt : teller.unit(waiting.front().unit);
  templates::Values& box = values.add("DUE");
  if (unit) {
    templates::Values& who = box.add("UNIT");
    who.set("NAME", unit->name);
    const std::string& phone = unit->phone.empty() ? teller.county_phone : unit->phone;
    who.set("UNIT_PHONE", phone).set("UNIT_DIGITS", dialable(phone));
  }
  if (due == nullptr) {
    box.set("TONE", "c");
    const bool paused = std::any_of(file.clocks.begin(), file.clocks.end(), [](const auto& clock) {
      return clock.paused_at && !clock.met_at;
    });
    box.show_if(paused, "PAUSED");
    return;
  }
  const auto language = deadline_language(say);
  const Date last_day = to_date(due->due, teller.county.rules.zone);
  const auto days = (last_day - teller.today).count();
  const catalogue::Details details{{"days", std::to_string(days < 0 ? -days : days)},
                                   {"date", say_day(say, last_day, teller.today)},
                                   {"label", cases::label_of(teller.county, *due, language)}};
  // By the instant, not the day: a term in hours is over within its day.
  const bool late = teller.now > due->due;
  box.set("TONE", late ? "r" : days <= soon_days ? "o" : "c");
  const char* key = late && days < 0 ? "residents.track.overdue"
                    : days <= 0      ? "residents.track.due_today"
                                     : "residents.track.due";
  templates::Values& clock = box.add("CLOCK");
  clock.set("SENTENCE", say.say(key, details));
  clock.set("WHY", cases::explain_clock(teller.county, *due, language));
  clock.show_if(due->provisional, "PROVISIONAL");
  if (late) {
    clock.add("LATE").set("SENTENCE", say.say("residents.track.overdue_hint",
                                              {{"phone", unbroken(teller.county_phone)}}));
  }
}

// The speaker's own time limits that still run.
void show_windows(const Teller& teller, const cases::CaseFile& file, templates::Values& values) {
  for (const auto& clock : file.clocks) {
    if (!clock.citizen || !clock.runs() || teller.now > clock.due) continue;
    const auto language = deadline_language(teller.say);
    values.add("WINDOW")
        .set("SENTENCE",
             teller.say.say(
                 "residents.track.window",
                 {{"date",
                   say_day(teller.say, to_date(clock.due, teller.county.rules.zone), teller.today)},
                  {"label", cases::label_of(teller.county, clock, language)}}))
        .set("WHY", cases::explain_clock(teller.county, clock, language));
  }
}

void show_times(const Teller& teller, const cases::CaseFile& file, templates::Values& values) {
  const std::array counted{std::pair{"residents.track.returned", file.returned},
                           std::pair{"residents.track.urged", file.urged},
                           std::pair{"residents.track.reopened", file.reopened}};
  for (const auto& [key, count] : counted) {
    if (count == 0) continue;
    values.add("TIMES").set("SENTENCE", teller.say.say(key, {{"n", std::to_string(count)}}));
  }
}

// What a clerk wrote down from a recording goes back to whoever said it: the latest, to be put
// right while that is possible.
void show_written(const cases::CaseView& view, const cases::Context& speaker,
                  templates::Values& said) {
  for (auto entry = view.timeline.rbegin(); entry != view.timeline.rend(); ++entry) {
    if (entry->event.kind != cases::EventKind::transcribed || entry->texts.empty()) continue;
    templates::Values& written = said.add("WRITTEN");
    written.set("TEXT", entry->texts.front().text);
    const auto steps = cases::open_steps(speaker, view.file);
    written.show_if(std::any_of(steps.begin(), steps.end(),
                                [](const cases::Edge* edge) {
                                  return edge->kind == cases::EventKind::supplemented;
                                }),
                    "CORRECT");
    return;
  }
}

// What a leader promised in this case: that there is something, and where it stands.
void show_promised(const Site& site, const catalogue::Catalogue& say, Reading& reading,
                   const Opened& opened, templates::Values& values) {
  const auto promised = promises::of_case(reading, site.installation.county.region, opened.id);
  if (promised.empty()) return;
  templates::Values& line = values.add("PROMISED");
  line.set("TEXT", say.say("residents.promised.line", {{"n", std::to_string(promised.size())}}));
  if (opened.by_hidden_field) {
    line.add("BY_FORM").set("SEALED", seal_pass(site, opened.pass));
  } else {
    line.show("BY_LINK");
  }
}

void show_actions(const Site& site, const http::Request& request, const Opened& opened,
                  const cases::CaseFile& file, const cases::Context& speaker,
                  templates::Values& values) {
  const auto add = [&](std::string_view path, const std::string& label, bool first) {
    templates::Values& action = values.add("ACTION");
    action.set("PATH", path).set("LABEL", label);
    action.set("KIND", first ? "" : "s");
    if (opened.by_hidden_field) {
      action.add("BY_FORM").set("SEALED", seal_pass(site, opened.pass));
    } else {
      action.show("BY_LINK");
    }
  };
  for (const SpeakersStep& step : speakers_steps()) {
    const auto kind = open_kind(speaker, file, step);
    if (!kind) continue;
    const bool again = *kind == cases::EventKind::recheck_requested;
    const std::string key = again ? "recheck" : std::string(step.path);
    // What we ask of the speaker stands out until they have answered it.
    add(step.path, site.say(request, "residents.step." + key),
        step.path == "still" || (step.path == "rate" && !file.rated_at && file.question_day == 0));
  }
  add("mine", site.say(request, "residents.step.mine"), false);
  add("revoke", site.say(request, "residents.step.revoke"), false);
  add("retaliation", site.say(request, "residents.step.retaliation"), false);
}

}  // namespace

http::Response show_progress(const Site& site, const http::Request& request, const Opened& opened,
                             std::string_view notice) {
  const auto context = site.speaker();
  const auto& say = site.surface.sentences(request);
  return site.installation.database.read([&](Reading& reading) -> http::Response {
    const auto view = cases::view_case(reading, context, opened.id);
    if (!view) return site.refuse(request, view.error());
    const cases::CaseFile& file = view->file;
    const Teller teller{reading,
                        site.installation.county,
                        say,
                        context.now,
                        to_date(context.now, site.installation.county.rules.zone),
                        site.surface.county().phone};
    templates::Values values;
    values.set("NUMBER", cases::show_number(file.number));
    values.set("TOKEN", new_token(site));
    if (opened.by_hidden_field) values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
    const std::string state = teller.state_sentence(*view);
    values.set("STATE", state);
    if (step_at(notice) != nullptr) {
      values.add("NOTICE").set("SENTENCE", say.say("residents.notice." + std::string(notice)));
    }
    if (const auto its_class =
            classes::published_class_of(reading, site.installation.county, opened.id)) {
      values.add("CLASS")
          .set("CLASS_NUMBER", its_class->number)
          .set("TITLE", its_class->title)
          .set("STATE",
               say.say("residents.track.class." + std::string(classes::name(its_class->state))));
    }
    if (file.erased) {
      values.show("ERASED");
    } else if (file.words.empty()) {
      values.show("UNDER_SEAL");  // features/accusations has them, and nothing here opens them
    } else {
      templates::Values& said = values.add("SAID");
      said.set("TEXT",
               view->said.text.empty() ? say.say("residents.what.recording") : view->said.text);
      const std::string place = places_and_units::path_as_said(
          file.place.empty()
              ? ""
              : places_and_units::place_path(reading, site.installation.county.region, file.place),
          view->said.place_words);
      if (!place.empty()) said.add("PLACE").set("TEXT", place);
      show_written(*view, context, said);
    }
    if (file.track == cases::Track::accusation) {
      values.show("HELD");
    } else {
      values.show("ORDINARY");
    }
    for (const auto& sent : cases::retaliation_reports(reading, context, opened.id)) {
      const auto unit = teller.unit(sent.has_it);
      values.add("RETALIATION")
          .set("SENTENCE",
               say.say("residents.retaliation.sent",
                       {{"number", cases::show_number(sent.number)},
                        {"state", say.say("residents.state." + std::string(cases::name(sent.state)),
                                          {{"unit", unit ? unit->name : ""}, {"line", ""}})}}));
    }
    show_promised(site, say, reading, opened, values);
    show_due(teller, file, values);
    show_windows(teller, file, values);
    show_times(teller, file, values);
    teller.show_answer(*view, values);
    teller.show_timeline(*view, values);
    teller.show_openings(*view, values);
    show_record_line(site, request, opened, values);
    show_actions(site, request, opened, file, context, values);
    return site.surface.page(
        request, "track", values,
        {state, 200, Keep::nothing, opened.by_hidden_field ? Quiet::yes : Quiet::no});
  });
}

http::Response enter_case(const Site& site, const http::Request& request, Opened opened) {
  const auto file = site.installation.database.read([&](Reading& reading) {
    return cases::load_file(reading, site.installation.county.region, opened.id);
  });
  if (opened.by_hidden_field || (file && is_quiet(*file))) {
    opened.by_hidden_field = true;  // no cookie for these
    return opened.pass.fresh ? show_receipt(site, request, opened)
                             : show_progress(site, request, opened, "");
  }
  http::Response response = http::see_other(case_address(opened.pass.number));
  give_pass(site, request, response, opened.pass);
  return response;
}

http::Response show_case(const Site& site, const http::Request& request) {
  const std::string& typed = request.captures.at(0);
  const auto number = cases::parse_number(typed);
  // What is not a number at all gets the same page as one that nobody has.
  if (!number) return show_open(site, request);
  // One address for one case: the cookie is bound to its path.
  if (typed != cases::show_number(*number)) return http::see_other(case_address(*number));
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  if (opened_case->pass.fresh) return show_receipt(site, request, *opened_case);
  return show_progress(site, request, *opened_case, request.query_value("said"));
}

http::Response show_case_file(const Site& site, const http::Request& request) {
  const auto number = cases::parse_number(request.captures.at(0));
  const auto content = cases::ContentId::parse(request.captures.at(1));
  const auto opened_case = number ? opened(site, request, *number) : std::nullopt;
  if (!opened_case || !content) {
    return site.refuse(request, Fault(FaultCode::not_found, "cases.no_content"));
  }
  const auto context = site.speaker();
  const auto file = site.installation.database.read([&](Reading& reading) {
    return cases::view_attachment(reading, context, opened_case->id, *content);
  });
  if (!file) return site.refuse(request, file.error());
  return file_response(file->media_type, file->bytes);
}

}  // namespace minhu::pages
