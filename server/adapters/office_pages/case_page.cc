#include "adapters/office_pages/case_page.h"

#include <algorithm>

#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/paper.h"
#include "adapters/office_pages/remaining.h"
#include "adapters/office_pages/timeline.h"
#include "features/cases/clocks.h"
#include "features/cases/guard.h"
#include "features/cases/steps.h"

namespace minhu::office_pages {

namespace {

void put_fact(templates::Values& values, std::string_view label, std::string_view value) {
  if (!value.empty()) values.add("CASE_FACT").set("LABEL", label).set("VALUE", value);
}

std::string speaker_text(const Wording& wording, const cases::CaseFile& file) {
  std::string text = wording.say("office.case.sealed");
  const auto add = [&](const char* key) {
    text += wording.gap();
    text += wording.say(key);
  };
  if (file.contact.empty()) add("office.case.no_contact");
  if (file.may_be_called) add("office.case.may_call");
  if (!file.activated) add("office.case.not_activated");
  return text;
}

void put_facts(templates::Values& values, const Wording& wording, const cases::County& county,
               const CaseData& data) {
  const cases::CaseFile& file = data.view.file;
  const auto say = [&](const char* key) { return wording.say(key); };
  put_fact(values, say("office.case.number"), cases::show_number(file.number));
  put_fact(values, say("office.case.received"), moment(file.received_at, county.rules.zone));
  put_fact(values, say("office.queue.channel"), wording.of(file.channel));
  put_fact(values, say("office.case.track"), wording.of(file.track));
  put_fact(values, say("office.case.place"),
           data.place.empty() ? say("office.queue.no_place") : data.place);
  put_fact(values, say("office.case.place_words"), data.view.said.place_words);
  put_fact(values, say("office.case.category"),
           file.category.empty() ? say("office.case.no_category") : data.proposal.category_name);
  put_fact(values, say("office.case.urgency"),
           wording.choice("urgency", cases::name(file.urgency)));
  put_fact(values, say("office.case.lead"),
           file.lead_unit.empty() ? say("office.case.no_lead") : data.unit_name(file.lead_unit));
  std::string helpers;
  for (const UnitId unit : file.co_units) {
    if (!helpers.empty()) helpers += "、";
    helpers += data.unit_name(unit);
  }
  put_fact(values, say("office.case.co"), helpers);
  if (file.first_unit != file.lead_unit) {
    put_fact(values, say("office.case.first"), data.unit_name(file.first_unit));
  }
  put_fact(values, say("office.case.dispatching"), data.unit_name(file.dispatching_unit));
  put_fact(values, say("office.case.review"), data.unit_name(file.review_unit));
  if (file.returned + file.reopened + file.urged > 0) {
    put_fact(values, say("office.case.counts"),
             wording.say("office.case.counts_text", {{"returned", std::to_string(file.returned)},
                                                     {"reopened", std::to_string(file.reopened)},
                                                     {"urged", std::to_string(file.urged)}}));
  }
  if (file.outcome) {
    put_fact(values, say("office.case.outcome"),
             wording.choice("outcome", cases::name(*file.outcome)));
  }
  if (file.solved) {
    put_fact(values, say("office.case.solved"),
             wording.choice("solved", cases::name(*file.solved)));
  }
  if (file.satisfaction) {
    put_fact(values, say("office.case.satisfaction"),
             wording.choice("satisfaction", cases::name(*file.satisfaction)));
  }
  if (const auto into = data.numbers.find(file.merged_into); into != data.numbers.end()) {
    put_fact(values, say("office.case.merged_into"), into->second);
  }
  put_fact(values, say("office.case.speaker"), speaker_text(wording, file));
}

// Running ones first; those that have ended follow, muted.
void put_clocks(templates::Values& values, const Wording& wording, const cases::County& county,
                const cases::CaseFile& file) {
  bool running = false;
  for (const bool met : {false, true}) {
    for (const cases::RunningClock& clock : file.clocks) {
      if (clock.met_at.has_value() != met) continue;
      running = running || !met;
      values.add("CLOCK")
          .set("CLOCK_TEXT", cases::explain_clock(county, clock, wording.deadline_language()))
          .show_if(met, "ENDED")
          .show_if(met && *clock.met_at <= clock.due, "IN_TIME")
          .show_if(met && *clock.met_at > clock.due, "LATE")
          .show_if(clock.citizen, "CITIZEN")
          .show_if(clock.paused_at && !met, "PAUSED");
    }
  }
  values.show_if(!running, "NO_CLOCKS");
}

void put_words(templates::Values& values, const Wording& wording, const CaseData& data) {
  const cases::Said& said = data.view.said;
  if (data.view.file.erased) {
    values.show("SAID_NOTE").set("SAID_NOTE_TEXT", wording.say("office.case.said_erased"));
    return;
  }
  if (!said.title.empty()) values.show("SAID_TITLE").set("SAID_TITLE_TEXT", said.title);
  if (!said.text.empty()) values.show("SAID").set("SAID_TEXT", said.text);
  if (said.text.empty() && said.title.empty()) {
    values.show("SAID_NOTE").set("SAID_NOTE_TEXT", wording.say("office.case.voice_only"));
  }
  put_speakers_files(values, wording, data);
}

bool still_open(const cases::Context& context, const cases::CaseFile& file, cases::EventKind kind) {
  const auto open = cases::open_steps(context, file);
  return std::any_of(open.begin(), open.end(),
                     [&](const cases::Edge* edge) { return edge->kind == kind; });
}

bool has_field(cases::EventKind kind, std::string_view name) {
  for (const cases::Edge& edge : cases::edges()) {
    if (edge.kind != kind) continue;
    for (const cases::Field& field : edge.fields) {
      if (field.name == name) return true;
    }
  }
  return false;
}

// Why it was not done, and where what was typed has gone: into the form, or, when the step is no
// longer open, into a place from which it can be copied.
void put_refusal(templates::Values& values, const Wording& wording, const cases::Context& context,
                 const CaseData& data, const Attempt& attempt) {
  const bool open = still_open(context, data.view.file, attempt.kind);
  const std::string label = has_field(attempt.kind, attempt.fault.field)
                                ? wording.field(attempt.kind, attempt.fault.field)
                                : std::string();
  values.show("REFUSED")
      .set("WHY", wording.fault(attempt.fault, label))
      .set("KEPT", wording.say(open ? "office.case.kept_below" : "office.case.kept_copy"))
      .show_if(attempt.had_files, "FILES_AGAIN");
  if (open && !label.empty()) {
    values.show("GO")
        .set("GO_TARGET",
             std::string(cases::name(attempt.kind)) + '-' + std::string(attempt.fault.field))
        .set("GO_TEXT", wording.say("office.case.go_to_field", {{"field", label}}));
  }
  if (open) return;
  for (const cases::Edge& edge : cases::edges()) {
    if (edge.kind != attempt.kind) continue;
    for (const cases::Field& field : edge.fields) {
      const auto typed = attempt.typed.find(field.name);
      if (field.form != cases::Form::words || typed == attempt.typed.end() ||
          typed->second.empty()) {
        continue;
      }
      values.show("KEPT_WORDS");
      values.add("KEPT_WORD")
          .set("LABEL", wording.field(edge.kind, field.name))
          .set("WORDS", typed->second);
    }
    return;
  }
}

void put_papers(templates::Values& values, const Wording& wording, const CaseData& data) {
  for (const PaperKind kind : paper_kinds) {
    if (!there_is(kind, data.view.file, data.view.timeline)) continue;
    values.show("PAPERS");
    values.add("PAPER_LINK")
        .set("PAPER_KIND", name(kind))
        .set("PAPER_NAME", wording.say("print.name." + std::string(name(kind))));
  }
}

void put_reveal(templates::Values& values, const Wording& wording, const cases::Context& context,
                const cases::CaseFile& file, const Addition& addition) {
  if (addition.phone) {
    const std::string& phone =
        addition.phone->reveal_because("the caller asked with a reason that was recorded");
    values.show("PHONE").set(phone.empty() ? "NO_NUMBER_TEXT" : "NUMBER_TEXT",
                             phone.empty() ? wording.say("office.reveal.none") : phone);
    values.show_if(phone.empty(), "NO_NUMBER").show_if(!phone.empty(), "NUMBER");
    return;
  }
  if (!cases::may_ask_for_phone(context, file)) return;
  values.show("REVEAL").set("REVEAL_REASON", addition.reveal_reason);
  if (addition.reveal_refused) {
    values.show("REVEAL_WRONG").set("REVEAL_WHY", wording.fault(*addition.reveal_refused));
  }
}

}  // namespace

Result<cases::CaseId> case_in(const http::Request& request) {
  const auto id = cases::CaseId::parse(request.captures.empty() ? std::string_view()
                                                                : request.captures.front());
  if (!id) return fail(FaultCode::not_found, "cases.not_found");
  return *id;
}

http::Response case_page(const Office& office, const http::Request& request,
                         const accounts::Account& who, cases::CaseId id, const Addition& addition) {
  const auto context = office.installation.as(who.principal);
  const auto data = office.installation.database.read(
      [&](Reading& reading) { return read_case(reading, context, id); });
  if (!data) return refuse(office, request, data.error(), &who);
  const cases::CaseFile& file = data->view.file;

  Page page(office, request, &who);
  const Wording& wording = page.wording();
  auto& values = page.values();
  const std::string title =
      file.erased ? wording.say("office.queue.erased") : cases::headline(data->view.said);
  const Remaining left = remaining_time(context.county, file, context.now);
  values.set("ID", file.id.text())
      .set("HEADLINE", title.empty() ? cases::show_number(file.number) : title)
      .set("LEFT", left.words(wording))
      .set("TONE", css_class(left.tone))
      .set("STATE", wording.of(file.state))
      .set("FROM", request.method == http::Method::get ? request.query_value("from")
                                                       : request.form("from"));
  if (const auto done = cases::named<cases::EventKind>(request.query_value("done"))) {
    values.show("DONE").set("DONE_TEXT",
                            wording.say("office.case.done", {{"step", wording.step(*done)}}));
  }
  put_words(values, wording, *data);
  put_facts(values, wording, context.county, *data);
  put_clocks(values, wording, context.county, file);
  put_timeline(values, wording, context.county.rules.zone, *data, addition.read_up_to);
  put_papers(values, wording, *data);
  const Attempt* attempt = addition.attempt ? &*addition.attempt : nullptr;
  if (attempt != nullptr) put_refusal(values, wording, context, *data, *attempt);
  put_reveal(values, wording, context, file, addition);
  put_steps(values, wording, context, *data,
            addition.token.empty() ? new_token(office.installation.entropy) : addition.token,
            attempt);

  const int status = attempt != nullptr        ? http::status_of(attempt->fault.code)
                     : addition.reveal_refused ? http::status_of(addition.reveal_refused->code)
                                               : 200;
  return page.answer("case", title.empty() ? cases::show_number(file.number) : title, status);
}

http::Response show_case(const Office& office, const http::Request& request,
                         const accounts::Account& who) {
  const auto id = case_in(request);
  if (!id) return refuse(office, request, id.error(), &who);
  return case_page(office, request, who, *id, {});
}

}  // namespace minhu::office_pages
