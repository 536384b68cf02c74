#include "features/cases/kinds.h"

#include <array>

#include "kernel/assert.h"

namespace minhu::cases {

namespace {

template <class Enum>
struct Names;

#define MINHU_NAMES(Enum, ...)                                                  \
  template <>                                                                   \
  struct Names<Enum> {                                                          \
    static constexpr auto all = std::to_array<std::string_view>({__VA_ARGS__}); \
  };

MINHU_NAMES(Track, "petition", "hotline", "suggestion", "accusation", "open311")
MINHU_NAMES(Channel, "web", "phone", "face_to_face", "letter", "fax", "visit", "survey", "import",
            "api", "open311", "from_superior", "leader_note")
MINHU_NAMES(State, "registered", "triaged", "held", "dispatched", "objected", "signed_in",
            "accepted", "in_hearing", "in_mediation", "parked", "answered", "called_back", "closed",
            "review_requested", "reviewed", "recheck_requested", "rechecked", "concluded",
            "answered_on_spot", "to_emergency", "to_legal_road", "not_accepted", "closed_to_repeat",
            "merged", "withdrawn", "voided")
MINHU_NAMES(EventKind, "received", "triaged", "answered_on_spot", "sent_to_emergency",
            "sent_to_legal_road", "not_accepted", "closed_to_repeat", "merged", "held",
            "transferred", "assigned", "dispatched", "signed_in", "objected", "objection_upheld",
            "objection_refused", "escalated_to_joint_conference", "accepted", "noticed",
            "co_handler_added", "hearing_opened", "hearing_held", "mediation_started",
            "mediation_ended", "settled", "parked", "unparked", "extension_requested", "extended",
            "extension_refused", "feedback_given", "progress_told", "taken_back", "answered",
            "sent_back", "callback_attempted", "callback_done", "rated", "reopened", "closed",
            "review_requested", "review_answered", "recheck_requested", "recheck_answered",
            "concluded", "withdrawn", "voided", "supplemented", "urged", "urgent_reported",
            "supervised", "supervision_answered", "recommended", "recommendation_answered", "noted",
            "clock_recomputed", "receipt_activated", "receipt_revoked", "identity_revealed",
            "transcribed", "erased", "still_solved_asked", "still_solved_told",
            "still_solved_called", "still_solved_unanswered", "reopening_declined", "reminded",
            "name_asked_for", "name_granted", "name_refused", "identity_raised", "kept_away",
            "handed_up", "recusal_asked", "recused", "recusal_declined", "sealed_step")
MINHU_NAMES(AnswerOutcome, "supported", "partly_supported", "explained", "not_supported", "adopted",
            "partly_adopted", "not_adopted")
MINHU_NAMES(Solved, "yes", "partly", "no")
MINHU_NAMES(Satisfaction, "satisfied", "mostly", "dissatisfied")
MINHU_NAMES(Urgency, "ordinary", "danger_to_life", "utilities_cut", "complex")
MINHU_NAMES(IdentityLevel, "anonymous", "confidential", "named")
#undef MINHU_NAMES

static_assert(Names<State>::all.size() == static_cast<std::size_t>(State::voided) + 1);
static_assert(Names<EventKind>::all.size() == static_cast<std::size_t>(EventKind::sealed_step) + 1);
static_assert(Names<Channel>::all.size() == static_cast<std::size_t>(Channel::leader_note) + 1);

template <class Enum>
std::string_view name_of(Enum value) noexcept {
  const auto index = static_cast<std::size_t>(value);
  MINHU_ASSERT(index < Names<Enum>::all.size());
  return Names<Enum>::all[index];
}

}  // namespace

std::string_view name(Track value) noexcept {
  return name_of(value);
}
std::string_view name(Channel value) noexcept {
  return name_of(value);
}
std::string_view name(State value) noexcept {
  return name_of(value);
}
std::string_view name(EventKind value) noexcept {
  return name_of(value);
}
std::string_view name(AnswerOutcome value) noexcept {
  return name_of(value);
}
std::string_view name(Solved value) noexcept {
  return name_of(value);
}
std::string_view name(Satisfaction value) noexcept {
  return name_of(value);
}
std::string_view name(Urgency value) noexcept {
  return name_of(value);
}
std::string_view name(IdentityLevel value) noexcept {
  return name_of(value);
}

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  for (std::size_t i = 0; i < Names<Enum>::all.size(); ++i) {
    if (Names<Enum>::all[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template std::optional<Track> named(std::string_view) noexcept;
template std::optional<Channel> named(std::string_view) noexcept;
template std::optional<State> named(std::string_view) noexcept;
template std::optional<EventKind> named(std::string_view) noexcept;
template std::optional<AnswerOutcome> named(std::string_view) noexcept;
template std::optional<Solved> named(std::string_view) noexcept;
template std::optional<Satisfaction> named(std::string_view) noexcept;
template std::optional<Urgency> named(std::string_view) noexcept;
template std::optional<IdentityLevel> named(std::string_view) noexcept;

}  // namespace minhu::cases
