#include "features/demo/truth.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <map>

#include "kernel/csv.h"

namespace minhu::demo {

namespace {

// One line of a file; fields are quoted where they must be.
class Line {
 public:
  Line& add(std::string_view text) {
    if (!line_.empty() || started_) line_ += ',';
    started_ = true;
    line_ += csv_field(text);
    return *this;
  }
  Line& add(std::int64_t value) { return add(std::to_string(value)); }
  Line& add(double value) { return add(fmt::format("{:.4f}", value)); }
  Line& add(const std::optional<Date>& date) { return add(date ? format_date(*date) : ""); }
  Line& add(Instant instant) { return add(format_instant(instant)); }
  Line& add(const std::optional<Instant>& instant) {
    return add(instant ? format_instant(*instant) : "");
  }
  const std::string& text() const { return line_; }

 private:
  std::string line_;
  bool started_ = false;
};

template <class T, class F>
Outcome write(const std::filesystem::path& file, std::string_view header,
              const std::vector<T>& rows, F&& line_of) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << header << '\n';
  for (const T& row : rows) {
    Line line;
    line_of(line, row);
    out << line.text() << '\n';
  }
  out.close();
  if (out) return {};
  return fail(FaultCode::unavailable, "demo.truth_not_written", std::string(),
              std::map<std::string, std::string>{{"file", file.filename().string()}});
}

}  // namespace

std::string_view name(Nature nature) noexcept {
  constexpr std::array<std::string_view, 6> names{"shared",  "everyday",   "single",
                                                  "inquiry", "suggestion", "accusation"};
  return names[static_cast<std::size_t>(nature)];
}

Outcome write_truth(const Truth& truth, const std::filesystem::path& folder) {
  std::error_code none;
  std::filesystem::create_directories(folder, none);  // what cannot be made cannot be written below
  MINHU_CHECK_OK(write(folder / "causes.csv",
                       "cause,kind,category,owner,treated_on,left,relapsed_on,text", truth.causes,
                       [](Line& line, const TrueCause& cause) {
                         line.add(cause.key).add(cause.kind).add(cause.category).add(cause.owner);
                         line.add(cause.treated_on).add(cause.left).add(cause.relapsed_on);
                         line.add(cause.text);
                       }));
  MINHU_CHECK_OK(write(folder / "issues.csv",
                       "issue,nature,cause,matter,category,owner,place,at,started,ended,fixed_at,"
                       "reports",
                       truth.issues, [](Line& line, const TrueIssue& issue) {
                         line.add(issue.id).add(name(issue.nature)).add(issue.cause);
                         line.add(issue.matter).add(issue.category).add(issue.owner);
                         line.add(issue.place).add(issue.at).add(issue.started).add(issue.ended);
                         line.add(issue.fixed_at).add(issue.reports);
                       }));
  MINHU_CHECK_OK(write(folder / "cases.csv", "number,issue,speaker,copied_of", truth.cases,
                       [](Line& line, const TrueCase& one) {
                         line.add(one.number).add(one.issue).add(one.speaker);
                         line.add(one.copied_of.value_or(std::string()));
                       }));
  MINHU_CHECK_OK(write(folder / "villages.csv",
                       "place,name,town,terrain,population,latitude_e7,longitude_e7,silent,"
                       "speaking,problems_per_1000_and_year,issues,unreported,reports",
                       truth.villages, [](Line& line, const TrueVillage& village) {
                         line.add(village.code).add(village.name).add(village.town);
                         line.add(village.terrain).add(village.population);
                         line.add(village.latitude_e7).add(village.longitude_e7);
                         line.add(std::int64_t{village.silent}).add(village.speaking);
                         line.add(village.problems).add(village.issues).add(village.unreported);
                         line.add(village.reports);
                       }));
  return write(folder / "offices.csv", "unit,days_to_act,paper,objects", truth.offices,
               [](Line& line, const TrueOffice& office) {
                 line.add(office.unit).add(office.days_to_act).add(office.paper);
                 line.add(office.objects);
               });
}

}  // namespace minhu::demo
