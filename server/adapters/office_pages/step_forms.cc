#include "adapters/office_pages/step_forms.h"

#include <algorithm>
#include <array>

#include "features/cases/steps.h"

namespace minhu::office_pages {

namespace {

using cases::Edge;
using cases::EventKind;
using cases::Field;
using cases::Form;

constexpr std::size_t most_radios = 4;

// The usual road of a case first, so that nobody looks for the next step between the rare ones;
// those follow in the order of the table. The first that is open stands unfolded.
constexpr std::array usual_steps{
    EventKind::triaged,         EventKind::transferred,        EventKind::dispatched,
    EventKind::assigned,        EventKind::answered_on_spot,   EventKind::signed_in,
    EventKind::accepted,        EventKind::answered,           EventKind::progress_told,
    EventKind::callback_done,   EventKind::callback_attempted, EventKind::closed,
    EventKind::reopened,        EventKind::unparked,           EventKind::hearing_held,
    EventKind::settled,         EventKind::objection_upheld,   EventKind::objection_refused,
    EventKind::review_answered, EventKind::recheck_answered,   EventKind::noted};

// A case that has been sorted is sent next, not sorted again.
std::size_t rank(EventKind kind, cases::State state) {
  if (kind == EventKind::triaged && state == cases::State::triaged) return usual_steps.size();
  const auto found = std::find(usual_steps.begin(), usual_steps.end(), kind);
  return static_cast<std::size_t>(found - usual_steps.begin());
}

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> words;
  while (!list.empty()) {
    const auto end = std::min(list.find(' '), list.size());
    words.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return words;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string all;
  for (const std::string& word : words) {
    if (!all.empty()) all += between;
    all += word;
  }
  return all;
}

class FormOf {
 public:
  FormOf(templates::Values& step, const Wording& wording, const CaseData& data, const Edge& edge,
         const Attempt* attempt)
      : step_(step), wording_(wording), data_(data), edge_(edge), attempt_(attempt) {}

  void put_fields() {
    bool any = false;
    bool words = false;
    for (const Field& field : edge_.fields) {
      if (field.name == "rule_used") continue;  // the program knows it better
      put_field(field);
      any = true;
      words = words || field.form == Form::words;
    }
    step_.show_if(!any, "NO_FIELDS");
    step_.show_if(words, "FILES");
  }

 private:
  std::string typed(const Field& field, std::string otherwise = {}) const {
    if (attempt_ == nullptr) return otherwise;
    const auto found = attempt_->typed.find(field.name);
    return found == attempt_->typed.end() ? std::string() : found->second;
  }

  void put_field(const Field& field) {
    auto& shown = step_.add("FIELD");
    shown.set("FIELD_ID", std::string(cases::name(edge_.kind)) + '-' + std::string(field.name))
        .set("NAME", field.name)
        .set("LABEL", wording_.field(edge_.kind, field.name));
    // A box to tick is never "optional": not ticking it is an answer.
    shown.show_if(field.need == cases::Need::optional && field.form != Form::flag, "OPTIONAL");
    if (attempt_ != nullptr && attempt_->fault.field == field.name) {
      shown.show("WRONG").set(
          "WHY", wording_.fault(attempt_->fault, wording_.field(edge_.kind, field.name)));
    }
    switch (field.form) {
      case Form::words:
        put_words(shown, field);
        break;
      case Form::choice:
        put_choice(shown, field);
        break;
      case Form::unit:
        put_units(shown, field);
        break;
      case Form::other_case:
        shown.show("LINE").set("VALUE", typed(field));
        hint(shown, wording_.say("office.case.other_case_hint"));
        break;
      case Form::official:
        shown.show("LINE").set("VALUE", typed(field));
        hint(shown, wording_.say("office.case.official_hint"));
        break;
      case Form::place:
        put_place(shown, field);
        break;
      case Form::category:
        put_categories(shown, field);
        break;
      case Form::date:
        shown.show("DATE").set("VALUE", typed(field));
        break;
      case Form::count:
        shown.show("COUNT").set("VALUE", typed(field));
        break;
      case Form::flag:
        shown.show("FLAG").show_if(typed(field) == "yes", "CHECKED");
        break;
    }
  }

  static void hint(templates::Values& shown, const std::string& text) {
    if (!text.empty()) shown.show("HINT").set("HINT_TEXT", text);
  }

  void put_words(templates::Values& shown, const Field& field) const {
    const auto role =
        cases::content_role_named(field.choices).value_or(cases::ContentRole::internal_note);
    const bool public_words = speaker_reads(edge_) && cases::may_read(cases::Reader::speaker, role);
    shown.show("AREA")
        .set("VALUE", typed(field))
        .set("READER", public_words ? "public" : "internal")
        .set("READER_NAME",
             wording_.say(public_words ? "office.case.speaker_sees" : "office.case.office_sees"));
  }

  void put_choice(templates::Values& shown, const Field& field) const {
    const auto choices = words_of(field.choices);
    const bool radios = choices.size() <= most_radios;
    const std::string chosen = typed(field);
    shown.show(radios ? "RADIOS" : "SELECT").show_if(!radios, "CHOOSE");
    for (const std::string_view value : choices) {
      shown.add(radios ? "RADIO" : "OPTION")
          .set("VALUE", value)
          .set("TEXT", wording_.choice(field.name, value))
          .show_if(value == chosen, "CHOSEN");
    }
  }

  static void put_unit(templates::Values& group, const places_and_units::Unit& unit,
                       const std::string& chosen) {
    const std::string id = unit.id.text();
    group.add("OPTION").set("VALUE", id).set("TEXT", unit.name).show_if(id == chosen, "CHOSEN");
  }

  // The unit that the rules name stands first, with the sentence of its rule.
  void put_units(templates::Values& shown, const Field& field) const {
    const UnitId first = first_unit(shown);
    const std::string chosen = typed(field, sends() && !first.empty() ? first.text() : "");
    shown.show("SELECT").show("CHOOSE");
    auto* others = &shown;
    for (const auto& unit : data_.units) {
      if (unit.id != first) continue;
      put_unit(shown.add("OPTIONS").set("GROUP_NAME", wording_.say("office.case.suggested")), unit,
               chosen);
      others = &shown.add("OPTIONS").set("GROUP_NAME", wording_.say("office.case.other_units"));
    }
    for (const auto& unit : data_.units) {
      if (unit.id != first && offered(unit.id)) put_unit(*others, unit, chosen);
    }
  }

  bool sends() const {
    return edge_.kind == EventKind::transferred || edge_.kind == EventKind::assigned ||
           edge_.kind == EventKind::dispatched;
  }

  // Whoever sends a case calls back about it, and nobody calls back about their own work.
  bool offered(UnitId unit) const { return !sends() || unit != data_.view.file.dispatching_unit; }

  UnitId first_unit(templates::Values& shown) const {
    if (!sends() && edge_.kind != EventKind::objected) return {};
    const Proposal& proposal = data_.proposal;
    if (!proposal.suggestion) {
      hint(shown, wording_.say("office.case.no_suggestion"));
      return {};
    }
    if (proposal.refused) {
      hint(shown, wording_.say("office.case.suggestion_refused",
                               {{"unit", proposal.suggestion->unit_name},
                                {"why", wording_.fault(*proposal.refused)}}));
      return {};
    }
    const UnitId unit = proposal.suggestion->rule.unit;
    if (edge_.kind == EventKind::objected && unit == data_.view.file.lead_unit) return {};
    if (!offered(unit)) {
      hint(shown, wording_.say("office.case.suggestion_calls_back",
                               {{"unit", proposal.suggestion->unit_name}}));
      return {};
    }
    std::string because = proposal.suggestion->because;
    if (proposal.guess) {
      because =
          wording_.say("office.case.guessed_from", {{"words", joined(proposal.guess->words, "、")},
                                                    {"category", proposal.category_name}}) +
          std::string(wording_.gap()) + because;
    }
    hint(shown, because);
    return unit;
  }

  void put_place(templates::Values& shown, const Field& field) const {
    shown.show("LINE").set("VALUE", typed(field, data_.place));
    hint(shown, wording_.say("office.case.place_hint"));
    if (attempt_ == nullptr || attempt_->places.empty()) return;
    shown.show("SEVERAL");
    for (const auto& place : attempt_->places) {
      shown.add("PLACE").set("CODE", place.code).set("PLACE_NAME", place.name);
    }
  }

  void put_categories(templates::Values& shown, const Field& field) const {
    const Proposal& proposal = data_.proposal;
    const std::string chosen = typed(field, proposal.category);
    if (proposal.guess) {
      hint(shown, wording_.say("office.case.guess_category",
                               {{"words", joined(proposal.guess->words, "、")},
                                {"category", proposal.category_name}}));
    } else if (data_.view.file.category.empty()) {
      hint(shown, wording_.say("office.case.guess_nothing"));
    }
    shown.show("SELECT").show("CHOOSE");
    for (const auto& category : data_.categories) {
      const std::string value = category.scheme + ':' + category.code;
      shown.add("OPTION")
          .set("VALUE", value)
          .set("TEXT", category_line(category))
          .show_if(value == chosen, "CHOSEN");
    }
  }

  // A tree in a list: each level is one full-width blank further in.
  static std::string category_line(const places_and_units::Category& category) {
    std::string line;
    for (const char c : category.code) {
      if (c == '.') line += "\u3000";
    }
    return line + category.name;
  }

  templates::Values& step_;
  const Wording& wording_;
  const CaseData& data_;
  const Edge& edge_;
  const Attempt* attempt_;
};

}  // namespace

bool speaker_reads(const Edge& edge) {
  return cases::shown_to_speaker(edge.kind);
}

void put_steps(templates::Values& values, const Wording& wording, const cases::Context& context,
               const CaseData& data, const std::string& token, const Attempt* attempt) {
  auto open = cases::open_steps(context, data.view.file);
  if (open.empty()) {
    values.show("NO_STEPS");
    return;
  }
  const cases::State state = data.view.file.state;
  std::stable_sort(open.begin(), open.end(), [&](const Edge* a, const Edge* b) {
    return rank(a->kind, state) < rank(b->kind, state);
  });
  const EventKind unfolded = attempt != nullptr ? attempt->kind : open.front()->kind;

  for (const bool for_speaker : {true, false}) {
    templates::Values* group = nullptr;
    for (const Edge* edge : open) {
      if (speaker_reads(*edge) != for_speaker) continue;
      if (group == nullptr) {
        group = &values.add("GROUP");
        group->set("SIDE", for_speaker ? "public" : "internal")
            .set("GROUP_TITLE",
                 wording.say(for_speaker ? "office.case.public" : "office.case.internal"))
            .set("GROUP_HINT", wording.say(for_speaker ? "office.case.public_hint"
                                                       : "office.case.internal_hint"));
      }
      const bool tried = attempt != nullptr && attempt->kind == edge->kind;
      const std::string step_name = wording.step(edge->kind);
      auto& step = group->add("STEP");
      step.set("KIND", cases::name(edge->kind))
          .set("STEP_NAME", step_name)
          .set("ACTION", "/office/cases/" + data.view.file.id.text() + "/steps/" +
                             std::string(cases::name(edge->kind)))
          .set("SEQ", data.view.file.seq)
          .set("TOKEN", token)
          .set("BUTTON", wording.say(for_speaker ? "office.case.submit_public"
                                                 : "office.case.submit_internal",
                                     {{"step", step_name}}))
          .show_if(edge->kind == unfolded, "UNFOLDED");
      if (const std::string hint = wording.step_hint(edge->kind); !hint.empty()) {
        step.show("STEP_HINT").set("STEP_HINT_TEXT", hint);
      }
      FormOf(step, wording, data, *edge, tried ? attempt : nullptr).put_fields();
    }
  }
}

}  // namespace minhu::office_pages
