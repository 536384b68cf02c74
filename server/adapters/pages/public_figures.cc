#include "adapters/pages/public_figures.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "kernel/crypto.h"
#include "kernel/csv.h"

namespace minhu::pages {

namespace {

namespace bj = boost::json;
constexpr int months_shown = 12;

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

void add_picture(Csv& csv, const std::string& period, const insight::Picture& picture) {
  csv.row({period, "", "received", text_of(picture.received), ""});
  for (const insight::Part& part : picture.parts) {
    csv.row({period, "", std::string(part.name), text_of(part.count), text_of(picture.due)});
  }
  for (const insight::ShownShare& share : picture.shares) {
    if (share.figure->audience != insight::Audience::everybody) continue;
    csv.row({period, "", "share:" + std::string(share.figure->name), text_of(share.above),
             text_of(share.below)});
  }
}

bj::object picture_of(const insight::Picture& picture) {
  bj::object parts;
  for (const insight::Part& part : picture.parts) {
    parts[std::string(part.name)] = value_of(part.count);
  }
  bj::object shares;
  for (const insight::ShownShare& share : picture.shares) {
    if (share.figure->audience != insight::Audience::everybody) continue;
    shares[std::string(share.figure->name)] =
        bj::object{{"above", value_of(share.above)}, {"below", value_of(share.below)}};
  }
  return {{"received", value_of(picture.received)},
          {"due", value_of(picture.due)},
          {"parts", std::move(parts)},
          {"shares", std::move(shares)}};
}

constexpr std::string_view dictionary[][2] = {
    {"null", "a number from 1 to 4, or one that would give such a number away"},
    {"received", "by the day of receipt"},
    {"due", "answers that fell due, by the due date; the parts add up to it"},
    {"solved", "answered in time, and the speaker told another body: solved"},
    {"partly", "the same: partly solved"},
    {"not_solved", "the same: not solved, or the answer came back"},
    {"not_reached", "answered in time; nobody could be reached"},
    {"not_asked", "answered in time; not asked yet"},
    {"unconfirmed", "partly, not_solved, not_reached and not_asked together"},
    {"late", "answered after the due date"},
    {"open", "fell due without an answer"},
    {"set_aside", "withdrawn, voided, legal_road, emergency, not_accepted, to_repeat, parked"},
    {"share", "above / below the line; docs/figures.md has the exact definition"},
    {"median_days",
     "from receipt to a solved matter, of all that fell due; null: not half of them"},
};

}  // namespace

std::string figures_csv(const PublicFigures& figures, std::string_view county) {
  Csv csv;
  csv.row({"period", "office", "figure", "count", "of"});
  csv.row({"version", std::string(county), "1", "", ""});
  add_picture(csv, figures.year.name, figures.picture);
  for (const insight::Month& month : figures.months) {
    add_picture(csv, month.period.name, month.picture);
  }
  for (const insight::OfficeLine& line : figures.offices) {
    const std::string office =
        line.name.empty() ? "(" + std::to_string(line.offices) + ")" : line.name;
    csv.row({figures.year.name, office, "received", text_of(line.received), ""});
    for (const insight::Part& part : line.parts) {
      csv.row({figures.year.name, office, std::string(part.name), text_of(part.count),
               std::to_string(line.due)});
    }
    csv.row({figures.year.name, office, "returned", text_of(line.returned), ""});
    csv.row({figures.year.name, office, "reopened", text_of(line.reopened), ""});
    csv.row({figures.year.name, office, "median_days", text_of(line.median_days), ""});
  }
  return csv.take();
}

std::string figures_json(const PublicFigures& figures, std::string_view county) {
  bj::object words;
  for (const auto& [name, meaning] : dictionary) {
    words[bj::string_view(name.data(), name.size())] =
        bj::string_view(meaning.data(), meaning.size());
  }
  bj::array months;
  for (const insight::Month& month : figures.months) {
    bj::object shown = picture_of(month.picture);
    shown["period"] = month.period.name;
    months.push_back(std::move(shown));
  }
  bj::array offices;
  for (const insight::OfficeLine& line : figures.offices) {
    bj::object parts;
    for (const insight::Part& part : line.parts) {
      parts[std::string(part.name)] = value_of(part.count);
    }
    offices.push_back(
        bj::object{{"name", line.name.empty() ? bj::value(nullptr) : bj::value(line.name)},
                   {"offices", line.offices},
                   {"received", value_of(line.received)},
                   {"due", line.due},
                   {"parts", std::move(parts)},
                   {"returned", value_of(line.returned)},
                   {"reopened", value_of(line.reopened)},
                   {"median_days", value_of(line.median_days)}});
  }
  return bj::serialize(bj::object{{"version", 1},
                                  {"county", std::string(county)},
                                  {"made_at", format_instant(figures.made_at)},
                                  {"dictionary", std::move(words)},
                                  {"year", figures.year.name},
                                  {"county_year", picture_of(figures.picture)},
                                  {"months", std::move(months)},
                                  {"offices", std::move(offices)}}) +
         "\n";
}

namespace {

std::shared_ptr<const PublicFigures> put_together(const cases::Installation& installation,
                                                  Instant now) {
  const cases::County& county = installation.county;
  auto made = std::make_shared<PublicFigures>();
  made->made_at = now;
  made->year = insight::year_of(to_date(now, county.rules.zone), insight::Scheme::calendar);
  installation.database.read_job([&](Reading& reading) {
    made->picture = insight::picture(reading, county, {made->year, {}, {}}, now);
    made->months =
        insight::history(reading, county, {}, {}, months_shown, insight::Scheme::calendar, now);
    made->offices = insight::offices(reading, county, made->year, now);
  });
  made->csv = figures_csv(*made, county.name);
  made->json = figures_json(*made, county.name);
  made->csv_sha256 = to_hex(sha256(as_bytes(made->csv)));
  made->json_sha256 = to_hex(sha256(as_bytes(made->json)));
  return made;
}

}  // namespace

std::shared_ptr<const PublicFigures> FiguresKept::of(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  return kept_.of(now, [&] { return put_together(installation, now); });
}

void FiguresKept::renew(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  kept_.renew(now, [&] { return put_together(installation, now); });
}

}  // namespace minhu::pages
