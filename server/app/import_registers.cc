// Places, units, category trees and dispatch rules from CSV files: the registers of a county.
#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/csv.h"
#include "kernel/utf8.h"

namespace minhu::app {

namespace {

namespace units = places_and_units;

Fault cannot_read(const std::filesystem::path& file) {
  return Fault(FaultCode::not_found, "app.cannot_read_file", "file",
               std::map<std::string, std::string>{{"file", file.string()}});
}

// Opens what every register needs and runs `work` in one transaction.
template <class Work>
int with_register(const FoundationOptions& options, const std::filesystem::path& file,
                  const Work& work) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse(cannot_read(file));
  auto foundation = Foundation::open(options, WhenMissing::refuse);
  if (!foundation) return refuse(foundation.error());
  const auto profile = (*foundation)->profile();
  if (!profile) return refuse(profile.error());
  const auto line = (*foundation)->database->write([&](Transaction& t) -> Result<std::string> {
    in.clear();
    in.seekg(0);  // a job may run again
    return work(t, **foundation, profile->region, in);
  });
  if (!line) return refuse(line.error());
  return finish(*line);
}

// Rows by column name; a row that cannot be kept is told with its line and the others go on. A file
// that cannot be read to its end is no register: nothing of it is kept.
class Register {
 public:
  explicit Register(std::istream& in) : reader_(in) {}
  Outcome read_header() {
    MINHU_TRY(const bool any, reader_.next(header_));
    if (!any) return fail(FaultCode::invalid_input, "app.empty_file", "file");
    return {};
  }
  template <class Keep>
  Outcome each(const Keep& keep) {
    for (;;) {
      const auto any = reader_.next(row_);
      if (any && !*any) return {};
      if (!any && any.error().code == FaultCode::unavailable) {
        return tl::unexpected<Fault>(any.error());
      }
      const Outcome outcome =
          any ? kept_if_readable(keep) : Outcome(tl::unexpected<Fault>(any.error()));
      if (outcome) {
        ++kept;
      } else {
        ++rejected;
        std::fprintf(stderr, "line %zu: ", row_.line);
        refuse(outcome.error());
      }
    }
  }
  // The field of that column; nothing when the file has no such column, or the row ends before it.
  std::optional<std::string> given(std::string_view column) const {
    for (std::size_t i = 0; i < header_.fields.size() && i < row_.fields.size(); ++i) {
      if (header_.fields[i] == column) return row_.fields[i];
    }
    return std::nullopt;
  }
  std::string field(std::string_view column) const { return given(column).value_or(std::string()); }
  Result<std::string> required(std::string_view column) const {
    std::string value = field(column);
    if (value.empty()) {
      return fail(FaultCode::invalid_input, "app.column_empty", std::string(column),
                  std::map<std::string, std::string>{{"column", std::string(column)}});
    }
    return value;
  }

  std::int64_t kept = 0;
  std::int64_t rejected = 0;

 private:
  // A spreadsheet may have written GB18030: nobody could read such names again.
  template <class Keep>
  Outcome kept_if_readable(const Keep& keep) {
    const bool readable = std::all_of(row_.fields.begin(), row_.fields.end(),
                                      [](const std::string& one) { return is_valid_utf8(one); });
    return readable ? keep(*this) : Outcome(fail(FaultCode::invalid_input, "kernel.not_utf8"));
  }

  CsvReader reader_;
  CsvRow header_;
  CsvRow row_;
};

template <class Enum>
Result<Enum> named_in(std::initializer_list<Enum> all, const std::string& text,
                      std::string_view column) {
  for (const Enum value : all) {
    if (units::name(value) == text) return value;
  }
  return fail(FaultCode::invalid_input, "app.column_wrong", std::string(column),
              std::map<std::string, std::string>{{"column", std::string(column)}});
}

Outcome keep_unit(Transaction& t, Foundation& foundation, RegionId region, const Register& row) {
  MINHU_TRY(const std::string code, row.required("code"));
  MINHU_TRY(std::string name, row.required("name"));
  using enum units::UnitKind;
  const auto before = units::find_unit_by_code(t, region, code);
  units::Unit unit = before.value_or(units::Unit{});
  if (!before) unit.id = foundation.entropy.id<UnitId>(foundation.clock.now());
  unit.code = code;
  unit.name = std::move(name);
  if (const auto kind = row.field("kind"); !kind.empty()) {
    MINHU_TRY(unit.kind, named_in({petition_office, hotline_body, department, town_government,
                                   village_committee, inspection},
                                  kind, "kind"));
  }
  if (const auto level = row.field("level"); !level.empty()) {
    MINHU_TRY(unit.level, named_in({units::UnitLevel::county, units::UnitLevel::town,
                                    units::UnitLevel::village},
                                   level, "level"));
  }
  if (const auto parent = row.field("parent"); !parent.empty()) {
    const auto found = units::find_unit_by_code(t, region, parent);
    if (!found) return fail(FaultCode::not_found, "app.no_such_unit", "parent");
    unit.parent = found->id;
  }
  // What the file does not speak of stays as it is.
  unit.place = row.given("place").value_or(unit.place);
  unit.leader_post = row.given("leader_post").value_or(unit.leader_post);
  unit.phone = row.given("phone").value_or(unit.phone);
  units::put_unit(t, region, unit);
  return {};
}

Outcome keep_rule(Transaction& t, RegionId region, const Register& row) {
  MINHU_TRY(const std::string code, row.required("code"));
  MINHU_TRY(const std::string unit_code, row.required("unit"));
  const auto unit = units::find_unit_by_code(t, region, unit_code);
  if (!unit) return fail(FaultCode::not_found, "app.no_such_unit", "unit");
  units::put_dispatch_rule(
      t, region, {code, row.field("category"), row.field("area"), unit->id, row.field("source")});
  return {};
}

}  // namespace

int import_places(const FoundationOptions& options, const std::filesystem::path& file) {
  return with_register(
      options, file,
      [](Transaction& t, Foundation&, RegionId region, std::istream& in) -> Result<std::string> {
        MINHU_TRY(const auto places, units::import_places(t, region, in));
        for (const std::string& fault : places.faults) {
          std::fprintf(stderr, "%s\n", fault.c_str());
        }
        return fmt::format("places {}, rejected {}", places.kept, places.faults.size());
      });
}

int import_units(const FoundationOptions& options, const std::filesystem::path& file) {
  return with_register(options, file,
                       [](Transaction& t, Foundation& foundation, RegionId region,
                          std::istream& in) -> Result<std::string> {
                         Register rows(in);
                         MINHU_CHECK_OK(rows.read_header());
                         const auto keep = [&](const Register& row) {
                           return keep_unit(t, foundation, region, row);
                         };
                         MINHU_CHECK_OK(rows.each(keep));
                         return fmt::format("units {}, rejected {}", rows.kept, rows.rejected);
                       });
}

int import_dispatch_rules(const FoundationOptions& options, const std::filesystem::path& file) {
  return with_register(
      options, file,
      [](Transaction& t, Foundation&, RegionId region, std::istream& in) -> Result<std::string> {
        Register rows(in);
        MINHU_CHECK_OK(rows.read_header());
        MINHU_CHECK_OK(rows.each([&](const Register& row) { return keep_rule(t, region, row); }));
        return fmt::format("rules {}, rejected {}", rows.kept, rows.rejected);
      });
}

int import_categories(const FoundationOptions& options, const std::filesystem::path& file,
                      const std::string& scheme) {
  return with_register(
      options, file,
      [&](Transaction& t, Foundation&, RegionId region, std::istream& in) -> Result<std::string> {
        MINHU_TRY(const std::int64_t labels, units::import_category_tree(t, region, scheme, in));
        return fmt::format("categories {}", labels);
      });
}

}  // namespace minhu::app
