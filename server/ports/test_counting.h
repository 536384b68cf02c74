// For tests: a reading that passes every question on and remembers it, for promises about how often
// the database is asked.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "ports/storage.h"

namespace minhu {

class CountingQuestions final : public Reading {
 public:
  explicit CountingQuestions(Reading& reading) : reading_(reading) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    asked_.emplace_back(sql);
    reading_.query(sql, parameters, each);
  }
  int asked() const { return static_cast<int>(asked_.size()); }
  // Those that begin so.
  int asked(std::string_view beginning) const {
    return static_cast<int>(
        std::count_if(asked_.begin(), asked_.end(),
                      [&](const std::string& sql) { return sql.starts_with(beginning); }));
  }

 private:
  Reading& reading_;
  std::vector<std::string> asked_;
};

}  // namespace minhu
