#include "adapters/office_pages/paper.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "features/cases/clocks.h"

namespace minhu::office_pages {

namespace {

using cases::EventKind;
using cases::TimelineEntry;

constexpr std::string_view names[] = {"acceptance", "notice", "opinion", "review", "recheck"};

// The decisions that a notice tells; of several the latest.
constexpr std::array noticed_kinds{
    EventKind::transferred,
    EventKind::assigned,
    EventKind::dispatched,
    EventKind::not_accepted,
    EventKind::sent_to_legal_road,
    EventKind::closed_to_repeat,
    EventKind::extended,
    EventKind::parked,
    EventKind::noticed,
};

bool tells(PaperKind kind, EventKind event) {
  switch (kind) {
    case PaperKind::acceptance:
      return event == EventKind::accepted;
    case PaperKind::notice:
      return std::find(noticed_kinds.begin(), noticed_kinds.end(), event) != noticed_kinds.end();
    case PaperKind::opinion:
      return event == EventKind::answered || event == EventKind::answered_on_spot;
    case PaperKind::review:
      return event == EventKind::review_answered;
    case PaperKind::recheck:
      return event == EventKind::recheck_answered;
  }
  return false;
}

const TimelineEntry* latest(PaperKind kind, const std::vector<TimelineEntry>& timeline) {
  const auto found =
      std::find_if(timeline.rbegin(), timeline.rend(),
                   [&](const TimelineEntry& entry) { return tells(kind, entry.event.kind); });
  return found == timeline.rend() ? nullptr : &*found;
}

std::string day_words(const Wording& wording, Instant instant, FixedZone zone) {
  const std::chrono::year_month_day date{to_date(instant, zone)};
  return wording.say("print.day", {{"year", std::to_string(static_cast<int>(date.year()))},
                                   {"month", std::to_string(static_cast<unsigned>(date.month()))},
                                   {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

// Each line of what was written is a paragraph of its own.
std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) paragraphs.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return paragraphs;
}

class Writer {
 public:
  Writer(const Wording& wording, const cases::County& county, const CaseData& data,
         const TimelineEntry& entry)
      : wording_(wording), county_(county), data_(data), entry_(entry) {}

  std::string text(std::string_view field) const {
    for (const cases::TextOfEvent& text : entry_.texts) {
      if (text.field == field) return text.text;
    }
    return {};
  }
  void part(const char* heading, std::string_view words) {
    std::vector<std::string> paragraphs = paragraphs_of(words);
    if (!paragraphs.empty()) parts_.push_back({wording_.say(heading), std::move(paragraphs)});
  }
  void say(const char* heading, const char* key, const catalogue::Details& details = {}) {
    part(heading, wording_.say(key, details));
  }
  std::string day(Instant instant) const {
    return day_words(wording_, instant, county_.rules.zone);
  }

  // The five things that article 32 asks of an opinion; of a plain answer those that there are.
  void opinion() {
    part("print.part.request", text("request"));
    part("print.part.facts", text("facts"));
    part("print.part.opinion", text("opinion"));
    part("print.part.basis", text("basis"));
    const std::string_view outcome = entry_.event.fact("outcome");
    if (!outcome.empty()) part("print.part.outcome", wording_.choice("outcome", outcome));
    // Many answers are the opinion itself: said once.
    const std::string answer = text("public_answer");
    if (answer != text("opinion")) part("print.part.answer", answer);
  }
  void review() {
    const std::string_view changed = entry_.event.fact("changed");
    if (!changed.empty()) part("print.part.changed", wording_.choice("changed", changed));
    opinion();
  }
  void acceptance() {
    say("print.part.unit", "print.handled_by",
        {{"unit", data_.unit_name(entry_.event.actor.unit)}});
    terms();
    part("print.part.notice", text("notice"));
    say("print.part.progress", "print.progress");
  }
  // What is promised, each with its day; the speaker's own windows are not promises of ours.
  void terms() {
    PaperPart part{wording_.say("print.part.term"), {}};
    for (const cases::RunningClock& clock : data_.view.file.clocks) {
      if (clock.citizen || clock.met_at) continue;
      part.paragraphs.push_back(
          wording_.say(clock.provisional ? "print.term_provisional" : "print.term",
                       {{"what", cases::label_of(county_, clock, wording_.deadline_language())},
                        {"day", day(clock.due)}}));
    }
    if (!part.paragraphs.empty()) parts_.push_back(std::move(part));
  }
  void notice() {
    const cases::Event& event = entry_.event;
    switch (event.kind) {
      case EventKind::transferred:
      case EventKind::assigned:
      case EventKind::dispatched:
        say("print.part.unit", "print.sent_to",
            {{"unit", data_.unit_name(UnitId::parse(event.fact("unit")).value_or(UnitId()))},
             {"day", day(event.happened_at)}});
        part("print.part.reason", text("reason"));
        terms();
        say("print.part.progress", "print.progress");
        return;
      case EventKind::sent_to_legal_road:
        part("print.part.road", wording_.choice("road", event.fact("road")));
        part("print.part.law", text("law"));
        part("print.part.body", text("body"));
        part("print.part.own_limit", text("speakers_own_limit"));
        return;
      case EventKind::extended:
        say("print.part.extended", "print.extended", {{"days", std::string(event.fact("days"))}});
        part("print.part.reason", text("reason"));
        terms();
        return;
      case EventKind::parked:
        part("print.part.plan", text("public_plan"));
        if (const auto review = parse_date(event.fact("review_on"))) {
          say("print.part.review_on", "print.review_on",
              {{"day", day(start_of_day(*review, county_.rules.zone))}});
        }
        return;
      default:  // refusals, and the notice of receipt
        part("print.part.reason", text("reason"));
        part("print.part.law", text("law"));
        part("print.part.other_road", text("other_road"));
        part("print.part.notice", text("notice"));
        if (event.kind == EventKind::noticed) terms();
    }
  }

  std::vector<PaperPart> take() { return std::move(parts_); }

 private:
  const Wording& wording_;
  const cases::County& county_;
  const CaseData& data_;
  const TimelineEntry& entry_;
  std::vector<PaperPart> parts_;
};

std::string title_of(PaperKind kind, const Wording& wording, const cases::CaseFile& file,
                     const cases::Event& event) {
  std::string key = "print.title." + std::string(name(kind));
  if (kind == PaperKind::notice) key += "." + std::string(cases::name(event.kind));
  if (kind == PaperKind::opinion) key += "." + std::string(cases::name(file.track));
  return wording.say(key);
}

// Until when, and of whom, a review or a recheck can be asked: by the speaker's own clock.
std::string rights_of(PaperKind kind, const Wording& wording, const cases::County& county,
                      const CaseData& data) {
  if (kind == PaperKind::acceptance) return wording.say("print.rights.meanwhile");
  if (kind == PaperKind::recheck) return wording.say("print.rights.final");
  if (kind == PaperKind::notice) return wording.say("print.rights.notice");
  const cases::CaseFile& file = data.view.file;
  const auto until = [&](const char* key, const cases::RunningClock& clock) {
    return wording.say(key, {{"day", day_words(wording, clock.due, county.rules.zone)}});
  };
  if (file.track == cases::Track::petition) {
    // Each opinion has a time of its own: an opinion printed again after its review tells nobody
    // that they have until the last day of the recheck.
    const bool reviewed = kind == PaperKind::review;
    const cases::RunningClock* const its_own = cases::limiting_clock(
        county, file, reviewed ? EventKind::recheck_requested : EventKind::review_requested);
    if (its_own == nullptr || its_own->met_at) return {};
    return until(reviewed ? "print.rights.recheck" : "print.rights.review", *its_own);
  }
  for (const cases::RunningClock& clock : file.clocks) {
    if (clock.citizen && !clock.met_at) return until("print.rights.rate", clock);
  }
  return {};
}

std::string phone_of(const CaseData& data, UnitId unit, std::string_view reception) {
  for (const places_and_units::Unit& each : data.units) {
    if (each.id == unit && !each.phone.empty()) return each.phone;
  }
  return std::string(reception);
}

}  // namespace

std::string_view name(PaperKind kind) noexcept {
  return names[static_cast<std::size_t>(kind)];
}

std::optional<PaperKind> paper_kind_named(std::string_view text) noexcept {
  for (const PaperKind kind : paper_kinds) {
    if (name(kind) == text) return kind;
  }
  return std::nullopt;
}

bool there_is(PaperKind kind, const cases::CaseFile& file,
              const std::vector<TimelineEntry>& timeline) {
  return !file.erased && latest(kind, timeline) != nullptr;
}

Result<Paper> paper_of(PaperKind kind, const Wording& wording, const cases::County& county,
                       const CaseData& data, std::string_view reception) {
  const cases::CaseFile& file = data.view.file;
  const std::string number = cases::show_number(file.number);
  const TimelineEntry* const entry = latest(kind, data.view.timeline);
  if (entry == nullptr || file.erased) {
    return fail(FaultCode::conflict, "office.paper_not_there", "",
                catalogue::Details{{"number", number}});
  }
  Writer writer(wording, county, data, *entry);
  switch (kind) {
    case PaperKind::acceptance:
      writer.acceptance();
      break;
    case PaperKind::notice:
      writer.notice();
      break;
    case PaperKind::opinion:
      writer.opinion();
      break;
    case PaperKind::review:
    case PaperKind::recheck:
      writer.review();
      break;
  }
  const UnitId unit = entry->event.actor.unit;
  Paper paper;
  paper.unit = data.unit_name(unit);
  paper.title = title_of(kind, wording, file, entry->event);
  paper.number = number;
  paper.about = wording.say("print.about", {{"day", writer.day(file.received_at)},
                                            {"matter", cases::headline(data.view.said)}});
  paper.parts = writer.take();
  paper.rights = rights_of(kind, wording, county, data);
  paper.phone = phone_of(data, unit, reception);
  paper.signed_on = writer.day(entry->event.happened_at);
  return paper;
}

}  // namespace minhu::office_pages
