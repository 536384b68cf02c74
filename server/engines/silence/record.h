// What the estimate is made from: matters that several people could speak of, by place and class.
// Places only; of people nothing but how many different ones spoke of one matter.
//
// A matter is what remains after repeated reports were linked (same class, same place, same time).
// Leave out what concerns one family: nobody else can speak of it, so silence says nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::silence {

struct Class {
  std::string code;
  std::int64_t severity = 1000;  // thousandths; 1000 is an ordinary matter
  // Mean days until an unrepaired trouble of this class ends by itself or is borne without a word,
  // as judged before anything was counted. The record corrects it.
  double fade_days = 90;
};

struct Place {
  std::string id;
  std::int32_t cluster = 0;  // its town: places whose reports are held together
  double people = 0;
  // How easily one is heard from there: signal, distance to a window, opening hours. The same
  // number of values for every place, in any unit. Never a trait of the people.
  std::vector<double> access;
};

struct Word {
  Instant at;
  // The same for the same person within this matter and drawn anew for every matter (a hash under a
  // key of the matter that is destroyed with it), so that nobody can be followed from one to
  // another. Only whether two are equal is ever asked.
  std::uint64_t speaker = 0;
};

struct Matter {
  std::size_t place = 0;
  std::size_t kind = 0;     // of `Record::classes`
  std::vector<Word> words;  // in any order; none: a visit found it before anybody spoke
  // When people no longer had to speak: an official came, an answer was made public, it was
  // repaired or merged. What is chosen must not look ahead ("the last word" would be wrong).
  std::optional<Instant> stopped;
  bool seen_then = false;       // somebody saw that it was still there, or repaired it
  bool found_by_visit = false;  // then `stopped` is the day of the visit
};

// Nobody could be heard from there; neither time nor words count.
struct Closed {
  std::size_t place = 0;
  Instant from;
  Instant to;
};

struct Visit {
  std::size_t place = 0;
  Instant at;
};

struct Record {
  std::vector<Class> classes;
  std::vector<Place> places;
  std::vector<Matter> matters;
  std::vector<Closed> closed;
  std::vector<Visit> visits;  // that looked for what nobody says
  Instant from;               // what is known begins here
  Instant until;              // and ends here; what lies later is not looked at
};

// Faults invalid_input, `field` names the list, details the place: silence.bad_record (no class, no
// place, or it ends before it begins), silence.bad_class, silence.bad_place (people, or access of
// another length or not a number), silence.unknown_place, silence.unknown_class,
// silence.place_twice; too_large silence.too_many.
Outcome check(const Record& record);

// Matters of one place and class that were said again equally often and were quiet at last for
// about as long. A pause is measured from the last word before it, without the echo (below).
inline constexpr std::size_t lengths = 20;
inline constexpr double days_of_a_length = 5;  // so nothing counts after 100 quiet days
struct Heard {
  std::int64_t again = 0;  // words of further people about each of them
  bool seen = false;       // they were still there when people no longer had to speak
  std::int64_t matters = 0;
  // Days of all of them together: that ended with a word or with being seen, so that they were
  // there all the time; and at last, when nobody knows.
  double pauses = 0;
  double quiet = 0;
  bool operator==(const Heard&) const = default;
};
struct Cell {
  std::vector<Heard> heard;  // in order
  std::int64_t begun = 0;    // first words
  std::int64_t found = 0;    // by visits, with no word before
  std::int64_t again() const;
  std::int64_t seen() const;
  double pauses() const;
  double quiet() const;
  bool operator==(const Cell&) const = default;
};

struct Counting {
  // After a word this long neither time nor words count: who speaks then was often brought along
  // by the one before, and two who were brought do not show that neighbours speak up by themselves.
  double echo_days = 3;
};

struct Counted {
  std::size_t classes = 0;
  std::vector<Cell> cells;  // place by place, in it class by class
  // Of each place: days on which somebody could be heard, and the visits within the record in
  // order, days after its beginning.
  std::vector<double> open_days;
  std::vector<std::vector<double>> visits;
  double days = 0;

  const Cell& at(std::size_t place, std::size_t kind) const {
    return cells[place * classes + kind];
  }
};

// Of a record that was checked.
Counted count(const Record& record, const Counting& counting = {});

// How many different people besides the one who raised it.
std::int64_t others(const Matter& matter);

}  // namespace minhu::silence
