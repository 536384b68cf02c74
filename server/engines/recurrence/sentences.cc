#include "engines/recurrence/sentences.h"

#include <fmt/format.h>

#include <cmath>

namespace minhu::recurrence {

namespace {

// Whole per cent, rounded so that more is never promised than was found.
std::string fall_of_at_least(double ratio) {
  return fmt::format("{:.0f}", std::floor((1 - ratio) * 100));
}
std::string fall_of_at_most(double ratio) {
  return fmt::format("{:.0f}", std::ceil((1 - ratio) * 100));
}
std::string rise(double ratio) {
  return fmt::format("{:.0f}", std::ceil((ratio - 1) * 100));
}
std::string times(double ratio) {
  return ratio < 10 ? fmt::format("{:.1f}", ratio) : fmt::format("{:.0f}", ratio);
}

// Whether the plain difference of the two rates and the measured change tell the same story.
bool plain(const Effect& effect) {
  return std::abs(effect.expected_a_month - effect.before_a_month) <= 0.1 * effect.before_a_month;
}

Sentence sentence_of(const Settings& settings, const Effect& effect) {
  Sentence sentence;
  auto& [key, details] = sentence;
  details["before"] = spoken(effect.before_a_month);
  details["after"] = spoken(effect.after_a_month);
  details["confidence"] = fmt::format("{:g}", settings.confidence * 100);
  const double low = effect.range->low;
  const double high = effect.range->high;
  switch (effect.verdict) {
    case Verdict::fewer:
      key = "recurrence.fewer";
      details["fall"] = fmt::format("{:.0f}", (1 - effect.ratio.value_or(0)) * 100);
      details["least"] = fall_of_at_least(high);
      details["most"] = fall_of_at_most(low);
      break;
    case Verdict::more:
      key = effect.ratio ? "recurrence.more" : "recurrence.more_than_nothing";
      if (effect.ratio) {
        details["times"] = times(*effect.ratio);
        details["least"] = times(low);
        details["most"] = times(high);
      }
      break;
    case Verdict::no_change_seen:
      key = "recurrence.no_change_seen";
      details["fall"] = fall_of_at_most(low);
      details["rise"] = rise(high);
      break;
    case Verdict::too_few_to_say:
    case Verdict::not_comparable:
      key = "recurrence.too_few_to_say";
      break;
  }
  return sentence;
}

}  // namespace

void put_into_words(const Question& question, const Settings& settings, bool same_season,
                    Effect& effect) {
  effect.sentence = sentence_of(settings, effect);
  if (effect.verdict != Verdict::too_few_to_say && !plain(effect)) {
    effect.notes.push_back(
        {"recurrence.note.expected",
         {{"expected", spoken(effect.expected_a_month)}, {"after", spoken(effect.after_a_month)}}});
  }
  if (effect.few) {
    effect.notes.push_back({"recurrence.note.few",
                            {{"cases", std::to_string(effect.cases_before + effect.cases_after)}}});
  }
  if (!same_season) effect.notes.push_back({"recurrence.note.season_from_elsewhere", {}});
  if (!effect.places_left_out.empty()) {
    effect.notes.push_back({"recurrence.note.places_left_out",
                            {{"number", std::to_string(effect.places_left_out.size())}}});
  }
  if (question.against == Against::nothing) {
    effect.notes.push_back({"recurrence.note.nothing_to_compare", {}});
  }
  if (!effect.narrowing || effect.narrowing->access == Access::unknown) {
    effect.notes.push_back({"recurrence.note.doors_unknown", {}});
  } else if (effect.narrowing->access == Access::narrowed) {
    effect.notes.insert(effect.notes.end(), effect.narrowing->reasons.begin(),
                        effect.narrowing->reasons.end());
    if (effect.verdict == Verdict::fewer) {
      effect.verdict = Verdict::not_comparable;
      effect.sentence = {
          "recurrence.not_comparable.narrowed",
          {{"before", spoken(effect.before_a_month)}, {"after", spoken(effect.after_a_month)}}};
    }
  }
}

}  // namespace minhu::recurrence
