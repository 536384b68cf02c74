// What happens beside the road of a case: supervision, recommendations, the speaker's own steps.
#include "features/cases/access.h"
#include "features/demo/story.h"

namespace minhu::demo {

using cases::State;
using cases::Track;

// A supervisor looks through what is late, and does not see everything.
void Story::watch(std::size_t index) {
  Play& play = plays_[index];
  const auto* clock = cases::next_due(play.file);
  const bool late = cases::waiting_for_us.has(play.file.state) && !play.file.lead_unit.empty() &&
                    clock != nullptr && clock->due < now_;
  if (!late || !dice_.chance(0.55)) return;
  if (!take(play, as(Role::supervisor, unit_id("inspection")), Kind::supervised,
            {{"trigger", dice_.chance(0.8) ? "late" : "evasive"},
             {"unit", play.file.lead_unit.text()},
             {"reason", said("supervise", play)}})) {
    return;
  }
  if (dice_.chance(0.8)) {
    arrange(index, Act::answer_supervision, office_time(dice_.between(1, 6)));
  }
  if (dice_.chance(0.15)) arrange(index, Act::recommend, office_time(dice_.between(3, 12)));
}

void Story::beside(std::size_t index, Act act) {
  Play& play = plays_[index];
  const bool held = play.file.track == Track::accusation;
  switch (act) {
    case Act::feedback:
      take(play, handler(play), Kind::feedback_given, {{"report", said("feedback", play)}});
      return;
    case Act::send_back:
      if (take(play, of_body(play, Role::dispatcher), Kind::sent_back,
               {{"way", dice_.chance(0.5) ? "rewrite" : "rehandle"},
                {"reason", said("send_back", play)}})) {
        arrange(index, Act::work, office_time(days_of_work(play)));
      }
      return;
    case Act::reopen: {
      const std::string reason = said("reopen", play);
      const Role role = dice_.chance(0.5) ? Role::caller : Role::dispatcher;
      if (take(play, of_body(play, role), Kind::reopened, {{"reason", reason}})) {
        if (play.office == nullptr) play.office = offices_.at(play.file.dispatching_unit);
        draw_agenda(play);
        arrange(index, Act::work, office_time(2 * days_of_work(play)));
      }
      return;
    }
    case Act::answer_supervision:
      take(play, handler(play), Kind::supervision_answered,
           {{"report", said("supervise_reply", play)}});
      return;
    case Act::recommend:
      if (play.file.lead_unit.empty()) return;
      if (take(play, as(Role::supervisor, unit_id("inspection")), Kind::recommended,
               {{"about", dice_.chance(0.6) ? "improve" : "policy"},
                {"unit", play.file.lead_unit.text()},
                {"text", said("recommend", play)}}) &&
          dice_.chance(0.8)) {
        arrange(index, Act::answer_recommendation, office_time(dice_.between(5, 25)));
      }
      return;
    case Act::answer_recommendation: {
      const double drawn = dice_.unit();
      take(play, handler(play), Kind::recommendation_answered,
           {{"adopted", drawn < 0.5   ? "yes"
                        : drawn < 0.8 ? "partly"
                                      : "no"},
            {"reason", said("recommend_reply", play)}});
      return;
    }
    case Act::urge:
      take(play, speaker(), Kind::urged);
      return;
    case Act::supplement:
      take(play, speaker(), Kind::supplemented,
           {{"words", said(held ? "accusation_more" : "more_words", play)}});
      return;
    case Act::withdraw:
      // Neighbours whose words were merged into this case still wait for its answer.
      if (play.file.activated && play.members.empty()) take(play, speaker(), Kind::withdrawn);
      return;
    case Act::activate: {
      const Outcome done = transaction_->savepoint([&]() -> Outcome {
        const auto code = cases::activate(*transaction_, speaker(), play.file.number,
                                          play.activation_code, entropy_.bytes<16>());
        if (!code) return tl::unexpected<Fault>(code.error());
        return {};
      });
      if (!done) ++refused_["receipt_activated " + done.error().key];
      reload(play);
      return;
    }
    case Act::new_code: {
      if (!play.file.activated) return;
      const Outcome done = transaction_->savepoint([&]() -> Outcome {
        const auto code =
            cases::replace_code(*transaction_, speaker(), play.file.id, entropy_.bytes<16>());
        if (!code) return tl::unexpected<Fault>(code.error());
        return {};
      });
      if (!done) ++refused_["receipt_revoked " + done.error().key];
      reload(play);
      return;
    }
    case Act::note: {
      if (held) return;
      const bool at_desk = play.file.lead_unit.empty() || dice_.chance(0.4);
      take(play, at_desk ? of_body(play, Role::dispatcher) : handler(play), Kind::noted,
           {{"note", said("note", play)}});
      return;
    }
    case Act::erase: {
      if (!ended(play) || play.file.erased) return;
      const auto erased =
          cases::erase(*transaction_, {county_, keyring_, entropy_, now_, {Role::system, {}, {}}},
                       play.file.id, "retention-inquiry");
      MINHU_ASSERT(erased.has_value());
      apply(play.file, *erased);
      return;
    }
    default:
      MINHU_ASSERT(false && "an act of the road itself");
  }
}

}  // namespace minhu::demo
