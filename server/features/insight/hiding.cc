#include "features/insight/hiding.h"

#include <algorithm>
#include <limits>

namespace minhu::insight {

namespace {

struct Place {
  std::size_t row = 0;
  std::size_t column = 0;
};

class Table {
 public:
  Table(const std::vector<std::vector<std::int64_t>>& numbers, bool columns_add_up)
      : numbers_(numbers), columns_add_up_(columns_add_up) {
    for (const auto& row : numbers_) {
      auto& marks = hidden_.emplace_back();
      for (const std::int64_t number : row) {
        marks.push_back(number > 0 && number < smallest_shown);
      }
    }
  }

  void make_safe() {
    while (protect_a_line() || protect_a_bridge()) {
    }
  }

  std::vector<std::vector<Hideable>> shown() const {
    std::vector<std::vector<Hideable>> all;
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      auto& row = all.emplace_back();
      for (std::size_t c = 0; c < numbers_[r].size(); ++c) {
        row.push_back(hidden_[r][c] ? std::nullopt : Hideable(numbers_[r][c]));
      }
    }
    return all;
  }

 private:
  std::size_t width() const { return numbers_.empty() ? 0 : numbers_.front().size(); }
  std::int64_t at(Place place) const { return numbers_[place.row][place.column]; }
  bool is_hidden(Place place) const { return hidden_[place.row][place.column]; }

  std::vector<Place> row_places(std::size_t row) const {
    std::vector<Place> places;
    for (std::size_t c = 0; c < width(); ++c) places.push_back({row, c});
    return places;
  }
  std::vector<Place> column_places(std::size_t column) const {
    std::vector<Place> places;
    for (std::size_t r = 0; r < numbers_.size(); ++r) places.push_back({r, column});
    return places;
  }

  // The smallest that is still shown; a 0 only where there is nothing else.
  bool hide_one_more(const std::vector<Place>& line) {
    const Place* best = nullptr;
    const auto cost = [&](Place place) {
      return at(place) == 0 ? std::numeric_limits<std::int64_t>::max() : at(place);
    };
    for (const Place& place : line) {
      if (is_hidden(place)) continue;
      if (best == nullptr || cost(place) < cost(*best)) best = &place;
    }
    if (best == nullptr) return false;
    hidden_[best->row][best->column] = true;
    return true;
  }

  bool is_safe(const std::vector<Place>& line) const {
    std::int64_t sum = 0;
    int count = 0;
    for (const Place place : line) {
      if (!is_hidden(place)) continue;
      sum += at(place);
      ++count;
    }
    return count == 0 || (count > 1 && sum >= smallest_shown);
  }

  bool protect_a_line() {
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      const auto line = row_places(r);
      if (!is_safe(line) && hide_one_more(line)) return true;
    }
    for (std::size_t c = 0; columns_add_up_ && c < width(); ++c) {
      const auto line = column_places(c);
      if (!is_safe(line) && hide_one_more(line)) return true;
    }
    return false;
  }

  // Whether the row and the column of a hidden cell hang together without it. If they do not, the
  // lines on one side of it add up to the cell.
  bool hangs_together_without(Place cut) const {
    std::vector<bool> rows(numbers_.size(), false);
    std::vector<bool> columns(width(), false);
    std::vector<std::size_t> to_visit{cut.row};
    rows[cut.row] = true;
    while (!to_visit.empty()) {
      const std::size_t row = to_visit.back();
      to_visit.pop_back();
      for (std::size_t c = 0; c < width(); ++c) {
        if (columns[c] || !hidden_[row][c] || (row == cut.row && c == cut.column)) continue;
        columns[c] = true;
        for (std::size_t r = 0; r < numbers_.size(); ++r) {
          if (rows[r] || !hidden_[r][c] || (r == cut.row && c == cut.column)) continue;
          rows[r] = true;
          to_visit.push_back(r);
        }
      }
    }
    return columns[cut.column];
  }

  bool protect_a_bridge() {
    if (!columns_add_up_) return false;
    for (std::size_t r = 0; r < numbers_.size(); ++r) {
      for (const Place place : row_places(r)) {
        if (!is_hidden(place) || hangs_together_without(place)) continue;
        if (hide_one_more(row_places(r)) || hide_one_more(column_places(place.column))) return true;
      }
    }
    return false;
  }

  const std::vector<std::vector<std::int64_t>>& numbers_;
  std::vector<std::vector<bool>> hidden_;
  bool columns_add_up_;
};

}  // namespace

std::vector<std::vector<Hideable>> hide_small(const std::vector<std::vector<std::int64_t>>& table) {
  Table safe(table, true);
  safe.make_safe();
  return safe.shown();
}

std::vector<Hideable> hide_small(const std::vector<std::int64_t>& row) {
  const std::vector<std::vector<std::int64_t>> table{row};
  Table safe(table, false);
  safe.make_safe();
  return safe.shown().front();
}

Hideable hide_small(std::int64_t number) {
  return number > 0 && number < smallest_shown ? std::nullopt : Hideable(number);
}

}  // namespace minhu::insight
