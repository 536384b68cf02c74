// Who asks: residents with the receipts that they were given, and desks with a session, the cases
// of their queue and the steps that can be taken next. Makes requests and learns from answers.
#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "traffic.h"

namespace minhu::bench {

struct Request {
  std::string text;
  int expected = 200;
};

class People {
 public:
  // Signs everybody in whom `logins` names (lines "login ROLE NAME PASSWORD", as the server of a
  // demo county prints them), reads queues until there are enough cases for so many steps, and
  // hands in cases until there are `receipts`. Ends the program, saying why, when it cannot.
  People(int port, const std::string& logins, std::size_t steps, std::size_t receipts,
         std::uint64_t seed);

  Request next(Asked asked);
  void learn(Asked asked, const std::string& answer);

 private:
  struct Step {
    std::size_t desk;
    std::string case_id;
    bool sort_first;  // before it is sent to a unit
  };
  struct Desk {
    std::string cookie;
    std::string part;
    bool dispatches = false;
    bool hotline = false;
    std::string next_page;
    std::vector<std::string> cases;
  };
  struct Receipt {
    std::string number;
    std::string code;
  };

  void sign_in(int port, std::string_view role, std::string_view login, std::string_view password);
  void read_queue(int port, std::size_t desk, std::size_t enough);
  Request intake();
  Request step();
  template <class T>
  const T& any(const std::vector<T>& all) {
    return all[random_() % all.size()];
  }
  std::string token();

  std::mt19937_64 random_;
  std::vector<Desk> desks_;
  std::vector<std::size_t> with_cases_;
  std::vector<Receipt> receipts_;
  std::deque<Step> steps_;
  std::string unit_;
};

}  // namespace minhu::bench
