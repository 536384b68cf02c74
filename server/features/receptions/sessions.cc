#include "features/receptions/sessions.h"

#include <algorithm>

namespace minhu::receptions {

namespace {

StoredSession stored_in(const Row& row) {
  return {row.id<SessionId>(0),
          row.id<DeviceId>(1),
          row.id<visits::VisitId>(2),
          row.id<cases::CaseId>(3),
          row.instant(4),
          Bytes(row.bytes(5).begin(), row.bytes(5).end()),
          row.id<cases::ContentId>(6),
          std::string(row.text(7)),
          std::string(row.text(8))};
}

}  // namespace

void insert_session(Transaction& transaction, RegionId region, const StoredSession& session) {
  transaction.execute(
      "INSERT INTO reception_session(region_id, session_id, device_id, visit_id, case_id, "
      "received_at, record_hash, content_id, instruction, because) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
      {param(region), param(session.id), param(session.device), param(session.visit),
       param(session.case_id), param(session.received_at), BytesView(session.record_hash),
       param(session.content), param(session.instruction), param(session.because)});
}

std::optional<StoredSession> find_session(Reading& reading, RegionId region, SessionId id) {
  return reading.first(
      "SELECT session_id, device_id, visit_id, case_id, received_at, record_hash, content_id, "
      "instruction, because FROM reception_session WHERE region_id = ?1 AND session_id = ?2",
      {param(region), param(id)}, stored_in);
}

std::vector<StoredSession> sessions_of(Reading& reading, RegionId region, DeviceId device) {
  auto sessions = reading.all(
      "SELECT session_id, device_id, visit_id, case_id, received_at, record_hash, content_id, "
      "instruction, because FROM reception_session "
      "WHERE region_id = ?1 AND device_id = ?2 ORDER BY received_at, session_id",
      {param(region), param(device)}, stored_in);
  std::sort(sessions.begin(), sessions.end(),
            [](const StoredSession& a, const StoredSession& b) { return a.id < b.id; });
  return sessions;
}

std::vector<StoredSession> sessions_since(Reading& reading, RegionId region, DeviceId device,
                                          Instant since) {
  return reading.all(
      "SELECT session_id, device_id, visit_id, case_id, received_at, record_hash, content_id, "
      "instruction, because FROM reception_session "
      "WHERE region_id = ?1 AND device_id = ?2 AND received_at >= ?3 "
      "ORDER BY received_at, session_id LIMIT 500",
      {param(region), param(device), param(since)}, stored_in);
}

std::optional<Instant> given_at(Reading& reading, RegionId region, cases::BlockId block) {
  return reading.first(
      "SELECT given_at FROM reception_block WHERE region_id = ?1 AND block_id = ?2",
      {param(region), param(block)}, [](const Row& row) { return row.instant(0); });
}

std::optional<DeviceId> device_of(Reading& reading, RegionId region, cases::BlockId block) {
  return reading.first(
      "SELECT device_id FROM reception_block WHERE region_id = ?1 AND block_id = ?2",
      {param(region), param(block)}, [](const Row& row) { return row.id<DeviceId>(0); });
}

}  // namespace minhu::receptions
