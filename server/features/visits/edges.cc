#include "features/visits/edges.h"

#include <array>

#include "kernel/enum_names.h"

namespace minhu::visits {

namespace {

using enum State;
using F = FieldForm;
using P = Presence;

constexpr std::string_view forms = "reception appointment going_down field";
constexpr std::string_view ranks =
    "town_deputy town_head department_deputy department_head county_deputy county_head "
    "city_deputy city_head province_deputy province_head";
constexpr std::size_t long_text = 2000;

constexpr std::array plan_of_a_visit{
    Field{"form", F::choice, P::optional, forms},
    Field{"leader_name", F::text, P::optional, {}, 40},
    Field{"leader_post", F::text, P::optional, {}, 60},
    Field{"leader_portfolio", F::text, P::optional, {}, 120},
    Field{"leader_rank", F::choice, P::optional, ranks},
    Field{"place", F::place, P::optional},
    Field{"place_words", F::text, P::optional, {}, 120},
    Field{"begins", F::time, P::optional},
    Field{"ends", F::time, P::optional},
    Field{"slot_minutes", F::count, P::optional},
    Field{"capacity", F::count, P::optional},
    Field{"walk_in_quota", F::count, P::optional},
    Field{"waiting_places", F::count, P::optional},
    Field{"topics", F::text, P::optional},
    Field{"accessibility", F::text, P::optional},
    Field{"languages", F::text, P::optional},
};
constexpr std::array<Field, 0> nothing{};
constexpr std::array why{Field{"reason", F::text, P::required, {}, 500}};
// Somebody of the same rank comes instead, or it takes place on another day.
constexpr std::array another_time{
    Field{"reason", F::text, P::required, {}, 500},
    Field{"instead", F::choice, P::required, "new_date substitute"},
    Field{"begins", F::time, P::optional},
    Field{"ends", F::time, P::optional},
    Field{"leader_name", F::text, P::optional, {}, 40},
    Field{"leader_post", F::text, P::optional, {}, 60},
    Field{"leader_portfolio", F::text, P::optional, {}, 120},
    Field{"leader_rank", F::choice, P::optional, ranks},
};
constexpr std::array another_photo{Field{"photo", F::photo, P::required},
                                   Field{"reason", F::text, P::required, {}, 200}};
constexpr std::array finding{Field{"words", F::text, P::required, {}, long_text}};
constexpr std::array public_report{Field{"words", F::text, P::required, {}, long_text},
                                   Field{"why_not_possible", F::text, P::optional, {}, long_text}};

constexpr std::string_view announced =
    "2009 opinion: 公示 name, post, portfolio, time, place, form";
constexpr std::string_view moved = "ours: whoever announced a day owes a reason and another";
constexpr std::string_view before_leaving = "ours: nobody leaves without a number";
constexpr std::string_view no_person_on_it =
    "ours: a photo shows a board and no person; who is on one is taken off";
constexpr std::string_view as_cases = "ours: the case machine alone closes a case";
constexpr std::string_view regulation = "Regulation on petitions 2022, art. 18";

const Edge table[] = {
    {EventKind::revised,
     {planned},
     std::nullopt,
     "visit:plan",
     plan_of_a_visit,
     false,
     For::all,
     "ours"},
    {EventKind::published,
     {planned},
     published,
     "visit:publish",
     nothing,
     true,
     For::announced,
     announced},
    {EventKind::posted,
     {published, open, in_session, cancelled},
     std::nullopt,
     "visit:hold",  // whoever stood before the board says so
     nothing,
     true,
     For::announced,
     announced},
    {EventKind::photo_replaced,
     {published, open, in_session, instructed, assigned, followed_up, reported, closed, cancelled},
     std::nullopt,
     "visit:hold",
     another_photo,
     false,
     For::announced,
     no_person_on_it},
    {EventKind::rescheduled,
     {published},
     std::nullopt,
     "visit:publish",
     another_time,
     true,
     For::announced,
     moved},
    {EventKind::cancelled,
     {published},
     cancelled,
     "visit:publish",
     another_time,
     true,
     For::announced,
     moved},
    {EventKind::cancelled, {planned}, cancelled, "visit:plan", why, false, For::all, "ours"},

    {EventKind::opened,
     {published},
     open,
     "visit:hold",
     nothing,
     false,
     For::announced,
     regulation},
    {EventKind::opened,
     {planned},
     in_session,
     "visit:hold",
     nothing,
     false,
     For::unannounced,
     "四不两直: no notice, no reception"},
    {EventKind::instructed,
     {open, in_session},
     instructed,
     "visit:hold",
     nothing,
     false,
     For::all,
     before_leaving},
    {EventKind::assigned, {instructed}, assigned, "visit:hold", nothing, false, For::all, as_cases},
    {EventKind::followed_up,
     {assigned},
     followed_up,
     "visit:hold",
     finding,
     false,
     For::all,
     as_cases},
    {EventKind::reported,
     {followed_up},
     reported,
     "visit:publish",
     public_report,
     false,
     For::all,
     regulation},
    {EventKind::closed,
     {reported},
     closed,
     "visit:close",
     nothing,
     false,
     For::all,
     "ours: whoever held it does not sign it off"},
};

constexpr States before{published};
constexpr States during{open, in_session};
constexpr States until_over{published, open, in_session};
// A tablet that was offline says afterwards what happened.
constexpr States and_afterwards{open, in_session, instructed, assigned, followed_up};

using G = GroupState;
constexpr GroupStates made{};

const GroupEdge group_table[] = {
    {EventKind::booked, before, made, G::waiting, "visit:book"},
    {EventKind::listed, until_over, made, G::listed, "visit:book"},
    {EventKind::walked_in, during, made, G::waiting, "visit:hold"},
    {EventKind::moved_up, until_over, {G::listed}, G::waiting, "visit:consequence"},
    {EventKind::withdrawn,
     until_over,
     {G::listed, G::waiting, G::aside},
     G::withdrawn,
     "visit:hold"},
    {EventKind::called, during, {G::waiting, G::listed}, G::called, "visit:hold"},
    {EventKind::set_aside, during, {G::called}, G::aside, "visit:hold"},
    {EventKind::came_back, during, {G::aside}, G::waiting, "visit:hold"},
    {EventKind::speaking, during, {G::called}, G::speaking, "visit:hold"},
    {EventKind::recorded,
     and_afterwards,
     {G::listed, G::waiting, G::called, G::aside, G::speaking, G::done, G::gone},
     G::done,  // stays what it is; see apply
     "visit:hold"},
    {EventKind::done, during, {G::called, G::speaking}, G::done, "visit:hold"},
    {EventKind::left, during, {G::listed, G::waiting, G::called, G::aside}, G::gone, "visit:hold"},
};

constexpr std::array all_channels{
    Channel{"board", true},        // 村务栏、公告栏
    Channel{"broadcast", true},    // 村广播、大喇叭
    Channel{"household", true},    // 网格员入户告知
    Channel{"newspaper", true},    // 报纸
    Channel{"hall_screen", true},  // 接待大厅、集市的屏幕
    Channel{"television", true},   // 电视
    Channel{"web", false},         // 门户网站
    Channel{"wechat", false},      // 公众号、村民群
    Channel{"sms", false},
};

}  // namespace

MINHU_ENUM_NAMES(FieldForm, photo, "text", "choice", "place", "time", "count", "photo")

std::span<const Edge> edges() {
  return table;
}

const Edge* open_edge(EventKind kind, State state, Form form) {
  return state_machine::open_edge(edges(), kind, state, [&](const Edge& edge) {
    return edge.whom == For::all || (edge.whom == For::unannounced) == (form == Form::field);
  });
}

std::span<const GroupEdge> group_edges() {
  return group_table;
}

const GroupEdge* group_edge(EventKind kind) {
  for (const GroupEdge& edge : group_table) {
    if (edge.kind == kind) return &edge;
  }
  return nullptr;
}

std::span<const Channel> channels() {
  return all_channels;
}

std::span<const Field> plan_fields() {
  return plan_of_a_visit;
}

}  // namespace minhu::visits
