#include "adapters/witness_http/log_over_http.h"

namespace minhu::witness_http {

namespace {

// A full bundle of the longest entries has 17 MB, a day of checkpoints at the fastest some 200.
constexpr Patience for_a_file{std::chrono::milliseconds(60'000), std::size_t{256} << 20U};

}  // namespace

LogOverHttp::LogOverHttp(std::string address)
    : address_(std::move(address)), requests_(for_a_file) {}

Result<Bytes> LogOverHttp::get(std::string_view path) {
  const Question question{joined(address_, path), std::nullopt};
  const Told told = requests_.ask(std::span(&question, 1)).front();
  if (told.status == 200) return to_bytes(told.body);
  if (told.status == 404 || told.status == 410) {
    return fail(FaultCode::not_found, "merkle.file_missing", "file",
                std::map<std::string, std::string>{{"file", std::string(path)}});
  }
  const std::string reason = told.status == 0 ? told.why : "HTTP " + std::to_string(told.status);
  return fail(FaultCode::unavailable, "record.unreachable", "url",
              std::map<std::string, std::string>{{"url", question.url}, {"reason", reason}});
}

}  // namespace minhu::witness_http
