// A unit has it: whose it is, what is done, what is answered.
#include <algorithm>

#include "features/cases/clocks.h"
#include "features/demo/story.h"

namespace minhu::demo {

using cases::State;
using cases::Track;

void Story::unit_looks(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::dispatched) return;
  const Issue& issue = world_.issues[play.issue];
  const bool own = play.office->unit.code == issue.truth.owner;
  const bool unclear = issue.cause != nullptr && issue.cause->truth.kind == "duty_unclear";
  const double gives_back = own       ? play.office->truth.objects * (unclear ? 5 : 1)
                            : unclear ? 0.9
                                      : 0.8;
  const bool objects = !play.file.designated && dice_.chance(gives_back);
  if (!objects || dice_.chance(0.5)) take(play, handler(play), Kind::signed_in);
  if (objects) {
    UnitId proper = unit_id(issue.truth.owner);
    if (own) proper = unit_id(play.office->unit.code == "housing" ? "enforcement" : "housing");
    if (take(play, handler(play), Kind::objected,
             {{"duty", said("object_duty", play)},
              {"proper_unit", proper.text()},
              {"reason", said("object_reason", play)}})) {
      arrange(index, Act::decide_objection, office_time(dice_.exponential(0.9)));
      return;
    }
    take(play, handler(play), Kind::signed_in);
  }
  arrange(index, Act::accept, office_time(0.5 * dice_.around(play.office->truth.days_to_act, 0.6)));
}

void Story::decide_objection(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::objected) return;
  const Issue& issue = world_.issues[play.issue];
  const bool own = play.office->unit.code == issue.truth.owner;
  const cases::Context dispatcher = of_body(play, Role::dispatcher);
  const bool unclear = issue.cause != nullptr && issue.cause->truth.kind == "duty_unclear";
  if (own && !dice_.chance(unclear ? 0.85 : 0.3)) {
    if (take(play, dispatcher, Kind::objection_refused, {{"reason", said("kept", play)}})) {
      arrange(index, Act::unit_looks, office_time(dice_.exponential(0.6)));
    }
    return;
  }
  if (play.file.returned >= 3 && !play.file.joint_conference) {
    take(play, dispatcher, Kind::escalated_to_joint_conference, {{"reason", said("joint", play)}});
  }
  if (!take(play, dispatcher, Kind::objection_upheld, {{"reason", said("upheld", play)}})) return;
  if (play.category != issue.truth.category && dice_.chance(0.85)) {
    play.category = issue.truth.category;
    take(play, dispatcher, Kind::triaged, {{"category", "minhu:" + play.category}});
  }
  arrange(index, Act::route, office_time(dice_.exponential(0.6)));
}

void Story::accept(std::size_t index) {
  Play& play = plays_[index];
  if (play.file.state != State::signed_in) return;
  const Nature nature = world_.issues[play.issue].truth.nature;
  const bool petition = play.file.track == Track::petition;
  if (petition && nature == Nature::single && dice_.chance(0.02)) {
    const Fields refusal{{"reason", said("refuse_reason", play)},
                         {"law", said("law_name", play)},
                         {"other_road", said("refuse_road", play)}};
    if (play.members.empty() && take(play, handler(play), Kind::not_accepted, refusal)) {
      if (dice_.chance(0.3)) arrange(index, Act::ask_review, people_time(dice_.between(2, 25)));
      return;
    }
  }
  if (petition && dice_.chance(0.2)) {
    take(play, handler(play), Kind::noticed, {{"notice", said("notice", play)}});
  }
  // A hotline case may be answered without a word of acceptance.
  if (petition || dice_.chance(0.75)) {
    take(play, handler(play), Kind::accepted, {{"notice", said("notice", play)}});
  }
  draw_agenda(play);
  arrange(index, Act::work, office_time(days_of_work(play)));
}

double Story::days_of_work(const Play& play) {
  const double days = play.office->truth.days_to_act;
  const bool hotline = play.file.track == Track::hotline || play.file.track == Track::open311;
  const double all =
      hotline ? dice_.around(0.5 + 0.9 * days, 0.45) : dice_.around(4 + 5.5 * days, 0.5);
  return all / static_cast<double>(play.agenda.size() + 1);
}

void Story::draw_agenda(Play& play) {
  const Issue& issue = world_.issues[play.issue];
  const std::string& category = issue.truth.category;
  const bool petition = play.file.track == Track::petition;
  const bool accepted = play.file.state == State::accepted;
  const bool between_two = category == "13.01" || category == "11.01" || category == "05.01" ||
                           category == "14.03" || category == "06.01";
  const bool money = issue.cause != nullptr && issue.cause->truth.kind == "money";
  std::vector<Work> agenda;
  if (dice_.chance(0.09)) agenda.push_back(Work::share);
  if (dice_.chance(petition ? 0.4 : 0.2)) agenda.push_back(Work::progress);
  if (accepted && petition && dice_.chance(0.03)) {
    agenda.insert(agenda.end(), {Work::open_hearing, Work::hold_hearing});
  }
  if (accepted && dice_.chance(between_two ? 0.35 : 0.02)) {
    agenda.insert(agenda.end(), {Work::mediate, Work::end_mediation});
  }
  if (accepted && dice_.chance(money ? 0.15 : 0.015)) {
    agenda.insert(agenda.end(), {Work::park, Work::unpark});
  }
  if (accepted && dice_.chance(0.09)) {
    agenda.insert(agenda.end(), {Work::ask_longer, Work::decide_longer});
  }
  if (dice_.chance(petition ? 0.25 : 0.06)) agenda.push_back(Work::progress);
  std::reverse(agenda.begin(), agenda.end());
  play.agenda = std::move(agenda);
}

void Story::work(std::size_t index) {
  Play& play = plays_[index];
  if (play.agenda.empty()) {
    answer_case(index);
    return;
  }
  const Work step = play.agenda.back();
  play.agenda.pop_back();
  if (!work_step(index, step)) return;
  arrange(index, Act::work, office_time(days_of_work(play)));
}

// False when it goes on at a time of its own.
bool Story::work_step(std::size_t index, Work step) {
  Play& play = plays_[index];
  switch (step) {
    case Work::share: {
      // What a department must do is not shared downwards; then another department helps.
      const auto& issue = world_.issues[play.issue];
      const bool duty = !book_.category(play.category).owner.empty();
      const std::string village = "village-" + issue.truth.place.substr(6);
      const std::string helper = !duty                                     ? village
                                 : play.office->unit.code == "enforcement" ? "police"
                                                                           : "enforcement";
      if (std::find(play.file.co_units.begin(), play.file.co_units.end(), unit_id(helper)) ==
          play.file.co_units.end()) {
        take(play, handler(play), Kind::co_handler_added, {{"unit", unit_id(helper).text()}});
      }
      return true;
    }
    case Work::progress:
      take(play, handler(play), Kind::progress_told, {{"public_answer", said("progress", play)}});
      return true;
    case Work::open_hearing:
      if (!take(play, handler(play), Kind::hearing_opened, {{"reason", said("hearing", play)}})) {
        return true;
      }
      arrange(index, Act::work, office_time(dice_.between(5, 12)));
      return false;
    case Work::hold_hearing:
      take(play, handler(play), Kind::hearing_held, {{"report", said("hearing_report", play)}});
      return true;
    case Work::mediate:
      if (!take(play, handler(play), Kind::mediation_started, {{"both_agree", "yes"}})) return true;
      arrange(index, Act::work, office_time(dice_.between(2, 9)));
      return false;
    case Work::end_mediation:
      if (dice_.chance(0.6)) {
        take(play, handler(play), Kind::settled, {{"agreement", said("agreement", play)}});
      } else {
        take(play, handler(play), Kind::mediation_ended, {{"reason", said("mediation_end", play)}});
      }
      return true;
    case Work::park: {
      const double days = dice_.between(15, 120);
      const Date review = to_date(days_after(now_, days));
      if (!take(play, head(play), Kind::parked,
                {{"public_plan", said("plan", play)}, {"review_on", format_date(review)}})) {
        return true;
      }
      arrange(index, Act::work, office_time(days * 5 / 7));
      return false;
    }
    case Work::unpark:
      take(play, handler(play), Kind::unparked);
      return true;
    case Work::ask_longer: {
      const auto longer = cases::extensible_clock(county_, play.file);
      if (longer.clock == nullptr || longer.clock->due < now_) return true;
      const auto days =
          std::to_string(std::min<std::int64_t>(dice_.whole(3, 20), longer.rule->max_extension));
      take(play, handler(play), Kind::extension_requested,
           {{"days", days}, {"reason", said("extend", play)}});
      return true;
    }
    case Work::decide_longer: {
      const auto longer = cases::extensible_clock(county_, play.file);
      if (longer.clock == nullptr || longer.clock->due < now_) return true;
      const auto left = longer.rule->max_extension - play.file.extended_days;
      if (left > 0 && dice_.chance(0.8)) {
        take(play, head(play), Kind::extended,
             {{"days", std::to_string(std::min<std::int64_t>(dice_.whole(3, 20), left))},
              {"reason", said("extend", play)}});
      } else {
        take(play, head(play), Kind::extension_refused, {{"reason", said("extend_refused", play)}});
      }
      return true;
    }
  }
  return true;
}

Answering Story::how_to_answer(const Play& play) {
  const Issue& issue = world_.issues[play.issue];
  if (issue.truth.nature >= Nature::inquiry) {
    return dice_.chance(play.office->truth.paper) ? Answering::poor : Answering::good;
  }
  if (issue.truth.fixed_at && *issue.truth.fixed_at <= now_) return Answering::good;
  if (issue.truth.nature == Nature::single && dice_.chance(0.25)) return Answering::no;
  const std::string kind = issue.cause == nullptr ? "" : issue.cause->truth.kind;
  const bool hard = kind == "money" || kind == "rule_wrong" || kind == "capacity" ||
                    kind == "history" || kind == "rule_missing";
  if (dice_.chance(hard ? 0.45 : 0.15)) return Answering::unable;
  return Answering::poor;
}

Story::Fields Story::opinion(const Play& play, std::string_view outcome, const std::string& text) {
  const Issue& issue = world_.issues[play.issue];
  return {{"public_answer", text},
          {"outcome", std::string(outcome)},
          {"request", say(issue.matter->ask, slots(play), dice_)},
          {"facts", say(issue.matter->what, slots(play), dice_)},
          {"opinion", text},
          {"basis", book_.category(issue.truth.category).basis}};
}

void Story::answer_case(std::size_t index) {
  Play& play = plays_[index];
  if (!open(play, Kind::answered)) return;
  const Issue& issue = world_.issues[play.issue];
  // Who has begun a repair rather answers when it is done, even a little late.
  if (issue.truth.fixed_at && *issue.truth.fixed_at > now_ &&
      *issue.truth.fixed_at < days_after(now_, 12) && dice_.chance(0.8)) {
    const double wait = static_cast<double>(issue.truth.fixed_at->unix_ms - now_.unix_ms) /
                        static_cast<double>(day_ms);
    arrange(index, Act::work, office_time(wait + 0.2));
    return;
  }
  play.how = how_to_answer(play);
  const bool suggestion = play.file.track == Track::suggestion;
  const std::string_view outcome = suggestion ? (play.how == Answering::good ? "adopted"
                                                 : dice_.chance(0.4)         ? "partly_adopted"
                                                                             : "not_adopted")
                                   : play.how == Answering::good
                                       ? (dice_.chance(0.85) ? "supported" : "partly_supported")
                                   : play.how == Answering::no ? "not_supported"
                                                               : "explained";
  const std::string text = answer(slots(play), play.office->unit.name, play.how, dice_);
  Fields fields = opinion(play, outcome, text);
  if (play.file.track != Track::petition) {
    fields = {{"public_answer", text}, {"outcome", std::string(outcome)}};
    if (dice_.chance(0.2)) fields["internal"] = said("note", play);
  }
  if (play.how == Answering::good && dice_.chance(0.35)) {
    fields["others_like_it"] = said("others_like_it", play);
    fields["changed_so_that"] = said("changed_so_that", play);
  }
  const cases::Context by = dice_.chance(0.85) ? handler(play) : head(play);
  if (!take(play, by, Kind::answered, std::move(fields))) return;
  ++play.rounds;
  for (const std::size_t member : play.members) {
    Play& same = plays_[member];
    if (same.file.state != State::merged) continue;
    reload(same);
    if (same.file.state != State::answered) continue;
    same.how = play.how;
    same.office = play.office;
    ++same.rounds;
    after_answer(member);
  }
  after_answer(index);
}

}  // namespace minhu::demo
