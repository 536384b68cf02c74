// The public figures as CSV and JSON. A number that is not published is an empty field, or null;
// nothing says why it is not.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/pages/public_figures.h"
#include "kernel/csv.h"

namespace minhu::pages {

namespace {

namespace bj = boost::json;

std::string text_of(const insight::Hideable& number) {
  return number ? std::to_string(*number) : std::string();
}
bj::value value_of(const insight::Hideable& number) {
  return number ? bj::value(*number) : bj::value(nullptr);
}

class Csv {
 public:
  void row(std::initializer_list<std::string> fields) {
    bool first = true;
    for (const std::string& field : fields) {
      if (!first) text_ += ',';
      first = false;
      text_ += csv_field(field);
    }
    text_ += "\r\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_ = "\xEF\xBB\xBF";  // or some spreadsheet programs take it for another encoding
};

void add_line(Csv& csv, const std::string& period, const std::string& office,
              const insight::QuarterLine& line) {
  csv.row({period, office, "received", text_of(line.received), ""});
  csv.row({period, office, "due", text_of(line.due), ""});
  for (const insight::Part& part : line.parts) {
    csv.row({period, office, std::string(part.name), text_of(part.count), text_of(line.due)});
  }
}

// What the offices are called that have no name any more.
std::string office_name(const insight::QuarterLine& line) {
  return line.name.empty() ? "-" : line.name;
}

bj::object parts_of(const std::vector<insight::Part>& parts) {
  bj::object shown;
  for (const insight::Part& part : parts) shown[std::string(part.name)] = value_of(part.count);
  return shown;
}

bj::object line_of(const insight::QuarterLine& line) {
  return {{"received", value_of(line.received)},
          {"due", value_of(line.due)},
          {"parts", parts_of(line.parts)}};
}

bj::object quarter_of(const insight::Quarter& quarter) {
  bj::object shares;
  for (const insight::ShownShare& share : quarter.shares) {
    shares[std::string(share.figure->name)] =
        bj::object{{"above", value_of(share.above)}, {"below", value_of(share.below)}};
  }
  bj::object county = line_of(quarter.county);
  county["details"] = parts_of(quarter.details);
  county["shares"] = std::move(shares);
  county["median_days"] = value_of(quarter.median_days);
  bj::array months;
  for (const insight::QuarterLine& month : quarter.months) {
    bj::object shown = line_of(month);
    shown["period"] = month.name;
    months.push_back(std::move(shown));
  }
  bj::array offices;
  for (const insight::OfficeOfQuarter& office : quarter.offices) {
    bj::object shown = line_of(office);
    shown["name"] = office.name.empty() ? bj::value(nullptr) : bj::value(office.name);
    shown["returned"] = value_of(office.returned);
    shown["reopened"] = value_of(office.reopened);
    shown["median_days"] = value_of(office.median_days);
    offices.push_back(std::move(shown));
  }
  return {{"period", quarter.period.name},
          {"from", format_date(quarter.period.from())},
          {"to", format_date(quarter.period.to())},
          {"county", std::move(county)},
          {"months", std::move(months)},
          {"offices", std::move(offices)}};
}

constexpr std::string_view dictionary[][2] = {
    {"null", "not published: a number from 1 to 4, or one by which such a number could be found"},
    {"period", "a quarter that is over, or one of its months; each quarter stands by itself"},
    {"received", "by the day of receipt"},
    {"due", "answers that fell due, by the due date; the parts add up to it"},
    {"solved", "answered in time, and the speaker told another body: solved"},
    {"unconfirmed", "answered in time: partly, not_solved, not_reached and not_asked together"},
    {"partly", "of those unconfirmed: partly solved"},
    {"not_solved", "of those unconfirmed: not solved, or the answer came back"},
    {"not_reached", "of those unconfirmed: nobody could be reached"},
    {"not_asked", "of those unconfirmed: not asked yet"},
    {"late", "answered after the due date"},
    {"open", "fell due without an answer"},
    {"set_aside", "withdrawn, voided, legal_road, emergency, not_accepted, to_repeat, parked"},
    {"share", "above / below the line; docs/figures.md has the exact definition"},
    {"median_days",
     "from receipt to a solved matter, of all that fell due; null: not half of them solved in "
     "time, or not published"},
};

}  // namespace

std::string figures_csv(const PublicFigures& figures, std::string_view county) {
  Csv csv;
  csv.row({"period", "office", "figure", "count", "of"});
  csv.row({"version", std::string(county), "2", "", ""});
  for (const insight::Quarter& quarter : figures.quarters) {
    const std::string& period = quarter.period.name;
    add_line(csv, period, "", quarter.county);
    for (const insight::Part& part : quarter.details) {
      csv.row(
          {period, "", std::string(part.name), text_of(part.count), text_of(quarter.county.due)});
    }
    for (const insight::ShownShare& share : quarter.shares) {
      csv.row({period, "", "share:" + std::string(share.figure->name), text_of(share.above),
               text_of(share.below)});
    }
    csv.row({period, "", "median_days", text_of(quarter.median_days), ""});
    for (const insight::QuarterLine& month : quarter.months) add_line(csv, month.name, "", month);
    for (const insight::OfficeOfQuarter& office : quarter.offices) {
      const std::string name = office_name(office);
      add_line(csv, period, name, office);
      csv.row({period, name, "returned", text_of(office.returned), ""});
      csv.row({period, name, "reopened", text_of(office.reopened), ""});
      csv.row({period, name, "median_days", text_of(office.median_days), ""});
    }
  }
  return csv.take();
}

std::string figures_json(const PublicFigures& figures, std::string_view county) {
  bj::object words;
  for (const auto& [name, meaning] : dictionary) {
    words[bj::string_view(name.data(), name.size())] =
        bj::string_view(meaning.data(), meaning.size());
  }
  bj::array quarters;
  for (const insight::Quarter& quarter : figures.quarters) quarters.push_back(quarter_of(quarter));
  return bj::serialize(bj::object{{"version", 2},
                                  {"county", std::string(county)},
                                  {"made_at", format_instant(figures.made_at)},
                                  {"next", format_date(figures.next)},
                                  {"dictionary", std::move(words)},
                                  {"quarters", std::move(quarters)}}) +
         "\n";
}

}  // namespace minhu::pages
