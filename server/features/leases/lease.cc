#include "features/leases/lease.h"

namespace minhu::leases {

std::optional<Lease::Standing> Lease::look(Reading& reading) const {
  return reading.first("SELECT holder, term, beat FROM lease WHERE region_id = ?1 AND name = ?2",
                       {param(region_), std::string_view(name_)}, [&](const Row& row) {
                         Standing there{row.integer(1), row.integer(2), row.is_null(0), false};
                         const BytesView holder = row.bytes(0);
                         there.is_ours = !there.is_free && there.term == term_.load() &&
                                         std::equal(holder.begin(), holder.end(), holder_.begin(),
                                                    holder_.end());
                         return there;
                       });
}

bool Lease::goes_on(const std::optional<Standing>& there, std::int64_t term) const {
  return there && there->is_ours && there->term == term;
}

bool Lease::may_take(const std::optional<Standing>& there, SteadyTime now) const {
  if (!there || there->is_free) return true;
  return seen_ == there && now - seen_since_ >= lasts;
}

void Lease::tend(SteadyTime now) {
  const auto there = database_.read([&](Reading& reading) { return look(reading); });
  is_held_ = goes_on(there, term_);
  if (!is_held_ && !may_take(there, now)) {
    if (seen_ != there) {
      seen_ = there;
      seen_since_ = now;
    }
    return;
  }
  // 0: it stayed another's. A commit of which nobody knows is none: should it be there all the
  // same, nobody counts in that term, and it is taken like that of any server that has gone.
  const auto term = database_.write(
      [&](Transaction& transaction) -> Result<std::int64_t> { return move(transaction, now); });
  if (term && *term != 0) term_ = *term;
  is_held_ = term && *term != 0;
}

// Looks again: between the read and this transaction somebody else may have been quicker.
std::int64_t Lease::move(Transaction& transaction, SteadyTime now) const {
  const auto there = look(transaction);
  if (goes_on(there, term_)) {
    transaction.execute("UPDATE lease SET beat = beat + 1 WHERE region_id = ?1 AND name = ?2",
                        {param(region_), std::string_view(name_)});
    return there->term;
  }
  if (!may_take(there, now)) return 0;
  const std::int64_t term = there ? there->term + 1 : 1;
  transaction.execute(
      "INSERT INTO lease(region_id, name, holder, term, beat) VALUES (?1, ?2, ?3, ?4, 0) "
      "ON CONFLICT (region_id, name) DO UPDATE SET holder = EXCLUDED.holder, "
      "term = EXCLUDED.term, beat = EXCLUDED.beat",
      {param(region_), std::string_view(name_), BytesView(holder_), term});
  return term;
}

void Lease::give_up() {
  is_held_ = false;
  (void)database_.write_job([&](Transaction& transaction) -> Outcome {
    const auto there = look(transaction);
    if (!goes_on(there, term_)) return {};
    transaction.execute("UPDATE lease SET holder = NULL WHERE region_id = ?1 AND name = ?2",
                        {param(region_), std::string_view(name_)});
    return {};
  });
}

Outcome Lease::check(Reading& reading, std::int64_t term) const {
  if (goes_on(look(reading), term)) return {};
  return fail(FaultCode::conflict, "leases.lost");
}

}  // namespace minhu::leases
