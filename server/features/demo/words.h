// Texts of the demo county: a grammar over data/voices.toml, matters.toml and answers.toml. People
// name a trouble the way they see it, in their own order, with what has nothing to do with it;
// offices answer well, poorly or honestly "not now".
#pragma once

#include <string>
#include <string_view>

#include "features/demo/book.h"
#include "features/demo/causes.h"
#include "features/demo/dice.h"

namespace minhu::demo {

// What the {…} of a phrase stand for.
struct Slots {
  const Book* book = nullptr;
  const Issue* issue = nullptr;
  Instant now;
};
// One phrase of those, its slots filled. An empty phrase is a phrase.
std::string say(const Phrases& phrases, const Slots& slots, Dice& dice);

enum class Medium { typed, phone_note, letter };

struct Written {
  std::string title;
  std::string text;
  std::string place_words;
};
// The words of one speaker about an issue; the same speaker of an issue always has the same voice.
Written tell(const Slots& slots, std::int64_t speaker, Medium medium, bool again, Dice& dice);
// The words of somebody else, passed on with small changes: what neighbours do with a text that is
// sent around.
Written passed_on(const Written& words, const Book& book, Dice& dice);

enum class Answering { good, poor, unable, no };
std::string answer(const Slots& slots, std::string_view unit_name, Answering how, Dice& dice);

std::string person_name(Dice& dice);
// "000" and eight digits: no network of China gives a number that begins so.
std::string phone_number(Dice& dice);

}  // namespace minhu::demo
