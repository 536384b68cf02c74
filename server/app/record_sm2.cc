#include "app/record_sm2.h"

#include <fmt/core.h>

#include <cstdio>

#include "adapters/system/system.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/key_file.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/merkle/policy.h"

namespace minhu::app {

namespace {

// The name of the record stands in its policy, which anybody may read.
Result<std::string> origin_of(const std::filesystem::path& data) {
  MINHU_TRY(const std::string text, contents_of(data / "record.policy"));
  MINHU_TRY(const merkle::TrustPolicy policy, merkle::parse_policy(text));
  if (policy.logs.empty()) return fail(FaultCode::not_found, "merkle.unknown_log", "policy");
  return policy.logs.front().key.name;
}

Result<merkle::Sm2VerifierKey> make_or_read(const std::filesystem::path& data) {
  MINHU_TRY(const std::string origin, origin_of(data));
  MINHU_TRY(const auto there, second_signer(data, origin));
  if (there) return there->verifier();
  Key secret = system::SystemEntropy().bytes<32>();
  while (!merkle::Sm2Signer::from_secret(origin, secret)) {
    secret = system::SystemEntropy().bytes<32>();
  }
  MINHU_CHECK_OK(make_key_file(record_sm2_file(data), secret));
  MINHU_TRY(const merkle::Sm2Signer made, merkle::Sm2Signer::from_secret(origin, secret));
  return made.verifier();
}

}  // namespace

std::filesystem::path record_sm2_file(const std::filesystem::path& data) {
  return data / "record.sm2.key";
}

Result<std::optional<merkle::Sm2Signer>> second_signer(const std::filesystem::path& data,
                                                       const std::string& origin) {
  const std::filesystem::path file = record_sm2_file(data);
  if (!std::filesystem::exists(file)) return std::nullopt;
  MINHU_TRY(const Key secret, read_key_file(file));
  MINHU_TRY(merkle::Sm2Signer signer, merkle::Sm2Signer::from_secret(origin, secret));
  return std::optional<merkle::Sm2Signer>(std::move(signer));
}

int sign_with_sm2(const std::filesystem::path& data) {
  const auto key = make_or_read(data);
  if (!key) return refuse(key.error());
  std::fprintf(stderr, "%s\n",
               terminal_language()
                   .say("record.sm2_made", {{"file", record_sm2_file(data).string()}})
                   .c_str());
  return finish(fmt::format("sm2 {}", format_sm2_key(*key)));
}

}  // namespace minhu::app
