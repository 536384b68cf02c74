#include "adapters/pages/steps.h"

#include <algorithm>
#include <array>

#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "features/cases/step_guards.h"
#include "features/cases/store.h"
#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

using cases::EventKind;

// What a form of a step was filled in with.
struct Filled {
  cases::Step step;
  Errors errors;
};

std::string field_sentence(const Site& site, const http::Request& request, const Fault& fault) {
  return site.surface.sentences(request).say(fault);
}

void take_words(const Site& site, const http::Request& request, bool required, Filled& filled) {
  const auto words = text_of(request, "words", cases::longest_words);
  if (!words) {
    filled.errors.add("words", field_sentence(site, request, words.error()));
  } else if (words->empty() && required) {
    filled.errors.add("words", site.say(request, "residents.supplement.error_empty"));
  } else if (!words->empty()) {
    filled.step.fields["words"] = *words;
  }
}

void take_rating(const Site& site, const http::Request& request, Filled& filled) {
  const std::string solved(request.form("solved"));
  if (!cases::named<cases::Solved>(solved)) {
    filled.errors.add("solved", site.say(request, "residents.rate.error"));
  } else {
    filled.step.fields["solved"] = solved;
  }
  const std::string satisfaction(request.form("satisfaction"));
  if (cases::named<cases::Satisfaction>(satisfaction)) {
    filled.step.fields["satisfaction"] = satisfaction;
  }
  if (request.form("again") == "yes" && solved != "yes") {
    filled.step.fields["asks_rehandling"] = "yes";
  }
  take_words(site, request, false, filled);
}

// The question of 28 and 90 days: one tap, words if they like.
void take_still_solved(const Site& site, const http::Request& request, Filled& filled) {
  const std::string solved(request.form("solved"));
  if (!cases::named<cases::Solved>(solved)) {
    filled.errors.add("solved", site.say(request, "residents.still.error"));
  } else {
    filled.step.fields["solved"] = solved;
  }
  if (request.form("again") == "yes" && solved != "yes") {
    filled.step.fields["asks_rehandling"] = "yes";
  }
  take_words(site, request, false, filled);
}

Filled fill(const Site& site, const http::Request& request, const SpeakersStep& step) {
  Filled filled;
  if (const auto token = token_of(request)) {
    filled.step.token = *token;
  } else {
    filled.errors.add("words", field_sentence(site, request, token.error()));
  }
  if (step.path == "rate") {
    take_rating(site, request, filled);
  } else if (step.path == "still") {
    take_still_solved(site, request, filled);
  } else if (step.path == "supplement" || step.path == "review") {
    take_words(site, request, step.path == "review", filled);
  }
  const Outcome admitted = step.path == "supplement" ? site.admit(request) : Outcome();
  if (!admitted) filled.errors.add("words", site.surface.sentences(request).say(admitted.error()));
  if (step.path == "supplement" && admitted) {
    Uploads uploads = take_uploads(site, request);
    for (const std::string& why : uploads.refused) {
      filled.errors.add("photos", site.say(request, "residents.what.error_file", {{"why", why}}));
    }
    if (uploads.taken.size() > cases::most_attachments) {
      filled.errors.add("photos", site.say(request, "residents.what.error_many"));
    }
    filled.step.attachments = std::move(uploads.taken);
    if (!filled.errors.any() && filled.step.attachments.empty() &&
        !filled.step.fields.contains("words")) {
      filled.errors.add("words", site.say(request, "residents.supplement.error_nothing"));
    }
    if (request.form("corrects") == "yes") filled.step.fields["corrects"] = "yes";
  }
  return filled;
}

void show_choices(const Site& site, const http::Request& request, templates::Values& values,
                  std::string_view section, std::string_view area,
                  std::initializer_list<std::string_view> choices) {
  for (const auto choice : choices) {
    values.add(section)
        .set("VALUE", choice)
        .set("LABEL", site.say(request, std::string(area) + std::string(choice)))
        .show_if(
            request.form(area == "residents.satisfaction." ? "satisfaction" : "solved") == choice,
            "CHECKED");
  }
}

http::Response step_page(const Site& site, const http::Request& request, const Opened& opened,
                         const SpeakersStep& step, EventKind kind, const cases::CaseFile& file,
                         const Errors& errors, int status) {
  const auto& say = site.surface.sentences(request);
  templates::Values values;
  values.set("NUMBER", cases::show_number(opened.pass.number));
  // The same form sent again must mean the same request, also after an error.
  const auto token = token_of(request);
  values.set("TOKEN", token ? to_hex(*token) : new_token(site));
  if (opened.by_hidden_field) values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
  const auto typed = request.form("words");
  values.set("TEXT", is_valid_utf8(typed) ? typed : std::string_view());
  const bool recheck = kind == EventKind::recheck_requested;
  const std::string key =
      "residents." + std::string(step.path) + (recheck ? ".title_again" : ".title");
  values.set("HEADING", say.say(key));
  show_choices(site, request, values, "SOLVED", "residents.solved.", {"yes", "partly", "no"});
  show_choices(site, request, values, "STILL", "residents.still.", {"yes", "partly", "no"});
  show_choices(site, request, values, "SATISFACTION", "residents.satisfaction.",
               {"satisfied", "mostly", "dissatisfied"});
  values.show_if(request.form("again") == "yes", "AGAIN");
  values.show_if(request.form("corrects") == "yes", "CORRECTS");
  // Nothing of a form that is refused is kept, and no browser gives files back.
  values.show_if(errors.any() && brings_files(request), "FILES_AGAIN");
  // A button that could only be refused is not offered.
  values.show(cases::urged_lately(file, site.speaker().now) ? "LATELY" : "MAY_URGE");
  errors.show(values);
  return site.surface.page(request, step.path, values,
                           {errors.title(site, request, say.say(key)), status, Keep::nothing,
                            opened.by_hidden_field ? Quiet::yes : Quiet::no});
}

std::optional<cases::CaseFile> file_of(const Site& site, const Opened& opened) {
  return site.installation.database.read([&](Reading& reading) {
    return cases::load_file(reading, site.installation.county.region, opened.id);
  });
}

// /t/{number}/{path}
std::string_view last_of(const http::Request& request) {
  const std::string_view path = request.path;
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

const std::vector<SpeakersStep>& speakers_steps() {
  static const std::vector<SpeakersStep> steps{
      {"still", "receipt:rate", {EventKind::still_solved_told}},
      {"rate", "receipt:rate", {EventKind::rated}},
      {"supplement", "receipt:supplement", {EventKind::supplemented}},
      {"urge", "receipt:urge", {EventKind::urged}},
      {"review", "receipt:review", {EventKind::review_requested, EventKind::recheck_requested}},
      {"withdraw", "receipt:withdraw", {EventKind::withdrawn}},
  };
  return steps;
}

const SpeakersStep* step_at(std::string_view path) {
  const auto& steps = speakers_steps();
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [&](const SpeakersStep& step) { return step.path == path; });
  return found == steps.end() ? nullptr : &*found;
}

std::optional<EventKind> open_kind(const cases::Context& speaker, const cases::CaseFile& file,
                                   const SpeakersStep& step) {
  for (const cases::Edge* edge : cases::open_steps(speaker, file)) {
    const bool its_own =
        std::find(step.kinds.begin(), step.kinds.end(), edge->kind) != step.kinds.end();
    // Nobody writes a request that can only be refused.
    if (its_own && !cases::past_its_time(speaker.county, file, edge->kind, speaker.now)) {
      return edge->kind;
    }
  }
  return std::nullopt;
}

http::Response show_step(const Site& site, const http::Request& request) {
  const SpeakersStep* step = step_at(last_of(request));
  const auto number = cases::parse_number(request.captures.at(0));
  if (step == nullptr || !number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  const auto file = file_of(site, *opened_case);
  const auto kind = file ? open_kind(site.speaker(), *file, *step) : std::nullopt;
  if (!kind) {
    return opened_case->by_hidden_field ? show_progress(site, request, *opened_case, "")
                                        : http::see_other(case_address(*number));
  }
  return step_page(site, request, *opened_case, *step, *kind, *file, {}, 200);
}

http::Response take_speakers_step(const Site& site, const http::Request& request) {
  if (const auto ours = from_our_own_page(request); !ours)
    return site.refuse(request, ours.error());
  // A quiet page has no cookie to follow a link with: its buttons ask for the form itself.
  if (request.part("show") != nullptr) return show_step(site, request);
  const SpeakersStep* step = step_at(last_of(request));
  const auto number = cases::parse_number(request.captures.at(0));
  if (step == nullptr || !number) return http::see_other("/t");
  auto opened_case = opened(site, request, *number);
  if (!opened_case && !request.form("code").empty()) {
    if (auto by_code = open_with(site, *number, request.form("code"))) {
      site.guesses.right(request.client);
      opened_case = std::move(*by_code);
    }
  }
  if (!opened_case) return ask_for_code_again(site, request, *number);
  const auto file = file_of(site, *opened_case);
  if (!file) return site.refuse(request, Fault(FaultCode::not_found, "cases.not_found"));
  if (file->track == cases::Track::accusation || !file->retaliation_for.empty()) {
    opened_case->by_hidden_field = true;
  }

  Filled filled = fill(site, request, *step);
  const auto context = site.speaker();
  const auto open = open_kind(context, *file, *step);
  // Not open any more: perhaps because this very request was carried out before, which take_step
  // knows by the token.
  const EventKind kind = open.value_or(step->kinds.front());
  if (filled.errors.any()) {
    return step_page(site, request, *opened_case, *step, kind, *file, filled.errors, 400);
  }
  Result<cases::Event> event = fail(FaultCode::conflict, "cases.step_not_open");
  for (const EventKind candidate : open ? std::vector{kind} : step->kinds) {
    filled.step.kind = candidate;
    event = site.installation.database.write([&](Transaction& transaction) {
      return cases::take_step(transaction, context, opened_case->id, filled.step);
    });
    // The other kind of the step may be the one; what else is wrong is said of this one.
    if (event || event.error().key != "cases.step_not_open") break;
  }
  if (!event) {
    filled.errors.add(event.error().field.empty() ? "words" : event.error().field,
                      field_sentence(site, request, event.error()));
    return step_page(site, request, *opened_case, *step, kind, *file, filled.errors,
                     http::status_of(event.error().code));
  }
  if (opened_case->by_hidden_field) return show_progress(site, request, *opened_case, step->path);
  http::Response response =
      http::see_other(case_address(*number) + "?said=" + std::string(step->path));
  opened_case->pass.fresh = false;
  opened_case->pass.made_at = context.now;
  give_pass(site, request, response, opened_case->pass);
  return response;
}

}  // namespace minhu::pages
