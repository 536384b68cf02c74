// A recorded session becomes an ordinary case, under the number that was printed for it; what the
// leader decided becomes steps of that case.
//
// Everything happens in one transaction, so an answer that was lost on its way changes nothing: the
// same session again is the same case, the same number, no second step. The same session with
// other words in it (it was changed on two tablets) is refused, and both versions stand: the one
// that arrived can be read, the other stays on its tablet until somebody has put it beside.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "features/receptions/devices.h"
#include "features/receptions/session.h"

namespace minhu::receptions {

// What became of the leader's decision as a step of the case.
enum class Instruction : std::uint8_t {
  none,      // nothing was decided
  taken,     // the case is where the leader sent it, or answered
  left,      // whoever recorded it may not send cases: the body that dispatches does it
  not_open,  // a guard said no (`because`): the unit is complained of, has no duty for it, …
};
std::string_view name(Instruction) noexcept;

struct Kept {
  cases::CaseId case_id;
  std::string number;  // as printed
  Instant received_at;
  bool repeated = false;
  Instruction instruction = Instruction::none;
  std::string because;  // the key of the fault, for not_open
};

// Checked and sealed before the write. Faults: invalid_input with `field`: receptions.people,
// receptions.too_many_representatives, receptions.bad_due, receptions.outcome,
// receptions.no_such_unit, cases.words_too_long …; too_large cases.too_many_attachments.
struct PreparedSession {
  Session session;
  cases::PreparedWordsPtr words;
  std::string record;  // to_json of it
  Digest record_hash{};
};
Result<PreparedSession> prepare(Reading& reading, const cases::Context& context, DeviceId device,
                                Session session, std::vector<cases::NewAttachment> attachments);

// Faults: not_found receptions.no_such_device; conflict receptions.changed_elsewhere (another
// version of this session has arrived; `recorded` shows it), receptions.device_revoked,
// cases.number_revoked, cases.number_used; invalid_input cases.number_not_given_out.
Result<Kept> keep(Transaction& transaction, const cases::Context& context, DeviceId device,
                  const PreparedSession& prepared);

// The version that arrived, for the unit of its tablet. Nothing of a report of wrongdoing can be
// read again here. Faults: not_found receptions.no_such_device, receptions.no_such_session; gone
// cases.erased.
Result<Session> recorded(Reading& reading, const cases::Context& context, DeviceId device,
                         SessionId session);
// The other version is put beside the first, as a note of the case: nothing is overwritten. The
// same version again is no second note. Faults of `recorded`, and of the step `noted`.
Outcome keep_beside(Transaction& transaction, const cases::Context& context, DeviceId device,
                    const Session& other);

// What has arrived from the tablet since then (received at or after it), oldest first: what a
// tablet compares with what it holds.
struct Arrived {
  SessionId session;
  std::string number;
  Instant received_at;
  Instruction instruction = Instruction::none;
  std::string because;
};
struct Reconciled {
  Device device;  // its blocks say which printed numbers wait
  std::vector<Arrived> arrived;
  Instant until;  // ask from here the next time
};
Result<Reconciled> received(Reading& reading, const cases::Context& context, DeviceId device,
                            Instant since);

}  // namespace minhu::receptions
