#include "features/cases/edges.h"

#include <array>

namespace minhu::cases {

namespace {

using enum State;
using F = Form;

constexpr Tracks petition{Track::petition};
constexpr Tracks hotline{Track::hotline, Track::open311};
constexpr Tracks suggestion{Track::suggestion};
constexpr Tracks ordinary = petition | hotline | suggestion;  // every track but accusations
constexpr Tracks accusation{Track::accusation};

constexpr States new_case{registered, triaged};
constexpr States being_handled{accepted, in_hearing, in_mediation};
constexpr States after_answer{answered, called_back, closed, answered_on_spot};

constexpr std::string_view article31_roads =
    "litigation arbitration party_discipline administrative investigation";
constexpr std::string_view outcomes =
    "supported partly_supported explained not_supported adopted partly_adopted not_adopted";

constexpr std::array<Field, 0> nothing{};
constexpr std::array why{Field{"reason", F::words, Need::required, "reason"}};
// A unit that the case complains of, one a step; and that it was named by mistake.
constexpr Field complained_of{"complained_of", F::unit, Need::optional};
constexpr Field not_complained_of{"not_complained_of", F::unit, Need::optional};
// An official whom it accuses: their unit is named beside them, or they lead it.
constexpr Field accused_person{"accused_person", F::official, Need::optional};
constexpr Field not_accused_person{"not_accused_person", F::official, Need::optional};
constexpr std::array triage{
    Field{"category", F::category, Need::optional},
    Field{"place", F::place, Need::optional},
    complained_of,
    not_complained_of,
    accused_person,
    not_accused_person,
    Field{"urgency", F::choice, Need::optional, "ordinary danger_to_life utilities_cut complex"}};
constexpr std::array answer_now{Field{"public_answer", F::words, Need::required, "public_answer"},
                                Field{"outcome", F::choice, Need::required, outcomes}};
constexpr std::array emergency{Field{"line", F::choice, Need::required, "110 119 120 122"},
                               Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array to_unit{Field{"unit", F::unit},
                             Field{"rule_used", F::choice, Need::optional, ""},
                             Field{"designated", F::flag, Need::optional},
                             Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array to_unit_with_limit{
    Field{"unit", F::unit}, Field{"rule_used", F::choice, Need::optional, ""},
    Field{"designated", F::flag, Need::optional}, Field{"report_days", F::count},
    Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array road{Field{"road", F::choice, Need::required, article31_roads},
                          Field{"law", F::words, Need::required, "reason"},
                          Field{"body", F::words, Need::required, "reason"},
                          Field{"speakers_own_limit", F::words, Need::required, "reason"}};
constexpr std::array refusal{Field{"reason", F::words, Need::required, "reason"},
                             Field{"law", F::words, Need::required, "reason"},
                             Field{"other_road", F::words, Need::required, "reason"}};
constexpr std::array merge{Field{"into", F::other_case}};
constexpr std::array objection{Field{"duty", F::words, Need::required, "reason"},
                               Field{"proper_unit", F::unit},
                               Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array notice{Field{"notice", F::words, Need::optional, "public_answer"}};
constexpr std::array co_unit{Field{"unit", F::unit}};
constexpr std::array mediation{Field{"both_agree", F::flag}};
constexpr std::array settlement{Field{"agreement", F::words, Need::required, "opinion"}};
constexpr std::array parking{Field{"public_plan", F::words, Need::required, "public_answer"},
                             Field{"review_on", F::date}};
constexpr std::array longer{Field{"days", F::count},
                            Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array report{Field{"report", F::words, Need::required, "internal_note"}};
constexpr std::array told{Field{"public_answer", F::words, Need::required, "public_answer"}};
// Article 32: what a handling opinion must say. Only the claim track owes all of it.
constexpr std::array opinion{Field{"public_answer", F::words, Need::required, "public_answer"},
                             Field{"outcome", F::choice, Need::required, outcomes},
                             Field{"request", F::words, Need::required, "opinion"},
                             Field{"facts", F::words, Need::required, "opinion"},
                             Field{"opinion", F::words, Need::required, "opinion"},
                             Field{"basis", F::words, Need::required, "opinion"},
                             Field{"others_like_it", F::words, Need::optional, "internal_note"},
                             Field{"changed_so_that", F::words, Need::optional, "internal_note"}};
// Article 35, 36: an opinion, and whether the one before it stands.
constexpr std::array review_opinion{
    Field{"changed", F::choice, Need::required, "upheld changed revoked"},
    Field{"public_answer", F::words, Need::required, "public_answer"},
    Field{"outcome", F::choice, Need::required, outcomes},
    Field{"request", F::words, Need::required, "opinion"},
    Field{"facts", F::words, Need::required, "opinion"},
    Field{"opinion", F::words, Need::required, "opinion"},
    Field{"basis", F::words, Need::required, "opinion"}};
constexpr std::array plain_answer{
    Field{"public_answer", F::words, Need::required, "public_answer"},
    Field{"outcome", F::choice, Need::required, outcomes},
    Field{"internal", F::words, Need::optional, "internal_note"},
    Field{"others_like_it", F::words, Need::optional, "internal_note"},
    Field{"changed_so_that", F::words, Need::optional, "internal_note"}};
constexpr std::array answered_with_another{
    Field{"with", F::other_case}, Field{"public_answer", F::words, Need::required, "public_answer"},
    Field{"outcome", F::choice, Need::required, outcomes}};
constexpr std::array back{Field{"way", F::choice, Need::required, "rewrite rehandle"},
                          Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array attempt{Field{"note", F::words, Need::optional, "internal_note"}};
constexpr std::array callback{
    Field{"reached", F::choice, Need::required, "yes unreachable no_call_wished"},
    Field{"solved", F::choice, Need::optional, "yes partly no"},
    Field{"satisfaction", F::choice, Need::optional, "satisfied mostly dissatisfied"},
    Field{"note", F::words, Need::optional, "internal_note"}};
constexpr std::array rating{
    Field{"solved", F::choice, Need::required, "yes partly no"},
    Field{"satisfaction", F::choice, Need::optional, "satisfied mostly dissatisfied"},
    Field{"words", F::words, Need::optional, "words"},
    Field{"asks_rehandling", F::flag, Need::optional}};
constexpr std::array question{Field{"day", F::choice, Need::required, "28 90"}};
constexpr std::array still_solved{Field{"solved", F::choice, Need::required, "yes partly no"},
                                  Field{"words", F::words, Need::optional, "words"},
                                  Field{"asks_rehandling", F::flag, Need::optional}};
constexpr std::array still_solved_by_phone{
    Field{"reached", F::choice, Need::required, "yes unreachable"},
    Field{"solved", F::choice, Need::optional, "yes partly no"},
    Field{"asks_rehandling", F::flag, Need::optional},
    Field{"note", F::words, Need::optional, "internal_note"}};
constexpr std::array reminder{Field{"reason", F::words, Need::required, "internal_note"}};
constexpr std::array closing{
    Field{"because", F::choice, Need::required, "window_over agreement_performed"},
    Field{"speaker_agrees", F::flag, Need::optional}};  // required with agreement_performed
constexpr std::array taking_back{complained_of, accused_person,
                                 Field{"reason", F::words, Need::required, "reason"}};
constexpr std::array asked{Field{"words", F::words, Need::required, "words"}};
// A correction is an entry of its own beside what it puts right: neither is ever overwritten.
// Words, or what shows or says it: a photo, a recording (steps.cc). Not everybody can write.
constexpr std::array more{Field{"words", F::words, Need::optional, "words"},
                          Field{"corrects", F::flag, Need::optional}};
constexpr std::array supervision{Field{"trigger", F::choice, Need::required,
                                       "not_registered late evasive false not_carried_out"},
                                 Field{"unit", F::unit},
                                 Field{"reason", F::words, Need::required, "internal_note"}};
constexpr std::array recommendation{
    Field{"about", F::choice, Need::required, "improve policy accountability"},
    Field{"unit", F::unit}, Field{"text", F::words, Need::required, "internal_note"}};
constexpr std::array recommendation_reply{
    Field{"adopted", F::choice, Need::required, "yes partly no"},
    Field{"reason", F::words, Need::required, "internal_note"}};
constexpr std::array stake{Field{"reason", F::words, Need::required, "internal_note"}};
constexpr std::array recusal{Field{"official", F::official},
                             Field{"reason", F::words, Need::required, "internal_note"}};
constexpr std::array note{Field{"note", F::words, Need::required, "internal_note"}};
constexpr std::array written_down{Field{"of", F::words, Need::required, "words"}};

constexpr States everything_open = waiting_for_us | answered_states | States{merged};
constexpr States not_ended = everything_open | States{reviewed, rechecked};
constexpr States every_state{
    registered,   triaged,          dispatched,       objected,     signed_in,
    accepted,     in_hearing,       in_mediation,     parked,       answered,
    called_back,  closed,           review_requested, reviewed,     recheck_requested,
    rechecked,    concluded,        answered_on_spot, to_emergency, to_legal_road,
    not_accepted, closed_to_repeat, merged,           withdrawn,    voided};

const Edge table[] = {
    // taking in and sorting
    {EventKind::triaged, new_case, triaged, ordinary, "case:triage", triage, "-", "art. 22"},
    {EventKind::answered_on_spot, new_case, answered_on_spot, ordinary, "case:answer_on_spot",
     answer_now, "T2", "Beijing 2021 art. 11"},
    {EventKind::sent_to_emergency, new_case, to_emergency, ordinary, "case:answer_on_spot",
     emergency, "T3", "Beijing 2021 art. 11(1)"},
    // Whenever it turns out to be an accusation, also in the middle of handling.
    {EventKind::held, not_ended, held, ordinary, "case:hold", nothing, "-", "art. 30"},
    {EventKind::urgent_reported, everything_open, std::nullopt, ordinary, "case:report_urgent",
     report, "T12", "art. 25"},
    {EventKind::transcribed, everything_open, std::nullopt, ordinary, "case:transcribe",
     written_down, "-", "ours"},
    {EventKind::voided, new_case, voided, ordinary, "case:void", why, "-", "ours"},

    // sending
    {EventKind::transferred, new_case, dispatched, petition | suggestion, "case:route", to_unit,
     "T4", "art. 22"},
    {EventKind::assigned, new_case, dispatched, petition | suggestion, "case:route",
     to_unit_with_limit, "T4a", "art. 22(3)"},
    {EventKind::dispatched, new_case, dispatched, hotline, "case:route", to_unit, "T4",
     "hotline rules"},
    {EventKind::sent_to_legal_road, new_case | States{signed_in}, to_legal_road, petition | hotline,
     "case:refuse", road, "T5", "art. 22, 23, 31(1)-(5)"},
    {EventKind::closed_to_repeat, new_case, closed_to_repeat, petition, "case:close_to_repeat",
     refusal, "T23", "art. 36"},
    {EventKind::merged, new_case | States{dispatched, signed_in, accepted}, merged, ordinary,
     "case:merge", merge, "T25", "art. 19; hotline opinion 2025"},

    // the unit takes it, or says whose it is
    {EventKind::signed_in, {dispatched}, signed_in, ordinary, "case:sign_in", nothing, "-", "ours"},
    {EventKind::objected,
     {dispatched, signed_in},
     objected,
     ordinary,
     "case:object",
     objection,
     "T8",
     "art. 23"},
    {EventKind::objection_upheld,
     {objected},
     triaged,
     ordinary,
     "case:route",
     why,
     "T9",
     "art. 23"},
    {EventKind::objection_refused,
     {objected},
     dispatched,
     ordinary,
     "case:route",
     why,
     "T9",
     "art. 23"},
    {EventKind::escalated_to_joint_conference,
     {objected},
     std::nullopt,
     ordinary,
     "case:route",
     why,
     "T10",
     "art. 24"},
    {EventKind::noticed,
     {dispatched, signed_in},
     std::nullopt,
     petition,
     "case:accept",
     notice,
     "T6 T7",
     "art. 23"},
    {EventKind::accepted, {signed_in}, accepted, ordinary, "case:accept", notice, "T11", "art. 23"},
    {EventKind::not_accepted, new_case | States{signed_in}, not_accepted, petition | hotline,
     "case:refuse", refusal, "T11", "art. 23, 44"},

    // Also what the unit has begun: it was sent to the wrong one, or it turns out that the case
    // complains of that unit. Its clocks of ours run on.
    {EventKind::taken_back, with_the_unit, triaged, ordinary, "case:route", taking_back, "T9",
     "art. 22; ours"},
    // By hand when it is another matter after all; by the program when the case it was merged into
    // ends without an answer.
    {EventKind::taken_back,
     {merged},
     triaged,
     ordinary,
     "case:merge",
     taking_back,
     "T25",
     "ours: nobody is left behind in a merge"},

    // handling
    {EventKind::co_handler_added,
     {dispatched, signed_in, accepted},
     std::nullopt,
     ordinary,
     "case:share",
     co_unit,
     "-",
     "art. 24"},
    {EventKind::hearing_opened,
     {accepted},
     in_hearing,
     petition,
     "case:handle",
     why,
     "T15",
     "art. 31(6)"},
    {EventKind::hearing_held,
     {in_hearing},
     accepted,
     petition,
     "case:handle",
     report,
     "T15",
     "art. 31(6)"},
    {EventKind::hearing_opened,
     {recheck_requested},
     std::nullopt,
     petition,
     "case:review",
     why,
     "T22",
     "art. 36"},
    {EventKind::hearing_held,
     {recheck_requested},
     std::nullopt,
     petition,
     "case:review",
     report,
     "T22",
     "art. 36"},
    {EventKind::mediation_started,
     {accepted},
     in_mediation,
     ordinary,
     "case:handle",
     mediation,
     "T16",
     "art. 33"},
    {EventKind::mediation_ended,
     {in_mediation},
     accepted,
     ordinary,
     "case:handle",
     why,
     "T16",
     "art. 33"},
    {EventKind::settled,
     {in_mediation},
     accepted,
     ordinary,
     "case:handle",
     settlement,
     "T16",
     "art. 33"},
    {EventKind::parked, {accepted}, parked, ordinary, "case:park", parking, "-", "ours"},
    {EventKind::unparked, {parked}, accepted, ordinary, "case:handle", nothing, "-", "ours"},
    {EventKind::extension_requested, being_handled, std::nullopt, ordinary, "case:handle", longer,
     "T14", "art. 34"},
    {EventKind::extended, being_handled, std::nullopt, ordinary, "case:approve_extension", longer,
     "T14", "art. 34"},
    {EventKind::extension_refused, being_handled, std::nullopt, ordinary, "case:approve_extension",
     why, "T14", "art. 34"},
    {EventKind::feedback_given,
     {signed_in, accepted, in_hearing, in_mediation, parked, answered, called_back,
      review_requested, reviewed, recheck_requested, rechecked},
     std::nullopt,
     petition | suggestion,
     "case:handle",
     report,
     "T4a",
     "art. 22(3)"},
    {EventKind::progress_told, with_the_unit, std::nullopt, ordinary, "case:handle", told, "-",
     "Jinan 2018 art. 24"},

    // the answer, and whether it is one
    {EventKind::answered, being_handled, answered, petition, "case:answer", opinion, "T13",
     "art. 32, 34"},
    {EventKind::answered, being_handled | States{signed_in}, answered, hotline | suggestion,
     "case:answer", plain_answer, "T13", "art. 29; hotline rules"},
    {EventKind::answered,
     {merged},
     answered,
     ordinary,
     "case:consequence",
     answered_with_another,
     "-",
     "ours: a merged speaker is answered too"},
    {EventKind::sent_back,
     {answered},
     accepted,
     ordinary,
     "case:send_back",
     back,
     "T18",
     "Jinan 2018 art. 27"},
    {EventKind::callback_attempted, after_answer, std::nullopt, ordinary, "case:callback", attempt,
     "T17", "ours: three attempts at different times"},
    {EventKind::callback_done,
     {answered},
     called_back,
     ordinary,
     "case:callback",
     callback,
     "T17",
     "Beijing 2021 art. 23; Jinan 2018 art. 27"},
    {EventKind::rated, after_answer, std::nullopt, ordinary, "receipt:rate", rating, "T17",
     "rating rules 2022"},
    {EventKind::reopened,
     {answered, called_back, closed, answered_on_spot},
     accepted,
     ordinary,
     "case:reopen",
     why,
     "T18",
     "Jinan 2018 art. 27"},
    // A review that changed or revoked the answer: the reviewing body has the unit do it again.
    {EventKind::reopened, {reviewed}, accepted, petition, "case:review", why, "T20", "art. 35"},
    {EventKind::closed,
     {answered, called_back, answered_on_spot},
     closed,
     ordinary,
     "case:close",
     closing,
     "T24",
     "Zhejiang 2016 art. 25"},

    // is it still solved? Open only while the question is (asked_for_now)
    {EventKind::still_solved_asked, after_answer, std::nullopt, ordinary, "case:consequence",
     question, "T17", "ours: 28 and 90 days later"},
    {EventKind::still_solved_told, after_answer, std::nullopt, ordinary, "receipt:rate",
     still_solved, "T17", "ours: 28 and 90 days later"},
    {EventKind::still_solved_called, after_answer, std::nullopt, ordinary, "case:callback",
     still_solved_by_phone, "T17", "ours: 28 and 90 days later"},
    {EventKind::still_solved_unanswered, after_answer, std::nullopt, ordinary, "case:consequence",
     nothing, "T17", "ours: 28 and 90 days later"},
    {EventKind::reopening_declined, after_answer, std::nullopt, ordinary, "case:reopen", why, "T18",
     "Jinan 2018 art. 27"},

    // review and recheck
    {EventKind::review_requested,
     {answered, called_back, not_accepted},
     review_requested,
     petition,
     "receipt:review",
     asked,
     "T19",
     "art. 35"},
    {EventKind::review_answered,
     {review_requested},
     reviewed,
     petition,
     "case:review",
     review_opinion,
     "T20",
     "art. 35"},
    {EventKind::recheck_requested,
     {reviewed},
     recheck_requested,
     petition,
     "receipt:review",
     asked,
     "T21",
     "art. 36"},
    {EventKind::recheck_answered,
     {recheck_requested},
     rechecked,
     petition,
     "case:review",
     review_opinion,
     "T22",
     "art. 36"},
    {EventKind::concluded,
     {rechecked},
     concluded,
     petition,
     "case:consequence",
     nothing,
     "T23",
     "art. 36, 37"},
    {EventKind::closed, {reviewed}, closed, petition, "case:close", closing, "T24", "art. 36"},

    // the speaker's own steps
    {EventKind::supplemented, everything_open, std::nullopt, ordinary, "receipt:supplement", more,
     "-", "art. 21"},
    {EventKind::supplemented,
     {held},
     std::nullopt,
     accusation,
     "receipt:supplement",
     more,
     "-",
     "art. 30"},
    {EventKind::urged, waiting_for_us | States{merged}, std::nullopt, ordinary, "receipt:urge",
     nothing, "-", "ours"},
    {EventKind::withdrawn, waiting_for_us | States{merged}, withdrawn, ordinary, "receipt:withdraw",
     nothing, "-", "ours"},
    {EventKind::withdrawn, {held}, withdrawn, accusation, "receipt:withdraw", nothing, "-", "ours"},

    // watching over it
    {EventKind::reminded, with_the_unit | States{review_requested, recheck_requested}, std::nullopt,
     ordinary, "case:supervise", reminder, "T26", "ours"},
    {EventKind::supervised, every_state, std::nullopt, ordinary, "case:supervise", supervision,
     "T26", "art. 40, 43-45"},
    {EventKind::supervision_answered, every_state, std::nullopt, ordinary, "case:answer_when_asked",
     report, "T26", "ours: 7 days"},
    {EventKind::recommended, every_state, std::nullopt, ordinary, "case:recommend", recommendation,
     "T27", "art. 14(6), 40"},
    {EventKind::recommendation_answered, every_state, std::nullopt, ordinary,
     "case:answer_when_asked", recommendation_reply, "T27", "art. 40"},
    {EventKind::noted, every_state, std::nullopt, ordinary, "case:note", note, "-", "ours"},

    // an official who has a stake in it stays out, from the moment that they say so
    {EventKind::recusal_asked, every_state, std::nullopt, ordinary, "case:recuse_self", stake, "-",
     "art. 28"},
    {EventKind::recused, every_state, std::nullopt, ordinary, "case:decide_recusal", recusal, "-",
     "art. 28; Zhejiang 2016 art. 27"},
    {EventKind::recusal_declined, every_state, std::nullopt, ordinary, "case:decide_recusal",
     recusal, "-", "art. 28; Zhejiang 2016 art. 27"},
};

}  // namespace

std::span<const Edge> edges() {
  return table;
}

const Edge* open_edge(EventKind kind, State state, Track track) {
  for (const Edge& edge : table) {
    if (edge.kind == kind && edge.from.has(state) && edge.tracks.has(track)) return &edge;
  }
  return nullptr;
}

}  // namespace minhu::cases
