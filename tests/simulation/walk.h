// A county that lives through bad weather: people hand things in and ask what became of them,
// officials take whatever step is open to them, the clock jumps, the program is killed. Whoever is
// not answered sends the same again, as browsers and gateways do.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kernel/test_dice.h"
#include "program.h"

namespace minhu::simulation {

// What somebody handed in; told a number since.
struct Handed {
  std::string text;
  std::string number;
  std::string code;
};

// A step that its taker was told is written down.
struct Taken {
  std::string kind;
  std::string subject;  // the number of the case for its speaker, its id for an official
  std::int64_t seq = 0;
};

// Whether who sends again sends the same thing, or believes that nothing arrived.
enum class Again : std::uint8_t { under_the_same_key, under_a_new_one };

class Walk {
 public:
  explicit Walk(std::uint64_t seed, Again again = Again::under_the_same_key);

  // In weather in which one write in `one_in` goes wrong.
  void go(int turns, std::int64_t one_in);
  // Calm: every job until nothing is left to do.
  void settle();

  Program& program() noexcept { return program_; }
  const std::vector<Handed>& handed() const noexcept { return handed_; }
  const std::vector<Taken>& taken() const noexcept { return taken_; }
  // Steps that may have been written down although their takers were told that there is no such
  // case: the answer was lost, and meanwhile, by that very step perhaps, they may not see it.
  const std::vector<Taken>& perhaps_taken() const noexcept { return perhaps_taken_; }
  // Every answer in its order: the same for the same seed.
  const std::vector<std::string>& trace() const noexcept { return trace_; }
  // Answers that contradict an earlier one to the same request, or that nobody should be given.
  const std::vector<std::string>& wrong() const noexcept { return wrong_; }
  std::int64_t repeats() const noexcept { return repeats_; }

  // What its speaker is shown of a matter.
  Answer look_at(const Handed& matter);

 private:
  using Headers = std::map<std::string, std::string, std::less<>>;
  void turn();
  void hand_in();
  void speaker_acts();
  void official_acts();
  void time_passes();

  // Sent under one key until an answer comes that is one.
  struct Told {
    Answer answer;
    bool at_once = true;  // the first that was sent was answered
  };
  Told send(const std::string& path, const std::string& body, Headers headers);
  // Now and then an answer is lost on the way to whoever asked: what comes then is the same.
  void perhaps_again(const std::string& path, const std::string& body, const Headers& headers,
                     std::string_view field, const boost::json::value& first);
  // Whether whoever sent these headers is told that there is no such case.
  bool is_hidden(const std::string& subject, const Headers& headers);
  void step(const std::string& path, const boost::json::object& open, std::int64_t seq,
            const std::string& subject, Headers headers);
  boost::json::object filled(const boost::json::object& open);
  std::string key();

  Dice dice_;
  Again again_;
  Program program_;
  std::vector<std::string> units_;
  std::vector<std::string> categories_;
  std::vector<std::string> ids_;  // of cases that officials have met
  std::vector<Handed> handed_;
  std::vector<Taken> taken_;
  std::vector<Taken> perhaps_taken_;
  std::vector<std::string> trace_;
  std::vector<std::string> wrong_;
  std::int64_t repeats_ = 0;
};

}  // namespace minhu::simulation
