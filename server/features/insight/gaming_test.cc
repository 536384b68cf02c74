// N18: an office that tries to look better than it is, beside an honest twin with the same demand,
// the same speakers and the same dice. Whatever it tries, no published figure gets better by it.
//
// Both offices get the same matters: easy ones, and hard ones that take longer than the term. The
// honest one solves what it can in time, tells the speaker of every lengthening, answers the hard
// ones late but truly, refuses what is not its own. Each trick changes one habit and nothing else.
// Speakers, and the body that calls them, are in nobody's hand.
#include <gtest/gtest.h>

#include "features/cases/test_world.h"
#include "features/insight/figures.h"
#include "features/insight/migrations.h"
#include "features/insight/sums.h"
#include "kernel/test_dice.h"

namespace minhu::insight {
namespace {

using cases::CaseId;
using cases::EventKind;

enum class Trick : std::uint8_t {
  none,
  closes_without_solving,     // hard matters are answered on paper within the term
  refuses,                    // hard matters are not accepted
  turns_away_at_the_counter,  // people who come are sent home; they come by another door
  splits,                     // its counter makes five cases of each easy matter
  merges,                     // hard matters are put into an easy one
  begs,                       // happy speakers are asked to rate, the others not to
  parks,                      // hard matters are put off
  never_signs_in,             // hard matters are left lying, so that no term of 60 days begins
  backdates,                  // late answers name a day within the term
};

// What one speaker brings, decided before any office has seen it.
struct Matter {
  bool hard = false;
  bool legal_road = false;  // truly another body's by law
  bool comes_in_person = false;
  bool reachable = false;   // answers the telephone of the calling body
  bool would_rate = false;  // by themselves
  bool pleased_when_solved = false;
};

// Each matter comes twice: once by web or telephone, once in person to the office's own counter. So
// both doors bring the same mix; what that leaves open is written in docs/figures.md.
std::vector<Matter> demand(std::uint64_t seed) {
  Dice dice{seed};
  std::vector<Matter> all;
  for (int i = 0; i < 20; ++i) {
    Matter matter;
    matter.hard = dice.between(0, 9) < 4;
    matter.legal_road = !matter.hard && dice.between(0, 9) < 1;
    matter.reachable = dice.between(0, 9) < 7;
    matter.would_rate = dice.between(0, 9) < 3;
    matter.pleased_when_solved = dice.between(0, 9) < 9;
    all.push_back(matter);
    matter.comes_in_person = true;
    all.push_back(matter);
  }
  return all;
}

class Gaming : public cases::World {
 protected:
  Gaming() : World(migrations()) { county_.derivations = {&derivation()}; }

  cases::Context line() { return as(Role::dispatcher, county_.hotline_body); }
  cases::Context line_caller() { return as(Role::caller, county_.hotline_body); }

  cases::Words fresh_words() {
    cases::Words words = some_words(1);
    const std::uint64_t fresh = ++last_token_;
    for (std::size_t i = 0; i < 8; ++i) {
      words.token[i] = static_cast<std::uint8_t>(fresh >> (8 * i));
    }
    words.track = cases::Track::hotline;
    return words;
  }

  CaseId comes_in(const Matter& matter, Trick trick) {
    const cases::Words words = fresh_words();
    const bool at_the_counter = matter.comes_in_person && trick != Trick::turns_away_at_the_counter;
    const auto who = at_the_counter ? as(Role::clerk, housing_) : as(Role::anyone);
    const CaseId id = receive_words(who, words)->case_id;
    must(line(), id, EventKind::dispatched, to(housing_));
    return id;
  }

  void answer(CaseId id, bool backdated = false) {
    cases::Step step;
    step.kind = EventKind::answered;
    step.fields = {{"public_answer", "已经办理。"}, {"outcome", "supported"}};
    if (backdated) step.happened_at = file(id).received_at;
    ASSERT_TRUE(
        database_->write([&](Transaction& t) { return cases::take_step(t, handler(), id, step); }));
  }

  // The calling body asks everybody; whether it is solved is a matter of fact.
  void call_back(CaseId id, const Matter& matter, bool solved) {
    if (!matter.reachable) {
      const Instant morning = now_;
      const Instant midnight = start_of_day(to_date(now_));
      for (const std::int64_t hour : {9, 15, 20}) {
        now_.unix_ms = midnight.unix_ms + hour * 3'600'000;
        must(line_caller(), id, EventKind::callback_attempted);
      }
      must(line_caller(), id, EventKind::callback_done, {{"reached", "unreachable"}});
      now_ = morning;
      return;
    }
    const bool pleased = solved && matter.pleased_when_solved;
    must(line_caller(), id, EventKind::callback_done,
         {{"reached", "yes"},
          {"solved", solved ? "yes" : "no"},
          {"satisfaction", pleased ? "satisfied" : "dissatisfied"}});
  }

  void rates_alone(CaseId id, const Matter& matter, bool solved, Trick trick) {
    const bool happy = solved && matter.pleased_when_solved;
    const bool rates = trick == Trick::begs ? happy : matter.would_rate;
    if (!rates) return;
    must(speaker(), id, EventKind::rated,
         {{"solved", solved ? "yes" : "no"},
          {"satisfaction", happy ? "satisfied" : "dissatisfied"}});
  }

  struct Open {
    CaseId id;
    Matter matter;
    bool answered = false;
    bool solved = false;
  };

  // A quarter's work of the office. Gives what its figures come to.
  Counts run(Trick trick, std::uint64_t seed) {
    county_.region = RegionId{next_region_++};
    now_ = *parse_instant("2026-03-02 08:00");
    build_units();
    std::vector<Open> all;
    for (const Matter& matter : demand(seed)) {
      all.push_back({comes_in(matter, trick), matter, false, false});
      if (trick == Trick::splits && !matter.hard) {
        for (int i = 0; i < 4; ++i) split(matter);
      }
    }
    pass_days(1);
    sign_in(all, trick);
    pass_days(1);
    early_answers(all, trick);
    pass_days(1);
    ask(all, trick);
    pass_days(20);  // every term is over
    late_answers(all, trick);
    pass_days(1);
    ask(all, trick);
    pass_days(40);
    return counts();
  }

  void split(const Matter& matter) {
    const cases::Words words = fresh_words();
    const CaseId id = receive_words(as(Role::clerk, housing_), words)->case_id;
    must(line(), id, EventKind::dispatched, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    answer(id);
    call_back(id, matter, true);
  }

  void sign_in(std::vector<Open>& all, Trick trick) {
    const Open* easy = nullptr;
    for (Open& one : all) {
      if (one.matter.hard && trick == Trick::never_signs_in) continue;
      must(handler(), one.id, EventKind::signed_in);
      if (one.matter.legal_road) {
        must(handler(), one.id, EventKind::sent_to_legal_road,
             {{"road", "litigation"},
              {"law", "民事诉讼法"},
              {"body", "法院"},
              {"speakers_own_limit", "三年"}});
        one.answered = true;
        continue;
      }
      if (one.matter.hard && trick == Trick::refuses) {
        must(handler(), one.id, EventKind::not_accepted,
             {{"reason", "不属于受理范围"}, {"law", "信访工作条例"}, {"other_road", "法院"}});
        one.answered = true;
        continue;
      }
      must(handler(), one.id, EventKind::accepted);
      if (!one.matter.hard && easy == nullptr) easy = &one;
      if (one.matter.hard && trick == Trick::parks) {
        must(head(), one.id, EventKind::parked,
             {{"public_plan", "以后再办"}, {"review_on", "2026-12-01"}});
      }
    }
    if (trick != Trick::merges || easy == nullptr) return;
    for (Open& one : all) {
      if (!one.matter.hard) continue;
      must(line(), one.id, EventKind::merged, {{"into", easy->id.text()}});
    }
  }

  void early_answers(std::vector<Open>& all, Trick trick) {
    for (Open& one : all) {
      if (one.answered) continue;
      if (one.matter.hard) {
        if (trick == Trick::closes_without_solving) {
          answer(one.id);
          one.answered = true;
        }
        continue;
      }
      answer(one.id);
      one.answered = true;
      one.solved = true;
    }
    if (trick != Trick::merges) return;
    for (Open& one : all) one.answered = true;  // with the easy one, and nothing was solved
  }

  void late_answers(std::vector<Open>& all, Trick trick) {
    if (trick == Trick::parks || trick == Trick::never_signs_in) return;
    for (Open& one : all) {
      if (one.answered) continue;
      answer(one.id, trick == Trick::backdates);
      one.answered = true;
      one.solved = true;
    }
  }

  void ask(std::vector<Open>& all, Trick trick) {
    for (Open& one : all) {
      if (!one.answered || file(one.id).state != cases::State::answered) continue;
      call_back(one.id, one.matter, one.solved);
      rates_alone(one.id, one.matter, one.solved, trick);
    }
  }

  Counts counts() {
    Cells cells = database_->read(
        [&](Reading& reading) { return sums(reading, county_.region, 0, INT64_MAX); });
    leave_out_what_is_not_due(cells, to_date(now_));
    Counts own;
    for (const auto& [key, more] : cells) {
      if (unit_of(key.about) == housing_) add(own, more);
    }
    return own;
  }

  std::int64_t next_region_ = 500'000;
  std::uint64_t last_token_ = 1000;
};

struct Named {
  Trick trick;
  const char* name;
};
constexpr Named tricks[] = {{Trick::closes_without_solving, "closes without solving"},
                            {Trick::refuses, "refuses"},
                            {Trick::turns_away_at_the_counter, "turns away at the counter"},
                            {Trick::splits, "splits"},
                            {Trick::merges, "merges"},
                            {Trick::begs, "begs"},
                            {Trick::parks, "parks"},
                            {Trick::never_signs_in, "never signs in"},
                            {Trick::backdates, "backdates"}};

// Exact: a / b > c / d without division.
bool greater(Share a, Share b) {
  return b.below > 0 && a.below > 0 && a.above * b.below > b.above * a.below;
}
// Days with nothing at all stand behind every number.
std::int64_t days_or_never(std::optional<std::int64_t> value) {
  return value.value_or(INT64_MAX);
}

void expect_nothing_better(const Counts& honest, const Counts& gaming, const char* name) {
  for (const Figure& figure : figures()) {
    if (figure.audience != Audience::everybody) continue;
    const Share fair = figure.share(honest);
    const Share gamed = figure.share(gaming);
    ASSERT_NE(figure.better, Better::neither) << "a published share says what is better";
    const bool better = figure.better == Better::more ? greater(gamed, fair) : greater(fair, gamed);
    EXPECT_FALSE(better) << name << " improves " << figure.name << ": " << fair.above << "/"
                         << fair.below << " → " << gamed.above << "/" << gamed.below;
    std::printf("  %-24s %3lld/%-3lld  honest %3lld/%-3lld\n", std::string(figure.name).c_str(),
                static_cast<long long>(gamed.above), static_cast<long long>(gamed.below),
                static_cast<long long>(fair.above), static_cast<long long>(fair.below));
  }
  const Days fair = days(honest, Measure::days_to_solved);
  const Days gamed = days(gaming, Measure::days_to_solved);
  EXPECT_GE(days_or_never(gamed.median), days_or_never(fair.median)) << name;
  EXPECT_GE(days_or_never(gamed.p90), days_or_never(fair.p90)) << name;
}

TEST_F(Gaming, NoTrickOfAnOfficeImprovesAPublishedFigure) {
  const auto first_seed = static_cast<std::uint64_t>(seed_of_this_run());
  for (std::uint64_t round = 0; round < 1; ++round) {
    const std::uint64_t seed = first_seed + round;
    const Counts honest = run(Trick::none, seed);
    ASSERT_GT(figure_named("solved_in_time")->share(honest).above, 2);
    for (const Named& one : tricks) {
      std::printf("%s (seed %llu)\n", one.name, static_cast<unsigned long long>(seed));
      expect_nothing_better(honest, run(one.trick, seed), one.name);
    }
  }
}

// The test bites: the figures that offices alone see can be gamed, which is why they alone see
// them.
TEST_F(Gaming, AnsweringOnPaperWouldImproveTheShareOfAnswersInTime) {
  const auto seed = static_cast<std::uint64_t>(seed_of_this_run());
  const Figure& figure = *figure_named("answered_in_time");
  EXPECT_EQ(figure.audience, Audience::offices);
  const Share honest = figure.share(run(Trick::none, seed));
  EXPECT_TRUE(greater(figure.share(run(Trick::closes_without_solving, seed)), honest));
}

}  // namespace
}  // namespace minhu::insight
