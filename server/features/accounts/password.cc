#include "features/accounts/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "features/accounts/common_passwords.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

namespace minhu::accounts {

namespace {

// Letters of ASCII in lower case, nothing but letters, digits and what is beyond ASCII.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) {
      out += c;
    }
  }
  return out;
}

// "abcabcabcabc", "111111111111": a short piece again and again.
bool repeats_a_piece(std::string_view text) {
  for (std::size_t piece = 1; piece <= text.size() / 3; ++piece) {
    bool all = true;
    for (std::size_t i = piece; i < text.size() && all; ++i) all = text[i] == text[i - piece];
    if (all) return true;
  }
  return false;
}

// "123456789012", "abcdefghijkl", "zyxwvutsrqpo", "qwertyuiopas": along the alphabet, the digits or
// the keys.
bool goes_along_the_keys(std::string_view text) {
  static constexpr std::string_view roads[] = {
      "0123456789012345678901234567890",
      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
      "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
      "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
      "1q2w3e4r5t6y7u8i9o0p",
      "qazwsxedcrfvtgbyhnujmikolp"};
  const std::string back(text.rbegin(), text.rend());
  return std::any_of(std::begin(roads), std::end(roads), [&](std::string_view road) {
    return road.find(text) != std::string_view::npos || road.find(back) != std::string_view::npos;
  });
}

}  // namespace

class PasswordHasher::Turn {
 public:
  static Result<Turn> take(PasswordHasher& hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.waiting_ >= most_waiting) return fail(FaultCode::unavailable, "accounts.busy");
    ++hasher.waiting_;
    hasher.free_.wait(lock, [&] { return hasher.running_ < most_running; });
    --hasher.waiting_;
    ++hasher.running_;
    return Turn(hasher);
  }
  Turn(Turn&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (hasher_ == nullptr) return;
    {
      const std::lock_guard lock(hasher_->mutex_);
      --hasher_->running_;
    }
    hasher_->free_.notify_one();
  }

 private:
  explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {}
  PasswordHasher* hasher_;
};

Result<std::string> PasswordHasher::hash(const Sealed<std::string>& password) {
  const std::string& plain = password.reveal_because("it is hashed here");
  if (code_points(plain) < shortest_password) {
    return fail(FaultCode::invalid_input, "accounts.password_short", "password");
  }
  MINHU_TRY(const Turn turn, Turn::take(*this));
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), plain.data(), plain.size(), cost_.passes, cost_.memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(FaultCode::unavailable, "accounts.busy");
  }
  out.resize(out.find('\0'));
  return out;
}

Result<bool> PasswordHasher::verify(const std::string& stored,
                                    const Sealed<std::string>& password) {
  const std::string& plain = password.reveal_because("it is compared here");
  MINHU_TRY(const Turn turn, Turn::take(*this));
  return crypto_pwhash_str_verify(stored.c_str(), plain.data(), plain.size()) == 0;
}

Outcome PasswordHasher::derive(const Sealed<std::string>& secret, BytesView salt,
                               std::span<std::uint8_t> out) {
  MINHU_ASSERT(salt.size() == crypto_pwhash_SALTBYTES);
  const std::string& plain = secret.reveal_because("a key is made of it here");
  MINHU_TRY(const Turn turn, Turn::take(*this));
  if (crypto_pwhash(out.data(), out.size(), plain.data(), plain.size(), salt.data(), cost_.passes,
                    cost_.memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(FaultCode::unavailable, "accounts.busy");
  }
  return {};
}

Outcome PasswordHasher::pretend(const Sealed<std::string>& password) {
  std::array<std::uint8_t, 32> out{};
  const std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt{};
  return derive(password, salt, out);
}
Outcome check_password(const Sealed<std::string>& password, const std::vector<std::string>& names,
                       std::string_view field) {
  const std::string& plain = password.reveal_because("what could be guessed is refused here");
  const auto refuse = [&](const char* key) {
    return fail(FaultCode::invalid_input, key, std::string(field));
  };
  if (!is_valid_utf8(plain)) return refuse("accounts.password_not_text");
  if (code_points(plain) < shortest_password) return refuse("accounts.password_short");
  if (code_points(plain) > longest_password) return refuse("accounts.password_long");
  const std::string text = bare(plain);
  for (const std::string& name : names) {
    const std::string part = bare(name);
    if (code_points(part) >= 3 && text.find(part) != std::string::npos) {
      return refuse("accounts.password_has_name");
    }
  }
  const std::set<char> different(text.begin(), text.end());
  if (different.size() < 5 || repeats_a_piece(text) || goes_along_the_keys(text) ||
      is_common_password(text)) {
    return refuse("accounts.password_common");
  }
  return {};
}

}  // namespace minhu::accounts
