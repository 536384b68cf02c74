#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "app/commands.h"
#include "app/files.h"
#include "app/terminal.h"
#include "engines/merkle/receipt.h"
#include "engines/silence/lot.h"
#include "features/record/chronicle_leaves.h"
#include "features/visit_plans/lot.h"
#include "kernel/bytes.h"
#include "kernel/civil_time.h"

namespace minhu::app {

namespace {

namespace bj = boost::json;

struct Published {
  visit_plans::Lot lot;
  std::optional<Key> seed;  // nothing while the lot is not over
};

template <std::size_t Size>
bool read_hex(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
  const auto read = from_hex(text);
  if (!read || read->size() != Size) return false;
  std::copy(read->begin(), read->end(), bytes.begin());
  return true;
}

// As GET /api/v1/plans/{month}/lot gives it. Throws where it is of another form.
Result<Published> published_in(const bj::value& file) {
  const bj::value& said = file.at("lot");
  if (said.is_null()) return fail(FaultCode::conflict, "plans.lot_not_over");
  Published published;
  visit_plans::Lot& lot = published.lot;
  lot.round = said.at("round").as_string();
  lot.number = said.at("number").as_int64();
  lot.beacon = said.at("beacon").as_string();
  for (const bj::value& place : said.at("tickets").as_array()) {
    lot.tickets.push_back({std::string(place.as_string()), 1});
  }
  for (const bj::value& place : said.at("drawn").as_array()) {
    lot.drawn.emplace_back(place.as_string());
  }
  bool good = read_hex(said.at("commitment").as_string(), lot.commitment);
  if (const std::string_view seed = said.at("seed").as_string(); !seed.empty()) {
    good = read_hex(seed, published.seed.emplace()) && good;
  }
  if (!good) return fail(FaultCode::invalid_input, "plans.lot_file");
  return published;
}

Result<Published> read_lot(const std::filesystem::path& file) {
  MINHU_TRY(const std::string text, contents_of(file));
  try {
    return published_in(bj::parse(text));
  } catch (const std::exception&) {  // no JSON, or other members than a lot has
    return fail(FaultCode::invalid_input, "plans.lot_file");
  }
}

// What the record proves of the commitment. Faults as of `minhu record verify`;
// plans.lot_not_proved.
Result<merkle::CheckedReceipt> sealed_as_published(const CheckLotOptions& options,
                                                   const visit_plans::Lot& lot) {
  MINHU_TRY(const std::string proof_text, contents_of(options.proof));
  MINHU_TRY(const merkle::LogProof proof, merkle::parse_log_proof(proof_text));
  MINHU_TRY(const std::string policy_text, contents_of(options.policy));
  MINHU_TRY(const merkle::TrustPolicy policy, merkle::parse_policy(policy_text));
  MINHU_TRY(merkle::CheckedReceipt checked, merkle::check_receipt(policy, proof));
  const merkle::EventPayload& event = checked.opening.payload;
  if (event.kind != "lot.committed" ||
      event.body != record::public_body(checked.opening.case_key, event.number,
                                        visit_plans::text_of_commitment(lot))) {
    return fail(FaultCode::invalid_input, "plans.lot_not_proved");
  }
  return checked;
}

std::string shown(std::uint64_t seconds) {
  constexpr std::uint64_t year_9999 = 253'402'300'799;  // later ones have no date to show
  if (seconds > year_9999) return std::to_string(seconds);
  return format_instant({static_cast<std::int64_t>(seconds) * 1000});
}

void tell(const merkle::CheckedReceipt& sealed) {
  const auto seen = sealed.accepted.time();
  std::printf("sealed: entry %llu of %s, written down %s, %s\n",
              static_cast<unsigned long long>(sealed.index),
              sealed.accepted.checkpoint.origin.c_str(), shown(sealed.opening.seconds).c_str(),
              seen ? ("seen by witnesses " + shown(*seen)).c_str() : "seen by no witness");
}

}  // namespace

int check_lot(const CheckLotOptions& options) {
  const auto published = read_lot(options.file);
  if (!published) return refuse(published.error());
  const visit_plans::Lot& lot = published->lot;
  if (options.proof.empty() && !published->seed) {
    return refuse(Fault(FaultCode::conflict, "plans.lot_not_over"));
  }
  if (!options.proof.empty()) {
    const auto sealed = sealed_as_published(options, lot);
    if (!sealed) return refuse(sealed.error());
    tell(*sealed);
  }
  if (!published->seed) {
    return finish(fmt::format("{}: what was committed to stands in the record; the lot is not over",
                              lot.round));
  }
  const Outcome right = silence::verify(lot.commitment, *published->seed, lot.round, lot.beacon,
                                        lot.tickets, lot.drawn);
  if (!right) return refuse(right.error());
  for (const std::string& place : lot.drawn) std::printf("%s\n", place.c_str());
  return finish(
      fmt::format("{}: the seed is the one that was committed to, and draws these {} of {} places "
                  "in this order",
                  lot.round, lot.drawn.size(), lot.tickets.size()));
}

}  // namespace minhu::app
