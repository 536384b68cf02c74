// Invented counties whose hidden problems are known: what the estimator of silence is judged on.
//
// Written and committed before the estimator, and not changed since: it must not learn what its
// judge looks like. Times are days; the record begins on day 0 and ends on `days`. Troubles begin
// before the record does, so that there is no empty start.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace minhu::visits_bench {

// What goes against the assumptions of a simple model. None: troubles begin by chance, each is
// spoken of at the rate of its village and class until it ends, and places do not change.
struct Departures {
  bool bursts = false;     // storms: many troubles in every village of a town within days
  bool clustered = false;  // one word brings others, who had not spoken otherwise
  bool outages = false;    // doors closed for weeks; a third of them nobody wrote down
  bool mixed = false;      // villages differ by class, and troubles of one class by how they show
  bool weary = false;      // some villages speak less from year to year, some more
  bool unlinked = false;   // some repeated reports are taken for new matters, and the reverse
};

struct Class {
  std::string_view name;
  int severity;
  double a_year_per_1000;  // troubles that begin
  double words_a_day;      // about one trouble, in a village of 1000 that speaks as usual
  double fade_days;        // mean until an unrepaired trouble ends by itself
};
const std::vector<Class>& classes();

struct Village {
  int town = 0;
  int people = 0;
  double signal = 1;           // part of the day with telephone signal
  double kilometres = 1;       // to where somebody receives
  double open_hours = 40;      // a week
  double speaking = 1;         // truth: times the usual rate of words, with signal and distance
  double trouble = 1;          // truth: times the usual number of troubles
  double drift = 1;            // truth: of speaking, from the first day to the last
  bool silent = false;         // truth: one of the few that hardly ever speak
  std::vector<double> mix;     // truth, by class: times the usual number of troubles
  std::vector<double> speaks;  // truth, by class: times the usual rate of words
};

struct Word {
  double at = 0;
  int person = 0;  // counted within the matter; the same person may come twice
};

// One matter as the record has it, with what is really behind it.
struct Matter {
  int village = 0;
  int class_index = 0;
  double begins = 0;                  // truth
  double ends = 0;                    // truth: faded or repaired
  std::vector<Word> words;            // in order of time, none after `days`
  std::optional<double> answered_on;  // known: an answer made public, or an official who came
  std::optional<double> repaired_on;  // known
  std::optional<double> found_on;     // known: by a visit, before anybody had said a word
};

struct Outage {
  int village = 0;
  double from = 0;
  double to = 0;
  bool known = true;
};

struct Visit {
  int village = 0;
  double at = 0;
};

struct County {
  double days = 0;
  int towns = 0;
  std::vector<Village> villages;
  std::vector<Matter> matters;  // with those nobody ever said a word about
  std::vector<Outage> outages;
  std::vector<Visit> visits;  // in order of time; the day of each was drawn by lot
};

struct Size {
  int villages = 300;
  int towns = 25;
  double days = 730;
};

County draw_county(std::uint64_t seed, const Departures& departures, const Size& size = {});

// Truth: it is there on that day, and until then nobody said a word and no visit found it.
bool hidden(const Matter& matter, double day);
// Truth: how many troubles lie hidden on average in such a village on the last day, when nobody
// has come for long.
double expected_hidden(const Village& village, int class_index);

}  // namespace minhu::visits_bench
