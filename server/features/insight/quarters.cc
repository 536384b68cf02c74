#include "features/insight/quarters.h"

#include <algorithm>
#include <array>
#include <map>

#include "features/insight/hiding_in_sums.h"
#include "features/insight/sums.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::insight {

namespace {

// What everybody may ask about an answer that fell due, and the finer parts of two of them.
enum Part5 : std::uint8_t { solved, unconfirmed, late, open, set_aside };
constexpr std::array<std::string_view, 5> part_names{"solved", "unconfirmed", "late", "open",
                                                     "set_aside"};
struct Detail {
  Standing standing;
  Part5 of;
};
constexpr Detail details[] = {
    {Standing::partly, unconfirmed},      {Standing::not_solved, unconfirmed},
    {Standing::not_reached, unconfirmed}, {Standing::not_asked, unconfirmed},
    {Standing::withdrawn, set_aside},     {Standing::voided, set_aside},
    {Standing::legal_road, set_aside},    {Standing::emergency, set_aside},
    {Standing::not_accepted, set_aside},  {Standing::to_repeat, set_aside},
    {Standing::parked, set_aside}};

std::array<std::int64_t, 5> parts_of(const Counts& counts) {
  const Whole all = whole(counts);
  const std::int64_t in_time_solved = all.standing[static_cast<int>(Standing::solved)];
  return {in_time_solved, all.in_time() - in_time_solved,
          all.standing[static_cast<int>(Standing::late)], all.open, all.set_aside()};
}

using Index = std::size_t;

struct LineCells {
  Index received = 0;
  Index due = 0;
  std::array<Index, 5> parts{};
};

// All numbers of a quarter as cells, and how they add up.
class Publication {
 public:
  Index cell(std::int64_t number, bool printed = true) {
    cells_.push_back({number, printed});
    return cells_.size() - 1;
  }
  void sum(std::vector<Index> whole, std::vector<Index> parts) {
    sums_.push_back({std::move(whole), std::move(parts)});
  }
  LineCells line(const Counts& counts) {
    LineCells line;
    line.received = cell(total(counts, Measure::received));
    line.due = cell(whole(counts).due());
    const auto parts = parts_of(counts);
    std::transform(parts.begin(), parts.end(), line.parts.begin(),
                   [this](std::int64_t number) { return cell(number); });
    return line;
  }
  void hide() { hidden_ = hidden_in(cells_, sums_); }
  Hideable shown(Index cell) const {
    return hidden_[cell] ? std::nullopt : Hideable(cells_[cell].number);
  }
  void show(QuarterLine& line, const LineCells& cells) const {
    line.received = shown(cells.received);
    line.due = shown(cells.due);
    for (std::size_t i = 0; i < cells.parts.size(); ++i) {
      line.parts.push_back({part_names[i], shown(cells.parts[i])});
    }
  }

 private:
  std::vector<PublishedCell> cells_;
  std::vector<Sum> sums_;
  std::vector<bool> hidden_;
};

template <class Get>
std::vector<Index> each(const std::vector<LineCells>& lines, Get get) {
  std::vector<Index> all;
  for (const LineCells& line : lines) all.push_back(get(line));
  return all;
}

// The months and the offices both add up to the county, in what was received, in what fell due and
// in each part of that.
void tie_together(Publication& all, const LineCells& county, const std::vector<LineCells>& months,
                  const std::vector<LineCells>& offices,
                  const std::array<std::vector<Index>, 5>& finer) {
  const auto received = [](const LineCells& line) { return line.received; };
  const auto due = [](const LineCells& line) { return line.due; };
  all.sum(each(months, received), {county.received});
  all.sum({county.received}, each(offices, received));
  all.sum({county.due}, each(months, due));
  for (const LineCells& month : months)
    all.sum({month.due}, {month.parts.begin(), month.parts.end()});
  for (std::size_t i = 0; i < part_names.size(); ++i) {
    const auto part = [i](const LineCells& line) { return line.parts[i]; };
    all.sum(each(months, part), {county.parts[i]});
    std::vector<Index> pieces{county.parts[i]};
    if (!finer[i].empty()) {
      all.sum(pieces, finer[i]);
      pieces = finer[i];
    }
    all.sum(pieces, each(offices, part));
  }
  for (const LineCells& office : offices) {
    all.sum({office.parts.begin(), office.parts.end()}, {office.due});
  }
  all.sum(each(offices, due), {county.due});
}

bool nobody_or_enough(std::int64_t number) {
  return number == 0 || number >= smallest_shown;
}

// Shares of what fell due whose numbers lie within one another. They stand on the numbers of the
// county, so where those are not shown they are not either; and none may say more about how the
// rest divides than is shown of the rest. So what is hidden there stays as free as it is.
class SharesOfDue {
 public:
  SharesOfDue(const Counts& counts, const Quarter& quarter) : quarter_(quarter) {
    due_ = whole(counts).due();
    in_time_ = in_bucket(counts, Measure::outcome, Standing::solved);
    first_ = total(counts, Measure::solved_first);
    solved_ = total(counts, Measure::solved);
    satisfied_ = figure_named("satisfied")->share(counts).above;
    stands_ = quarter.county.due && quarter.county.parts[solved].count;
    const std::int64_t late_shown = quarter.county.parts[late].count.value_or(0);
    const std::int64_t came_back = detail("not_solved");
    show_solved_ = stands_ && may(solved_ - in_time_, late_shown + came_back) &&
                   nobody_or_enough(due_ - solved_);
    show_first_ = stands_ && may(first_ - in_time_, late_shown) &&
                  nobody_or_enough(due_ - first_) &&
                  (!show_solved_ || nobody_or_enough(solved_ - first_));
    const std::int64_t answered =
        in_time_ + detail("partly") + came_back + detail("not_reached") + late_shown;
    show_satisfied_ = stands_ && satisfied_ <= answered && nobody_or_enough(satisfied_) &&
                      nobody_or_enough(due_ - satisfied_);
  }

  Hideable above(std::string_view name) const {
    if (name == "solved_in_time") return quarter_.county.parts[solved].count;
    if (name == "solved") return shown(show_solved_, solved_);
    if (name == "solved_first") return shown(show_first_, first_);
    if (name == "satisfied") return shown(show_satisfied_, satisfied_);
    return std::nullopt;
  }

 private:
  // Here, too, a 0 is always shown.
  static Hideable shown(bool may_be, std::int64_t number) {
    return may_be || number == 0 ? Hideable(number) : std::nullopt;
  }
  // So many beside those solved in time: nobody, or enough of them among those that are shown.
  static bool may(std::int64_t more, std::int64_t at_most) {
    return more == 0 || (more >= smallest_shown && more <= at_most);
  }
  std::int64_t detail(std::string_view wanted) const {
    for (const Part& part : quarter_.details) {
      if (part.name == wanted) return part.count.value_or(0);
    }
    return 0;
  }

  const Quarter& quarter_;
  std::int64_t due_ = 0, in_time_ = 0, first_ = 0, solved_ = 0, satisfied_ = 0;
  bool stands_ = false, show_solved_ = false, show_first_ = false, show_satisfied_ = false;
};

std::optional<std::int64_t> median_of(const Counts& counts, const QuarterLine& line) {
  const Hideable& above = line.parts[solved].count;
  if (!line.due || !above || *above < smallest_shown || *above * 2 < *line.due) return {};
  return days(counts, Measure::days_to_solved).median;
}

struct Sorted {
  Counts county;
  std::vector<Counts> months;
  std::map<UnitId, Counts> offices;
};

Sorted sorted(const Cells& cells, const Period& period, const std::vector<Period>& months) {
  Sorted all;
  all.months.resize(months.size());
  for (const auto& [key, counts] : cells) {
    const UnitId unit = unit_of(key.about);
    if (unit.empty() || key.piece < period.first || key.piece > period.last) continue;
    add(all.county, counts);
    add(all.offices[unit], counts);
    for (std::size_t i = 0; i < months.size(); ++i) {
      if (key.piece >= months[i].first && key.piece <= months[i].last) add(all.months[i], counts);
    }
  }
  return all;
}

struct OfficeCounts {
  Office office;
  Counts counts;
};

// In the order of names as they are given; what has none is one line at the end.
std::vector<OfficeCounts> named(std::map<UnitId, Counts> counts,
                                const std::vector<Office>& offices) {
  std::vector<OfficeCounts> all;
  for (const Office& office : offices) {
    const auto found = counts.find(office.unit);
    if (found == counts.end()) continue;
    all.push_back({office, std::move(found->second)});
    counts.erase(found);
  }
  std::stable_sort(all.begin(), all.end(), [](const OfficeCounts& a, const OfficeCounts& b) {
    return a.office.name < b.office.name;
  });
  OfficeCounts rest;
  for (const auto& [unit, more] : counts) add(rest.counts, more);
  if (!rest.counts.empty()) all.push_back(std::move(rest));
  std::erase_if(all, [](const OfficeCounts& one) {
    return total(one.counts, Measure::received) == 0 && whole(one.counts).due() == 0 &&
           total(one.counts, Measure::returned) == 0 && total(one.counts, Measure::reopened) == 0;
  });
  return all;
}

}  // namespace

bool Quarter::is_empty() const {
  return county.received == std::int64_t{0} && county.due == std::int64_t{0};
}

Quarter published_quarter(const Cells& cells, const Period& period,
                          const std::vector<Office>& offices) {
  const std::vector<Period> months = months_of(period);
  Sorted counts = sorted(cells, period, months);
  const auto lines = named(std::move(counts.offices), offices);

  Publication all;
  const LineCells county = all.line(counts.county);
  std::vector<LineCells> month_cells;
  for (const Counts& month : counts.months) month_cells.push_back(all.line(month));
  std::vector<LineCells> office_cells;
  for (const OfficeCounts& office : lines) office_cells.push_back(all.line(office.counts));
  std::array<std::vector<Index>, 5> finer;
  const Whole standing = whole(counts.county);
  for (const Detail& detail : details) {
    finer[detail.of].push_back(all.cell(standing.standing[static_cast<int>(detail.standing)]));
  }
  tie_together(all, county, month_cells, office_cells, finer);
  // These are in no sum with others but their own.
  const Figure& notice = *figure_named("notice_in_time");
  const Share told = notice.share(counts.county);
  const Index told_in_time = all.cell(told.above);
  const Index to_tell = all.cell(told.below);
  all.sum({to_tell}, {told_in_time, all.cell(told.below - told.above, false)});
  std::vector<std::pair<Index, Index>> came_back;
  for (const OfficeCounts& office : lines) {
    const Index returned = all.cell(total(office.counts, Measure::returned));
    came_back.emplace_back(returned, all.cell(total(office.counts, Measure::reopened)));
  }
  all.hide();

  Quarter quarter;
  quarter.period = period;
  quarter.county.period = period;
  all.show(quarter.county, county);
  quarter.median_days = median_of(counts.county, quarter.county);
  std::array<std::size_t, 5> used{};
  for (const Detail& detail : details) {
    quarter.details.push_back(
        {name(detail.standing), all.shown(finer[detail.of][used[detail.of]++])});
  }
  const SharesOfDue shares(counts.county, quarter);
  for (const Figure& figure : figures()) {
    if (figure.audience != Audience::everybody) continue;
    if (&figure == &notice) {
      quarter.shares.push_back({&figure, all.shown(told_in_time), all.shown(to_tell)});
    } else {
      quarter.shares.push_back({&figure, shares.above(figure.name), quarter.county.due});
    }
  }
  for (std::size_t i = 0; i < months.size(); ++i) {
    QuarterLine& month = quarter.months.emplace_back();
    month.name = months[i].name;
    month.period = months[i];
    all.show(month, month_cells[i]);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    OfficeOfQuarter& office = quarter.offices.emplace_back();
    office.name = lines[i].office.name;
    office.unit = lines[i].office.unit;
    office.period = period;
    all.show(office, office_cells[i]);
    office.returned = all.shown(came_back[i].first);
    office.reopened = all.shown(came_back[i].second);
    office.median_days = median_of(lines[i].counts, office);
  }
  return quarter;
}

std::vector<Quarter> finished_quarters(Reading& reading, const cases::County& county, Instant now,
                                       int most) {
  std::vector<Office> offices;
  for (const auto& unit : places_and_units::all_units(reading, county.region)) {
    offices.push_back({unit.id, unit.name});
  }
  std::vector<Quarter> all;
  Period period = quarter_of(to_date(now, county.rules.zone), Scheme::calendar);
  for (int i = 0; i < most; ++i) {
    period = quarter_of(period.from() - std::chrono::days(1), Scheme::calendar);
    const Cells cells = sums(reading, county.region, period.first, period.last);
    Quarter quarter = published_quarter(cells, period, offices);
    if (!quarter.is_empty()) all.push_back(std::move(quarter));
  }
  return all;
}

Date next_published(const cases::County& county, Instant now) {
  return quarter_of(to_date(now, county.rules.zone), Scheme::calendar).to() + std::chrono::days(1);
}

}  // namespace minhu::insight
