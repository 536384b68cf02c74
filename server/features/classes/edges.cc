#include "features/classes/edges.h"

#include <array>

#include "kernel/enum_names.h"

namespace minhu::classes {

namespace {

using enum State;
using F = Form;
using P = Presence;

constexpr std::string_view scores = "0 1 2 3";
constexpr std::size_t short_text = 60;

constexpr std::array<Field, 0> nothing{};
constexpr std::array why{Field{"reason", F::text}};
constexpr std::array proposal{Field{"title", F::text, P::required, {}, short_text},
                              Field{"statement", F::text}};
constexpr std::array definition{Field{"category", F::category},
                                Field{"places", F::places, P::optional}};
constexpr std::array four_tests{Field{"widely_reported", F::choice, P::required, scores},
                                Field{"widely_reported_evidence", F::text},
                                Field{"large_reach", F::choice, P::required, scores},
                                Field{"large_reach_evidence", F::text},
                                Field{"can_be_moved", F::choice, P::required, scores},
                                Field{"can_be_moved_evidence", F::text},
                                Field{"needs_the_county", F::choice, P::required, scores},
                                Field{"needs_the_county_evidence", F::text}};
constexpr std::array rejection{Field{"because", F::choice, P::required,
                                     "no_class too_few not_ours being_solved same_as_another"},
                               Field{"reason", F::text}};
constexpr std::array selection{Field{"lead_unit", F::unit},
                               Field{"supporting_units", F::units, P::optional},
                               Field{"sponsor", F::text, P::required, {}, short_text},
                               Field{"theme", F::month}, Field{"baseline", F::text}};
constexpr std::array cause{
    Field{"cause", F::choice, P::required,
          "rule_missing rule_wrong duty_unclear money capacity enforcement information history"},
    Field{"text", F::text}};
constexpr std::array measure{Field{"text", F::text}, Field{"unit", F::unit}, Field{"due", F::date},
                             Field{"moves", F::text, P::required, {}, 200}};
constexpr std::array plan{Field{"plan", F::text}, Field{"threshold", F::count}};
constexpr std::array treatment{Field{"treated_on", F::date}};
constexpr std::array measure_report{Field{"measure", F::count}, Field{"done_on", F::date},
                                    Field{"report", F::text}};
constexpr std::array permanence{Field{"kind", F::choice, P::required, "rule standard budget"},
                                Field{"text", F::text},
                                Field{"link", F::link, P::required, {}, 500}};
constexpr std::array public_words{Field{"title", F::text, P::required, {}, short_text},
                                  Field{"text", F::text, P::required, {}, 500}};
constexpr std::array a_case{Field{"case", F::one_case}};

constexpr std::array asked{Field{"case", F::one_case},
                           Field{"how", F::choice, P::required, "phone visit counter"},
                           Field{"solved", F::choice, P::required, "yes partly no"}};

constexpr States before_selection{detected, proposed, screened};
constexpr States planned{cause_found, plan_published, treating, relapsed};
constexpr States chosen = under_way_states | solved_states;
constexpr States named = States{proposed, screened, rejected} | chosen;
constexpr States every_state = before_selection | States{rejected} | chosen;

constexpr std::string_view screening = "每月一题: four tests of selection, 2021";
constexpr std::string_view lead = "Beijing hotline rules 2021 art. 24-29: a named lead unit";
constexpr std::string_view judged = "ours: whoever treats does not judge";
constexpr std::string_view ours = "ours";

const Edge table[] = {
    // found, and said to be one
    {EventKind::proposed, {detected, rejected}, proposed, "class:propose", proposal, ours},
    // Whoever is measured does not choose later what is counted: only before the treatment.
    {EventKind::redefined, before_selection | States{selected, cause_found, plan_published},
     std::nullopt, "class:propose", definition, ours},
    {EventKind::screened, {proposed, screened}, screened, "class:propose", four_tests, screening},
    {EventKind::rejected, before_selection, rejected, "class:propose", rejection,
     "ours: what is refused is published with the reason"},

    // a leader takes it on
    {EventKind::selected, {screened}, selected, "class:select", selection, lead},
    {EventKind::returned, {screened}, proposed, "class:select", why, ours},

    // the unit that leads
    {EventKind::cause_found,
     {selected, cause_found, relapsed},
     cause_found,
     "class:treat",
     cause,
     lead},
    {EventKind::measure_planned, planned, std::nullopt, "class:treat", measure,
     "一方案三清单: tasks, owners, policies"},
    {EventKind::plan_published,
     {cause_found},
     plan_published,
     "class:treat",
     plan,
     "一方案三清单: tasks, owners, policies"},
    {EventKind::treatment_begun,
     {plan_published, relapsed},
     treating,
     "class:treat",
     treatment,
     lead},
    {EventKind::measure_done,
     {plan_published, treating, measured},
     std::nullopt,
     "class:report",
     measure_report,
     lead},

    // whether it helped
    {EventKind::measured, {treating, measured}, measured, "class:measure", nothing, judged},
    {EventKind::not_verified, {measured}, treating, "class:verify", why, judged},
    {EventKind::verified, {measured}, verified, "class:verify", why, judged},
    {EventKind::institutionalised,
     {verified},
     institutionalised,
     "class:treat",
     permanence,
     "成一件，带一片: a rule, a standard or a budget keeps it so"},
    {EventKind::closed, {institutionalised}, closed, "class:verify", why, judged},
    {EventKind::watched, {closed}, watching, "class:consequence", nothing, ours},
    {EventKind::relapsed, solved_states, relapsed, "class:consequence", nothing, ours},

    // what everybody may read of it
    {EventKind::summary_written, named, std::nullopt, "class:describe", public_words,
     "ours: never a person's own words"},
    {EventKind::summary_approved, named, std::nullopt, "class:publish", nothing,
     "ours: two pairs of eyes"},
    {EventKind::summary_withdrawn, named, std::nullopt, "class:publish", why, ours},

    // single cases; each keeps its own clock, unit and answer
    {EventKind::case_linked, before_selection | chosen, std::nullopt, "class:link", a_case, ours},
    {EventKind::case_unlinked, before_selection | chosen, std::nullopt, "class:link", a_case, ours},
    {EventKind::case_rejected, before_selection | chosen, std::nullopt, "class:link", a_case, ours},
    {EventKind::speaker_asked, {treating, measured}, std::nullopt, "class:ask", asked, judged},
    {EventKind::case_left, every_state, std::nullopt, "class:consequence", a_case,
     "art. 30; erasure"},
};

}  // namespace

MINHU_ENUM_NAMES(Form, one_case, "text", "choice", "unit", "units", "category", "places", "date",
                 "month", "count", "link", "one_case")

MINHU_ENUM_NAMES(Owes, system, "nobody", "dispatcher", "leader", "lead_unit", "supervisor",
                 "system")

Owes owed_by(State state) noexcept {
  switch (state) {
    case detected:
    case proposed:
    case treating:  // it is measured as soon as a whole month has passed
      return Owes::dispatcher;
    case screened:
      return Owes::leader;
    case selected:
    case cause_found:
    case plan_published:
    case verified:
    case relapsed:
      return Owes::lead_unit;
    case measured:
    case institutionalised:
      return Owes::supervisor;
    case closed:
    case watching:
      return Owes::system;
    case rejected:
      break;
  }
  return Owes::nobody;
}

std::span<const Edge> edges() {
  return table;
}

const Edge* open_edge(EventKind kind, State state) {
  return state_machine::open_edge(edges(), kind, state);
}

}  // namespace minhu::classes
