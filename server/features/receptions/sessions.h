// The rows of what arrived: SQL and nothing else. Inner header.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/receptions/devices.h"
#include "features/receptions/session.h"

namespace minhu::receptions {

struct StoredSession {
  SessionId id;
  DeviceId device;
  visits::VisitId visit;
  cases::CaseId case_id;
  Instant received_at;
  Bytes record_hash;
  cases::ContentId content;  // empty: of a report of wrongdoing
  std::string instruction;
  std::string because;
  bool operator==(const StoredSession&) const = default;
};
void insert_session(Transaction& transaction, RegionId region, const StoredSession& session);
std::optional<StoredSession> find_session(Reading& reading, RegionId region, SessionId id);
// All that ever arrived from it, by id.
std::vector<StoredSession> sessions_of(Reading& reading, RegionId region, DeviceId device);
// At most 500, oldest first.
std::vector<StoredSession> sessions_since(Reading& reading, RegionId region, DeviceId device,
                                          Instant since);

// When a block was given to a tablet, and to which.
std::optional<Instant> given_at(Reading& reading, RegionId region, cases::BlockId block);
std::optional<DeviceId> device_of(Reading& reading, RegionId region, cases::BlockId block);

}  // namespace minhu::receptions
