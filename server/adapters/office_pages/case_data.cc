#include "adapters/office_pages/case_data.h"

#include "features/cases/receivers.h"
#include "features/cases/store.h"

namespace minhu::office_pages {

namespace {

namespace places = places_and_units;

void read_units(Reading& reading, const cases::Context& context, CaseData& data) {
  const auto all = places::all_units(reading, context.county.region);
  for (const places::Unit& unit : all) data.unit_names.emplace(unit.id, unit.name);
  data.units = cases::receivers_of(reading, context, data.view.file, all);
}

void read_number(Reading& reading, const cases::Context& context, std::string_view id_text,
                 CaseData& data) {
  const auto id = cases::CaseId::parse(id_text);
  if (!id) return;
  const auto file = cases::load_file(reading, context.county.region, *id);
  if (file && cases::may_know(reading, context, *file)) {
    data.numbers.emplace(*id, cases::show_number(file->number));
  }
}

// The names of whatever the facts of the events point to.
void read_names(Reading& reading, const cases::Context& context, CaseData& data) {
  const RegionId region = context.county.region;
  for (const auto& entry : data.view.timeline) {
    for (const auto& [fact, value] : entry.event.facts) {
      if (fact == "place") data.place_names[value] = places::place_path(reading, region, value);
      if (fact == "category") {
        data.category_names[value] = places::category_name(reading, region, value);
      }
      if (fact == "into" || fact == "with" || fact == "merged") {
        read_number(reading, context, value, data);
      }
    }
  }
}

}  // namespace

Result<CaseData> read_case(Reading& reading, const cases::Context& context, cases::CaseId id) {
  const RegionId region = context.county.region;
  MINHU_TRY(cases::CaseView view, cases::view_case(reading, context, id));
  CaseData data{std::move(view), {}, {}, {}, {}, {}, {}, {}, {}};
  const cases::CaseFile& file = data.view.file;
  read_units(reading, context, data);
  read_names(reading, context, data);
  data.place = places::place_path(reading, region, file.place);
  data.proposal = propose(reading, region, file.category, file.place,
                          data.view.said.title + '\n' + data.view.said.text);
  data.categories = categories_like(reading, region, data.proposal.category);
  return data;
}

}  // namespace minhu::office_pages
