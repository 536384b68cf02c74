// Papers to be handed over or posted: one case or several, each on sheets of its own.
#include <algorithm>

#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"
#include "adapters/office_pages/paper.h"
#include "engines/qr_code/qr_code.h"

namespace minhu::office_pages {

namespace {

constexpr std::size_t most_papers = 50;

Result<std::vector<cases::CaseId>> cases_in(const http::Request& request) {
  std::vector<cases::CaseId> ids;
  for (const auto& [key, value] : request.query) {
    if (key != "case") continue;
    const auto id = cases::CaseId::parse(value);
    if (!id) return fail(FaultCode::not_found, "cases.not_found");
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  }
  if (ids.empty() || ids.size() > most_papers) {
    return fail(FaultCode::invalid_input, "office.paper_count", "case",
                catalogue::Details{{"most", std::to_string(most_papers)}});
  }
  return ids;
}

void put_paper(templates::Values& values, const Wording& wording, const Paper& paper,
               const std::string& origin) {
  templates::Values& sheet = values.add("PAPER");
  sheet.set("UNIT", paper.unit)
      .set("PAPER_TITLE", paper.title)
      .set("NUMBER", paper.number)
      .set("TO", wording.say("print.to", {{"number", paper.number}}))
      .set("ABOUT", paper.about)
      .set("UNIT_PHONE", wording.say("print.phone", {{"phone", paper.phone}}))
      .set("SIGNED_ON", paper.signed_on);
  sheet.set_markup("QR",
                   qr_code::as_svg(origin + "/t/" + paper.number, wording.say("print.qr_label")));
  for (const PaperPart& part : paper.parts) {
    templates::Values& shown = sheet.add("PART");
    shown.set("HEADING", part.heading);
    for (const std::string& paragraph : part.paragraphs) {
      shown.add("PARAGRAPH").set("TEXT", paragraph);
    }
  }
  if (!paper.rights.empty()) sheet.add("RIGHTS").set("TEXT", paper.rights);
}

}  // namespace

http::Response show_papers(const Office& office, const http::Request& request,
                           const accounts::Account& who) {
  const auto kind = paper_kind_named(request.captures.at(0));
  if (!kind) return refuse(office, request, {FaultCode::not_found, "office.page_not_found"}, &who);
  const auto ids = cases_in(request);
  if (!ids) return refuse(office, request, ids.error(), &who);

  const cases::Context context = office.installation.as(who.principal);
  Page page(office, request, &who);
  const Wording& wording = page.wording();
  // One that is missing stops the batch: nobody posts a pile in the belief that it is whole.
  const auto papers =
      office.installation.database.read([&](Reading& reading) -> Result<std::vector<Paper>> {
        std::vector<Paper> made;
        for (const cases::CaseId id : *ids) {
          MINHU_TRY(const CaseData data, read_case(reading, context, id));
          MINHU_TRY(Paper paper,
                    paper_of(*kind, wording, context.county, data, office.county.phone));
          made.push_back(std::move(paper));
        }
        return made;
      });
  if (!papers) return refuse(office, request, papers.error(), &who);

  const std::string origin = origin_of(request);
  for (const Paper& paper : *papers) put_paper(page.values(), wording, paper, origin);
  page.values()
      .set("PRINTED", moment(context.now, context.county.rules.zone))
      .set("COUNT", wording.say("print.count", {{"count", std::to_string(papers->size())}}));
  return page.answer("paper", wording.say("print.name." + std::string(name(*kind))));
}

}  // namespace minhu::office_pages
