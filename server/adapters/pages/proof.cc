// What the record says of a case, offered to its speaker: the proof as a file, and as a QR code for
// whoever asks for it. Both hold the key of the case; neither is on any page that is printed.
#include "adapters/pages/dates.h"
#include "adapters/pages/form.h"
#include "adapters/pages/handlers.h"
#include "adapters/pages/record_line.h"
#include "engines/qr_code/qr_code.h"

namespace minhu::pages {

namespace {

constexpr std::int64_t handed_in = 0;  // the event of which these pages offer the proof

Result<record::Receipt> receipt_of(const Site& site, cases::CaseId id) {
  const auto context = site.speaker();
  return site.installation.database.read(
      [&](Reading& reading) { return site.record.receipt_of(reading, context, id, handed_in); });
}

std::string moment(const Site& site, const catalogue::Catalogue& say, Instant at) {
  return say_moment(say, at, Date{}, site.installation.county.rules.zone);
}

http::Response as_qr(const Site& site, const http::Request& request, const Opened& opened,
                     const record::ProofOfEvent& proof) {
  const auto drawing = qr_code::as_large_svg(
      proof.text.reveal_because("drawn for its own speaker, who asked for it"),
      site.say(request, "residents.record.qr_title"));
  if (!drawing) {
    return site.refuse(request, Fault(FaultCode::too_large, "pages.proof_too_long_for_qr"));
  }
  templates::Values values;
  values.set("NUMBER", cases::show_number(opened.pass.number));
  if (opened.by_hidden_field) values.add("PASS").set("SEALED", seal_pass(site, opened.pass));
  values.set_markup("QR", *drawing);
  return site.surface.page(request, "record-qr", values,
                           {site.say(request, "residents.record.qr_title"), 200, Keep::nothing,
                            opened.by_hidden_field ? Quiet::yes : Quiet::no});
}

}  // namespace

http::Response as_file(std::string body, std::string_view name) {
  http::Response response;
  response.body = std::move(body);
  response.with("Content-Type", "application/octet-stream");
  response.with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
  response.with("X-Content-Type-Options", "nosniff");
  response.with("Cache-Control", "no-store");
  return response;
}

void show_record_line(const Site& site, const http::Request& request, const Opened& opened,
                      templates::Values& values) {
  const auto& say = site.surface.sentences(request);
  templates::Values& line = values.add("RECORD");
  const auto receipt = receipt_of(site, opened.id);
  if (!receipt) {
    line.add("FAULT").set("SENTENCE", say.say(receipt.error()));
    return;
  }
  templates::Values& file = line.add("FILE");
  line.show_if(opened.by_hidden_field, "QUIET");
  if (const auto* proof = std::get_if<record::ProofOfEvent>(&*receipt)) {
    const catalogue::Details details{
        {"index", std::to_string(proof->index)},
        {"time", proof->witnessed_at ? moment(site, say, *proof->witnessed_at) : ""}};
    line.add("PROVED").set("SENTENCE",
                           say.say(proof->witnessed_at ? "residents.record.proved"
                                                       : "residents.record.proved_unwitnessed",
                                   details));
    file.set("LABEL", say.say("residents.record.download"));
    return;
  }
  const auto& promise = std::get<record::PromiseOfEvent>(*receipt);
  line.show("WAITING");
  line.add("PROMISED")
      .set("SENTENCE",
           say.say("residents.record.promised", {{"time", moment(site, say, promise.deadline)}}));
  file.set("LABEL", say.say("residents.record.download_promise"));
}

http::Response show_proof(const Site& site, const http::Request& request) {
  if (request.method == http::Method::post) {
    if (const auto ours = from_our_own_page(request); !ours)
      return site.refuse(request, ours.error());
  }
  const auto number = cases::parse_number(request.captures.at(0));
  if (!number) return http::see_other("/t");
  const auto opened_case = opened(site, request, *number);
  if (!opened_case) return ask_for_code(site, request, *number);
  // In the address or in the form: a quiet page has no cookie, and its script asks by POST.
  const std::string as(request.form("as").empty() || !request.query_value("as").empty()
                           ? request.query_value("as")
                           : request.form("as"));
  if (as == "line") {
    templates::Values values;
    values.set("NUMBER", cases::show_number(*number));
    if (opened_case->by_hidden_field)
      values.add("PASS").set("SEALED", seal_pass(site, opened_case->pass));
    show_record_line(site, request, *opened_case, values);
    return site.surface.piece(request, "record-line", values);
  }
  const auto receipt = receipt_of(site, opened_case->id);
  if (!receipt) return site.refuse(request, receipt.error());
  if (const auto* promise = std::get_if<record::PromiseOfEvent>(&*receipt)) {
    return as_file(promise->text, "receipt.tlog-promise");
  }
  const auto& proof = std::get<record::ProofOfEvent>(*receipt);
  if (as == "qr") return as_qr(site, request, *opened_case, proof);
  // A name that says nothing of the case, for whoever looks over a shoulder at the downloads.
  return as_file(proof.text.reveal_because("given to its own speaker, who asked for it"),
                 "receipt.tlog-proof");
}

}  // namespace minhu::pages
