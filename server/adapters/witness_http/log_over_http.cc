#include "adapters/witness_http/log_over_http.h"

namespace minhu::witness_http {

namespace {

// A full bundle of the longest entries has 17 MB, a day of checkpoints at the fastest some 200.
constexpr std::size_t longest_file = std::size_t{256} << 20U;

}  // namespace

LogOverHttp::LogOverHttp(std::string address, const LogPatience& patience)
    : address_(std::move(address)),
      patience_(patience),
      requests_({patience.a_file, longest_file}) {
  begin_round();
}

void LogOverHttp::begin_round() {
  until_ = Clock::now() + patience_.a_round;
}

Result<Bytes> LogOverHttp::get(std::string_view path) {
  using std::chrono::milliseconds;
  const Question question{joined(address_, path), std::nullopt};
  const auto unavailable = [&](const char* key, const std::string& reason) {
    return fail(FaultCode::unavailable, key, "url",
                std::map<std::string, std::string>{{"url", question.url}, {"reason", reason}});
  };
  const auto left = std::chrono::ceil<milliseconds>(until_ - Clock::now());
  // libcurl takes a limit of nothing for none.
  if (left <= milliseconds::zero()) return unavailable("record.too_slow", {});
  const Told told = requests_.ask(std::span(&question, 1), left).front();
  if (told.status == 0 && Clock::now() >= until_) return unavailable("record.too_slow", told.why);
  if (told.status != 0) {
    until_ +=
        patience_.more_a_file + milliseconds(told.body.size() * 1'000 / patience_.bytes_a_second);
  }
  if (told.status == 200) return to_bytes(told.body);
  if (told.status == 404 || told.status == 410) {
    return fail(FaultCode::not_found, "merkle.file_missing", "file",
                std::map<std::string, std::string>{{"file", std::string(path)}});
  }
  return unavailable("record.unreachable",
                     told.status == 0 ? told.why : "HTTP " + std::to_string(told.status));
}

}  // namespace minhu::witness_http
