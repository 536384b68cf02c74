#include "features/promises/edges.h"

#include <array>

#include "kernel/enum_names.h"

namespace minhu::promises {

namespace {

using enum State;
using F = FieldForm;
using P = Presence;

constexpr std::array<Field, 0> nothing{};
constexpr std::array progress{Field{"report", F::sealed}};
constexpr std::array done{Field{"report", F::sealed}, Field{"done_on", F::date}};
// `reference`: the id of a visit; of a call, "verdict" for what the reporter told a caller, or the
// number of the call's step in the case.
constexpr std::array verification{
    Field{"proof", F::choice, P::required, "visit call"},
    Field{"reference", F::text, P::required, {}, 40},
    Field{"finding", F::text, P::required, {}, 500},
};
constexpr std::array why{Field{"reason", F::text, P::required, {}, 500}};
constexpr std::array another_day{Field{"due", F::date},
                                 Field{"reason", F::text, P::required, {}, 500}};
constexpr std::array told{Field{"verdict", F::choice, P::required, "kept partly not_kept"},
                          Field{"words", F::sealed, P::optional, {}, 500}};
constexpr std::array for_everybody{Field{"words", F::text, P::required, {}, 300},
                                   Field{"place", F::place, P::optional}};

constexpr States owed{made, report_asked, reported, not_kept};
constexpr States all{made, report_asked, reported, verified, not_kept, given_up};

constexpr std::string_view regulation = "Regulation on petitions 2022, art. 18";
constexpr std::string_view looked_at = "ours: done is what somebody went and saw, or was told";
constexpr std::string_view in_public = "ours: a promise is changed in public, or not at all";
constexpr std::string_view own_words = "ours: whoever it was promised to says whether it was kept";
constexpr std::string_view relay = "ours, after 一任接一任: a post keeps what it promised";

const Edge table[] = {
    {EventKind::report_asked, owed, report_asked, "promise:ask", nothing, false, regulation},
    {EventKind::progress_told,
     {made, report_asked},
     made,
     "promise:carry_out",
     progress,
     true,
     regulation},
    {EventKind::reported_done,
     {made, report_asked, not_kept},
     reported,
     "promise:carry_out",
     done,
     true,
     regulation},
    {EventKind::verified, {reported}, verified, "promise:verify", verification, false, looked_at},
    {EventKind::found_not_kept,
     {made, report_asked, reported},
     not_kept,
     "promise:verify",
     why,
     false,
     looked_at},
    {EventKind::due_changed, owed, made, "promise:answer_for", another_day, false, in_public},
    {EventKind::given_up, owed, given_up, "promise:answer_for", why, false, in_public},
    {EventKind::verdict_given, all, std::nullopt, "promise:call", told, false, own_words},
    {EventKind::taken_over, owed, std::nullopt, "relay:consequence", nothing, false, relay},
    {EventKind::published, all, std::nullopt, "promise:publish", for_everybody, false, in_public},
    {EventKind::withheld, all, std::nullopt, "promise:publish", nothing, false, in_public},
};

}  // namespace

MINHU_ENUM_NAMES(FieldForm, place, "text", "sealed", "choice", "date", "place")

std::span<const Edge> edges() {
  return table;
}

const Edge* open_edge(EventKind kind, State state) {
  return state_machine::open_edge(edges(), kind, state);
}

bool is_taken_elsewhere(EventKind kind) noexcept {
  return kind == EventKind::made || kind == EventKind::taken_over;
}

}  // namespace minhu::promises
